import assert from "node:assert/strict";
import { enhancedMetrics } from "../../../../tools/cost/pricers/container-insights";
import { NO_LOAD, cost, resource, scaling, service, usd } from "../../../support/cost-fixtures";

const CPU = "ECSServiceAverageCPUUtilization";

function logGroup(inputs: object) {
    return resource("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays: 30, ...inputs });
}

describe("cost of logs", () => {
    it("is what comes in, and what is held in the long run, compressed", () => {
        const load = { ...NO_LOAD, logGbPerMonth: 100 };
        assert.equal(usd([logGroup({ retentionInDays: 1 })], load), 50.01);
        // 100 GB × 12 months × 0.15 × 0.03
        assert.equal(usd([logGroup({ retentionInDays: 365 })], load), 55.4);
        assert.equal(usd([logGroup({})], { ...NO_LOAD }), 0);
    });

    it("that nothing ever deletes, or of another class, is unknown", () => {
        assert.equal(cost([logGroup({ retentionInDays: 0 })]).total.unknown.length, 1);
        assert.equal(cost([logGroup({ retentionInDays: undefined })]).total.unknown.length, 1);
        assert.equal(cost([logGroup({ logGroupClass: "INFREQUENT_ACCESS" })]).total.unknown.length, 1);
    });
});

describe("cost of Container Insights", () => {
    const always = (count: number) => ({ min: count, expected: count, max: count });
    const metrics = (count: number, containers = 1, healthChecks = 1) =>
        enhancedMetrics([{ count: always(count), containers, healthChecks }]).expected;

    it("goes by AWS's list of metrics: for the cluster, for each service and for each task", () => {
        assert.equal(metrics(2) - metrics(1), 48);
        assert.equal(metrics(1), 26 + 53 + 48);
        assert.equal(metrics(1, 1, 0), 25 + 51 + 46);
        assert.equal(metrics(1, 2, 1) - metrics(1, 1, 1), 14 + 14);
    });

    it("is nothing where no task runs", () => {
        assert.equal(metrics(0), 0);
        assert.equal(enhancedMetrics([]).expected, 0);
    });

    const cluster = (value: string) =>
        resource("aws:ecs/cluster:Cluster", "cluster", { settings: [{ name: "containerInsights", value }] });
    const stack = (value: string) => [
        cluster(value),
        ...service({
            tasks: 0,
            containers: [{ healthCheck: {} }],
            dependencies: [cluster(value).urn],
        }),
        ...scaling("web", { min: 2, max: 10 }, { [CPU]: 60 }),
    ];
    const insights = (value: string) =>
        cost(stack(value), { scalingPercent: 25 }).items.find(item => item.component === "cluster");

    it("counts one price for the metrics of enhanced insights and another for the rest", () => {
        assert.equal(insights("enhanced")?.monthly.expected.toFixed(2), (271 * 0.07).toFixed(2));
        assert.equal(insights("enabled")?.monthly.expected.toFixed(2), (37 * 0.3).toFixed(2));
        assert.equal(insights("disabled"), undefined);
    });

    it("grows with tasks where it is enhanced, and not otherwise", () => {
        const range = (value: string) => {
            const { min, expected, max } = insights(value)?.monthly ?? always(NaN);
            return [min, expected, max].map(amount => amount.toFixed(2));
        };
        assert.deepEqual(range("enhanced"), ["12.25", "18.97", "39.13"]);
        assert.deepEqual(range("enabled"), ["11.10", "11.10", "11.10"]);
        assert.deepEqual([insights("enhanced")?.fixed.toFixed(2), insights("enhanced")?.usage.toFixed(2)], ["12.25", "6.72"]);
    });
});

describe("cost of alarms", () => {
    it("has two for each target tracking policy and none for step scaling", () => {
        const policies = scaling("web", { min: 1, max: 2 }, { [CPU]: 60, ALBRequestCountPerTarget: 1000 }).slice(1);
        assert.equal(usd(policies), 0.4);
        assert.equal(usd([resource("aws:appautoscaling/policy:Policy", "steps", { policyType: "StepScaling" })]), 0);
    });

    const alarm = (inputs: Readonly<Record<string, unknown>>) =>
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", inputs);

    it("goes by metric and by resolution", () => {
        assert.equal(usd([alarm({ period: 60 })]), 0.1);
        assert.equal(usd([alarm({ period: 10 })]), 0.3);
        const queries = [{ expression: "a/b" }, { metric: { period: 60 } }, { metric: { period: 60 } }];
        assert.equal(usd([alarm({ metricQueries: queries })]), 0.2);
        assert.equal(usd([alarm({ metricQueries: [{ metric: { period: 10 } }] })]), 0.3);
    });

    it("is higher for a composite alarm", () => {
        assert.equal(usd([resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", "any")]), 0.5);
    });
});

describe("cost of other things", () => {
    it("is by the month for keys, secrets and dashboards", () => {
        assert.equal(usd([resource("aws:kms/key:Key", "key")]), 1);
        assert.equal(usd([resource("aws:secretsmanager/secret:Secret", "secret")]), 0.4);
        assert.equal(usd([resource("aws:cloudwatch/dashboard:Dashboard", "dashboard")]), 3);
    });

    it("is by rule and request for WAF", () => {
        const acl = resource("aws:wafv2/webAcl:WebAcl", "acl", { rules: [{}, {}, {}] });
        assert.equal(usd([acl]), 8);
        assert.equal(usd([acl], { ...NO_LOAD, requestsPerMonth: 10_000_000 }), 14);
    });

    it("is by request for a firewall's logs, of which few are kept", () => {
        const logs = (name: string) => resource("aws:cloudwatch/logGroup:LogGroup", "logs", { name, retentionInDays: 365 });
        const million = { ...NO_LOAD, requestsPerMonth: 1_000_000 };
        const firewalls = usd([logs("aws-waf-logs-fargate-prod")], million);
        // 0.1 GB taken in, and 0.18 GB held at the end of the year.
        assert.ok(firewalls > 0.05 && firewalls < 0.1, String(firewalls));
        assert.equal(usd([logs("fargate-prod-web")], million), 0);
        assert.equal(usd([logs("aws-waf-logs-fargate-prod")], { ...NO_LOAD, logGbPerMonth: 1 }), 0);
    });

    it("is by what is kept for image repositories", () => {
        const repository = resource("aws:ecr/repository:Repository", "repository");
        assert.equal(usd([repository], { ...NO_LOAD, imageGb: 25 }), 2.5);
    });
});

import assert from "node:assert/strict";
import type { Resource } from "../../../tools/inventory/resource";
import { toCents } from "../../../tools/cost/prices/prices";
import { NO_LOAD, cost, endpoint, loadBalancer, natGateway, prices, resource, service, usd } from "../../support/cost-fixtures";

const REGIONS = ["us-east-1", "ap-northeast-2", "eu-west-1"];

/** Figures worked out by hand from the price list, USD a month, by region. */
const WORKED: readonly [string, readonly Resource[], readonly number[]][] = [
    ["2 vCPU + 4 GB, x86, all month", service({ cpu: 2048, memoryMiB: 4096, arm: false }), [72.08, 82.9, 72.08]],
    ["2 vCPU + 4 GB, ARM64, all month", service({ cpu: 2048, memoryMiB: 4096 }), [57.67, 66.33, 57.67]],
    ["2 tasks of 0.25 vCPU / 0.5 GB, x86", service({ tasks: 2, arm: false }), [18.02, 20.72, 18.02]],
    ["2 tasks of 0.25 vCPU / 0.5 GB, ARM64", service({ tasks: 2 }), [14.42, 16.58, 14.42]],
    ["ALB hours", [loadBalancer(2, { internal: true })], [16.43, 16.43, 18.4]],
    ["3 interface endpoints in 2 zones", ["a", "b", "c"].map(name => endpoint(name, 2)), [43.8, 56.94, 48.18]],
    ["1 NAT gateway with its address", natGateway("nat"), [36.5, 46.72, 38.69]],
    ["2 NAT gateways with their addresses", [...natGateway("nat-1"), ...natGateway("nat-2")], [73, 93.44, 77.38]],
];

describe("cost", () => {
    for (const [what, resources, amounts] of WORKED) {
        it(`of ${what} matches the worked figures to the cent`, () => {
            assert.deepEqual(
                REGIONS.map(region => usd(resources, NO_LOAD, region)),
                amounts,
            );
        });
    }

    it("of Seoul is not what a widely copied note says: rates of us-east-1, and added up wrongly", () => {
        const { of } = prices("ap-northeast-2");
        assert.notEqual(of("fargateVcpuHour")?.usd, 0.04048);
        assert.notEqual(of("fargateGbHour")?.usd, 0.004445);
        const task = service({ cpu: 2048, memoryMiB: 4096, arm: false });
        assert.equal(usd(task, NO_LOAD, "ap-northeast-2"), 82.9);
        // The note's own rates make 72.08, not its 72.89.
        assert.equal(toCents((2 * 0.04048 + 4 * 0.004445) * 730), 72.08);
        assert.equal(usd(task, NO_LOAD, "us-east-1"), 72.08);
    });

    it("without a price is unknown and named, never nothing and never guessed", () => {
        const { items, total } = cost([...service({ spotPercent: 100 }), loadBalancer(2)], NO_LOAD, "ap-northeast-2");
        const [tasks] = items;
        assert.equal(tasks?.service, "AWS Fargate");
        assert.deepEqual(
            tasks.lines.map(({ monthlyUsd }) => monthlyUsd),
            [undefined, undefined],
        );
        assert.deepEqual(total.unknown, [
            "no price for Fargate Spot ARM64, vCPU-hour, in ap-northeast-2",
            "no price for Fargate Spot ARM64, GB-hour, in ap-northeast-2",
        ]);
        assert.equal(toCents(total.monthly.expected), 23.73);
        assert.match(tasks.what, /100 % on Spot \(on demand: 8\.29\)$/);
    });

    it("of a type that nobody has priced is unknown, and names the resource", () => {
        const { total } = cost([resource("aws:sagemaker/endpoint:Endpoint", "model")]);
        assert.deepEqual(total.unknown, ["nobody knows what model costs, a aws:sagemaker/endpoint:Endpoint of this kind"]);
    });

    it("keeps what is due without load apart from what load adds", () => {
        const { items, total } = cost([loadBalancer(3)], { requestsPerMonth: 500_000_000, loadBalancerGbPerMonth: 1000 });
        assert.deepEqual(
            items.map(({ service: name, fixed, usage }) => [name, toCents(fixed), toCents(usage)]),
            [
                ["AWS Data Transfer", 0, 90],
                ["Elastic Load Balancing", 16.43, 44.44],
                ["Amazon VPC", 10.95, 0],
            ],
        );
        for (const { fixed, usage, monthly } of [...items, total])
            assert.equal(toCents(fixed + usage), toCents(monthly.expected));
    });

    it("is told largest first, after what is unknown", () => {
        const resources = [loadBalancer(2), ...natGateway("nat"), ...service({ spotPercent: 100 })];
        const names = (region: string) => cost(resources, {}, region).items.map(item => item.service);
        assert.deepEqual(names("us-east-1").slice(0, 2), ["Amazon VPC", "Elastic Load Balancing"]);
        assert.equal(names("ap-northeast-2")[0], "AWS Fargate");
    });

    it("belongs to the component at the top, one item for each AWS service", () => {
        const outer = resource("fargate:index:Service", "shop", {}, { isComponent: true });
        const inner = resource("fargate:index:Task", "shop-task", {}, { isComponent: true, parent: outer.urn });
        const group = resource("aws:cloudwatch/logGroup:LogGroup", "shop-logs", { retentionInDays: 7 }, { parent: inner.urn });
        const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "shop-alarm", {}, { parent: outer.urn });
        const { items } = cost([outer, inner, group, alarm]);
        const metric = { metric: { period: 60 } };
        const onTwo = resource(alarm.type, "two", { metricQueries: [metric, metric, { expression: "a / b" }] });
        assert.deepEqual(
            cost([onTwo]).items.map(({ what, monthly }) => [what, monthly.expected]),
            [["alarm on 2 metrics", 0.2]],
        );
        assert.deepEqual(
            items.map(({ component, service: name, what }) => [component, name, what]),
            [["shop", "Amazon CloudWatch", "logs, kept 7 days; alarm"]],
        );
    });

    it("says which assumptions and prices went into it, and no others", () => {
        const { assumes, prices: used } = cost(natGateway("nat"));
        assert.deepEqual(assumes, ["egressGbPerMonth"]);
        assert.deepEqual(used.map(({ key }) => key).sort(), ["natGb", "natHour", "publicIpv4Hour"]);
    });
});

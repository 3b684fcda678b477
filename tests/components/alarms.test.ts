import assert from "node:assert/strict";
import { matches } from "../support/event-patterns";
import { json } from "../support/declared";
import { WEB } from "../support/given";
import { stack } from "../support/stacks";

const TOPIC = "arn:aws:Topic:alarm-topic";
const CLUSTER = "arn:aws:ecs:ap-northeast-2:123456789012:cluster/fargate-prod";

const CERTIFICATE = "arn:aws:acm:ap-northeast-2:123456789012:certificate/12345678-1234-1234-1234-123456789012";
/** With an ARN that ACM would give. */
const DOMAIN = { domain: { name: "shop.example.com", certificateArn: CERTIFICATE } };

/** What a rule of EventBridge takes for its own. */
async function rule(name: string) {
    const { eventPattern } = (await stack("prod", DOMAIN)).inputs(`cloudwatch.EventRule ${name}`);
    const pattern = json(String(eventPattern).replaceAll("arn:aws:Cluster:cluster-cluster", CLUSTER)) as Record<string, unknown>;
    return (event: Record<string, unknown>) => matches(pattern, event);
}

describe("alarms of production", () => {
    it("tell the topic when they go on, and when they go off; a job's failure too", async () => {
        const declared = await stack("prod", { jobs: { nightly: { of: "web", command: ["a"] } } });
        const alarms = declared.all("cloudwatch.MetricAlarm");
        assert.equal(alarms.length, 9);
        for (const { name, inputs } of alarms) {
            assert.deepEqual(inputs["alarmActions"], [TOPIC], name);
            if (name !== "nightly-failed") assert.deepEqual(inputs["okActions"], [TOPIC], name);
        }
    });

    it("cost at most 12 metrics, of 0.10 USD each", async () => {
        const alarms = (await stack("prod")).all("cloudwatch.MetricAlarm");
        const metrics = alarms.flatMap(({ inputs: { metricQueries } }) => {
            const queries = (metricQueries ?? [{ metric: {} }]) as { readonly metric?: unknown }[];
            return queries.filter(({ metric }) => metric !== undefined);
        });
        assert.equal(metrics.length, 12);
    });

    it("have the stack's prefix in their names, which the deploy role knows them by", async () => {
        // A service may be called as what is of no service.
        const declared = await stack("prod", { services: { web: WEB, stack: { ...WEB, route: { paths: ["/stack/*"] } } } });
        const named = ["cloudwatch.MetricAlarm", "cloudwatch.EventRule"].flatMap(type => declared.all(type));
        for (const { inputs } of named) assert.match(String(inputs["name"]), /^fargate-prod-/);
        assert.equal(new Set(named.map(({ type, inputs }) => `${type} ${String(inputs["name"])}`)).size, named.length);
    });

    it("ask for one metric as it is, and for several by an expression", async () => {
        const declared = await stack("prod");
        const dimensions = { ClusterName: "fargate-prod", ServiceName: "web" };
        const { namespace, metricName, statistic, period, threshold, metricQueries } = declared.inputs(
            "cloudwatch.MetricAlarm web-task-alarms-cpu",
        );
        assert.deepEqual(
            [namespace, metricName, statistic, period, threshold],
            ["AWS/ECS", "CPUUtilization", "Average", 300, 80],
        );
        assert.equal(metricQueries, undefined);
        const counted = (metricName: string) => ({
            ...{ namespace: "ECS/ContainerInsights", metricName, stat: "Average", dimensions, period: 60 },
        });
        assert.deepEqual(declared.inputs("cloudwatch.MetricAlarm web-task-alarms-missing")["metricQueries"], [
            {
                id: "watched",
                expression: "desired - FILL(running, 0)",
                label: "web runs 1 task or more below what is desired, for 10 minutes",
                returnData: true,
            },
            { id: "desired", metric: counted("DesiredTaskCount") },
            { id: "running", metric: counted("RunningTaskCount") },
        ]);
    });

    it("look no further back than the day that CloudWatch does, however long a task may start", async () => {
        const services = { web: { ...WEB, health: { gracePeriodSeconds: 100_000 } } };
        for (const { name, inputs } of (await stack("prod", { services })).all("cloudwatch.MetricAlarm")) {
            const queries = (inputs["metricQueries"] ?? []) as { readonly metric?: { readonly period: number } }[];
            const period = Number(inputs["period"] ?? queries.find(({ metric }) => metric)?.metric?.period);
            assert.ok(period * Number(inputs["evaluationPeriods"]) <= 86_400, name);
        }
    });

    it("go to a topic that exists, and the stack has none of its own then", async () => {
        const topicArn = "arn:aws:sns:ap-northeast-2:123456789012:ops";
        const declared = await stack("prod", { alarms: { topicArn } });
        assert.deepEqual(declared.all("sns.Topic"), []);
        for (const { inputs } of declared.all("cloudwatch.MetricAlarm")) assert.deepEqual(inputs["alarmActions"], [topicArn]);
        assert.equal((declared.outputs as { readonly alarmTopic: string }).alarmTopic, topicArn);
    });

    it("are none where they are not wanted, and the job's tells nobody", async () => {
        const declared = await stack("prod", { alarms: { enabled: false }, jobs: { nightly: { of: "web", command: ["a"] } } });
        assert.deepEqual(
            declared.all("cloudwatch.MetricAlarm").map(({ name, inputs }) => [name, inputs["alarmActions"]]),
            [["nightly-failed", undefined]],
        );
        assert.deepEqual([...declared.all("sns.Topic"), ...declared.all("cloudwatch.EventRule")], []);
    });
});

/** As the Amazon ECS developer guide shows it, in the account of a plan ("Amazon ECS service deployment state change events"). */
const ROLLOUT = {
    source: "aws.ecs",
    "detail-type": "ECS Deployment State Change",
    resources: ["arn:aws:ecs:ap-northeast-2:000000000000:service/fargate-prod/web-1a2b3c4"],
    detail: {
        eventType: "ERROR",
        eventName: "SERVICE_DEPLOYMENT_FAILED",
        deploymentId: "ecs-svc/123",
        reason: "ECS deployment circuit breaker: task failed to start.",
    },
};

/** As the same guide shows it ("Amazon ECS task state change events"). */
const STOPPED = {
    source: "aws.ecs",
    "detail-type": "ECS Task State Change",
    resources: ["arn:aws:ecs:ap-northeast-2:123456789012:task/fargate-prod/0123456789abcdef"],
    detail: {
        clusterArn: CLUSTER,
        group: "service:web",
        lastStatus: "STOPPED",
        stopCode: "EssentialContainerExited",
        stoppedReason: "Essential container in task exited",
    },
};

const ENDING = {
    source: "aws.acm",
    "detail-type": "ACM Certificate Approaching Expiration",
    resources: [CERTIFICATE],
    detail: { DaysToExpiry: 30, CommonName: "shop.example.com" },
};

const differing = (event: { readonly detail: object }, detail: object) => ({ ...event, detail: { ...event.detail, ...detail } });

describe("events that are told or counted", () => {
    it("of rollouts are those that failed, of the stack's own services", async () => {
        const isTold = await rule("stack-alarms-rollouts");
        assert.ok(isTold(ROLLOUT));
        assert.ok(!isTold(differing(ROLLOUT, { eventName: "SERVICE_DEPLOYMENT_COMPLETED" })));
        const resources = ["arn:aws:ecs:ap-northeast-2:000000000000:service/fargate-production/web-1a2b3c4"];
        assert.ok(!isTold({ ...ROLLOUT, resources }));
    });

    it("of tasks are those that ended by themselves or failed a check: none that scaling, a rollout, Spot or a person stopped", async () => {
        const isCounted = await rule("web-task-alarms-stops");
        const stopped = (stopCode: string, stoppedReason: string) => isCounted(differing(STOPPED, { stopCode, stoppedReason }));
        assert.ok(isCounted(STOPPED));
        assert.ok(stopped("TaskFailedToStart", "CannotPullContainerError: pull image manifest has been retried 5 time(s)"));
        assert.ok(stopped("ServiceSchedulerInitiated", "Task failed ELB health checks in (target-group web)"));
        assert.ok(stopped("ServiceSchedulerInitiated", "Task failed container health checks"));
        assert.ok(!stopped("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/123)"));
        assert.ok(!stopped("SpotInterruption", "Your Spot Task was interrupted."));
        assert.ok(!stopped("UserInitiated", "Task stopped by user"));
        assert.ok(!isCounted(differing(STOPPED, { lastStatus: "DEPROVISIONING" })));
        assert.ok(!isCounted(differing(STOPPED, { group: "service:other" })));
        assert.ok(!isCounted(differing(STOPPED, { clusterArn: CLUSTER.replace("prod", "dev") })));
    });

    it("of certificates are those of the domain's, from a day on", async () => {
        const isTold = await rule("stack-alarms-certificate");
        assert.ok(isTold(ENDING) && isTold(differing(ENDING, { DaysToExpiry: 1 })));
        assert.ok(!isTold(differing(ENDING, { DaysToExpiry: 31 })));
        assert.ok(!isTold({ ...ENDING, resources: [CERTIFICATE.replace("1234-1234", "1234-0000")] }));
    });

    it("are told in the one form of an own text that chat shows", async () => {
        const declared = await stack("prod");
        const message = (name: string) => {
            const { arn, inputTransformer } = declared.inputs(`cloudwatch.EventTarget ${name}`);
            assert.equal(arn, TOPIC);
            const { inputPaths, inputTemplate } = inputTransformer as Record<"inputPaths" | "inputTemplate", unknown>;
            const { content, ...head } = json(inputTemplate) as Record<
                "content",
                Record<"textType" | "title" | "description", string>
            >;
            assert.deepEqual(head, { version: "1.0", source: "custom" });
            assert.equal(content.textType, "client-markdown");
            return [inputPaths, content.title, content.description];
        };
        assert.deepEqual(message("stack-alarms-rollouts"), [
            { service: "$.resources[0]", reason: "$.detail.reason" },
            "A rollout in stack prod of fargate failed",
            "<service>. ECS says: <reason>",
        ]);
        assert.deepEqual(message("stack-alarms-certificate"), [
            { certificate: "$.resources[0]", name: "$.detail.CommonName", days: "$.detail.DaysToExpiry" },
            "A certificate of stack prod of fargate ends in <days> days",
            "<name>, <certificate>",
        ]);
        assert.deepEqual(
            declared
                .all("cloudwatch.EventTarget")
                .map(({ name }) => name)
                .sort(),
            ["stack-alarms-certificate", "stack-alarms-rollouts"],
        );
    });
});

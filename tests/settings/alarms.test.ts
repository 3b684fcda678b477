import assert from "node:assert/strict";
import { WEB, problems, settings } from "../support/given";

const WORKER = { build: WEB.build };
const PROD = {
    profile: "production",
    allowHttp: true,
    network: { zones: ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"] },
};
const TOPIC = "arn:aws:sns:ap-northeast-2:123456789012:ops";

const alarmsOf = (given: object) => settings({ services: { web: WEB }, ...given }).alarms;
const webOf = (given: object) => alarmsOf(given)?.services["web"];

describe("alarms of a stack", () => {
    it("are none in development, which is as it was, and all in production", () => {
        const quiet = settings({ services: { web: WEB } });
        assert.ok(!("alarms" in quiet) && !("rollbackOnAlarms" in quiet));
        assert.deepEqual(alarmsOf(PROD), {
            email: [],
            stack: { loadBalancerErrorPercent: 5, rollouts: true },
            services: {
                web: {
                    ...{ errorPercent: 5, latencySeconds: 3, unhealthyTargets: 1, missingTasks: 1, stoppedTasks: 3 },
                    ...{ cpuPercent: 80, memoryPercent: 90 },
                },
            },
        });
        assert.equal(settings({ services: { web: WEB }, ...PROD }).rollbackOnAlarms, true);
    });

    it("are there in development where the key is, and none anywhere where they are not enabled", () => {
        assert.deepEqual(alarmsOf({ alarms: { email: ["ops@example.com"] } })?.email, ["ops@example.com"]);
        const off = settings({ services: { web: WEB }, ...PROD, alarms: { enabled: false } });
        assert.deepEqual([off.alarms, off.rollbackOnAlarms], [undefined, false]);
    });

    it("follow from targets of scaling, from the fewest tasks, and from what there is to watch", () => {
        const scaled = (scaling: object) => webOf({ ...PROD, services: { web: { ...WEB, scaling } } });
        assert.deepEqual(
            [
                scaled({ cpuPercent: 50 })?.cpuPercent,
                scaled({ memoryPercent: 90 })?.memoryPercent,
                scaled({ memoryPercent: 60 })?.memoryPercent,
            ],
            [75, 95, 90],
        );
        assert.equal(scaled({ requestsPerTarget: 1000 })?.cpuPercent, 90);
        assert.equal(scaled({ responseSeconds: 0.2 })?.latencySeconds, 0.8);
        const { unhealthyTargets, missingTasks, stoppedTasks } = scaled({ min: 25, max: 30 }) ?? {};
        assert.deepEqual([unhealthyTargets, missingTasks, stoppedTasks], [3, 3, 13]);
        const worker = webOf({ ...PROD, containerInsights: "disabled", services: { web: WORKER } });
        assert.deepEqual(worker, { stoppedTasks: 3, cpuPercent: 80, memoryPercent: 90 });
    });

    it("leave the load balancer's errors out where a service rests, for which it then answers", () => {
        const schedules = [
            { cron: "0 20 * * *", min: 0, max: 0 },
            { cron: "0 7 * * *", min: 2 },
        ];
        assert.deepEqual(alarmsOf({ ...PROD, services: { web: { ...WEB, scaling: { schedules } } } })?.stack, { rollouts: true });
    });

    it("tell of the domain's certificate, but of one that IAM keeps, of which AWS tells nothing", () => {
        const daysOf = (certificateArn: string) =>
            alarmsOf({ alarms: {}, domain: { name: "shop.example.com", certificateArn } })?.stack.certificateDays;
        assert.equal(daysOf("arn:aws:acm:ap-northeast-2:123456789012:certificate/12345678-1234-1234-1234-123456789012"), 30);
        assert.equal(daysOf("arn:aws:iam::123456789012:server-certificate/shop"), undefined);
    });

    it("can be tuned and dropped, all at once and for one service", () => {
        const services = { web: WEB, worker: WORKER };
        const found = settings({
            ...PROD,
            services,
            alarms: {
                thresholds: {
                    errorPercent: 2,
                    memoryPercent: false,
                    cpuPercent: 70,
                    rollouts: false,
                    loadBalancerErrorPercent: 10,
                },
                services: { web: { latencySeconds: 0.5, stoppedTasks: false, memoryPercent: 80 }, worker: { cpuPercent: false } },
            },
        }).alarms;
        assert.deepEqual(found?.stack, { loadBalancerErrorPercent: 10 });
        assert.deepEqual(found.services["web"], {
            ...{ errorPercent: 2, latencySeconds: 0.5, unhealthyTargets: 1, missingTasks: 1, cpuPercent: 70, memoryPercent: 80 },
        });
        assert.deepEqual(found.services["worker"], { missingTasks: 1, stoppedTasks: 3 });
    });
});

describe("alarms are refused", () => {
    const told = (alarms: object, given: object = {}) => problems({ services: { web: WEB }, ...given, alarms });

    it("where a key is unknown or a value is none", () => {
        assert.deepEqual(
            told({ mail: "ops@example.com", email: ["ops"], thresholds: { errorPercent: 0, latencySeconds: "2 s" } }),
            [
                "fargate:alarms.email[0]: ops | one address, such as ops@example.com",
                "fargate:alarms.thresholds.errorPercent: 0 | a whole number from 1 to 100 percent, or false",
                "fargate:alarms.thresholds.latencySeconds: 2 s | seconds from 0.001 to 3600, or false",
                "fargate:alarms.mail: an unknown key | did you mean email?",
            ],
        );
    });

    it("where the topic is elsewhere, takes no alarms, or is somebody else's to subscribe to", () => {
        assert.deepEqual(told({ topicArn: TOPIC.replace("ap-northeast-2", "eu-west-1") }), [
            "fargate:alarms.topicArn: arn:aws:sns:eu-west-1:123456789012:ops | a topic in ap-northeast-2: alarms reach no other region",
        ]);
        assert.deepEqual(told({ topicArn: `${TOPIC}.fifo` }), [
            `fargate:alarms.topicArn: ${TOPIC}.fifo | arn:aws:sns:<region>:<account>:<topic>, which is no FIFO topic`,
        ]);
        assert.deepEqual(told({ topicArn: TOPIC, email: ["ops@example.com"] }), [
            "fargate:alarms.topicArn: topicArn and email | one of the two: whoever has the topic subscribes addresses to it",
        ]);
        assert.deepEqual(told({ topicArn: TOPIC.replace("aws", "aws-cn") }), [
            "fargate:alarms.topicArn: arn:aws-cn:sns:ap-northeast-2:123456789012:ops | what is in aws, the partition of ap-northeast-2: arn:aws:…",
        ]);
    });

    it("where there is nothing of the kind to watch", () => {
        const worker = { services: { web: WORKER } };
        assert.deepEqual(told({ services: { api: { cpuPercent: 50 } } }), [
            "fargate:alarms.services.api: the name api | the name of a service: web",
        ]);
        assert.deepEqual(told({ services: { web: { errorPercent: 5, unhealthyTargets: false } } }, worker), [
            "fargate:alarms.services.web.errorPercent: 5 | false, or a route, through which requests come",
        ]);
        assert.deepEqual(told({ thresholds: { missingTasks: 1, loadBalancerErrorPercent: 1, certificateDays: 10 } }, worker), [
            "fargate:alarms.thresholds.missingTasks: 1 | false, or containerInsights: enabled, which counts tasks",
            "fargate:alarms.thresholds.loadBalancerErrorPercent: 1 | false, or nothing: no service has a route",
            "fargate:alarms.thresholds.certificateDays: 10 | false, or nothing: there is no domain",
        ]);
    });

    it("have room for the names of their rules, of which EventBridge takes 64 characters", () => {
        const domain = { name: "shop.example.com", zone: "example.com" };
        const named = (length: number, given: object) => [
            // A longer service has no room for its role's name before.
            { services: { w: WEB }, alarms: {}, ...given },
            { stack: "s".repeat(length - "fargate-".length) },
        ];
        const fits = (length: number, given: object) => settings(...(named(length, given) as Parameters<typeof settings>));
        const told = (length: number, given: object) => problems(...(named(length, given) as Parameters<typeof problems>));
        fits(46, { domain });
        assert.match(
            told(47, { domain })[0] ?? "",
            /^pulumi:stack: .*, of 47 characters \| at most 46 for <project>-<stack>: the rule .*-stack-certificate .*certificateDays: false/,
        );
        fits(49, {});
        assert.match(told(50, {})[0] ?? "", /at most 49 .*-stack-rollouts .*rollouts: false/);
        fits(50, { alarms: { thresholds: { rollouts: false } } });
        fits(50, { alarms: undefined });
    });
});

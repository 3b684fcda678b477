import assert from "node:assert/strict";
import { headRoom } from "../../../tools/preflight/quota";
import { allowedOf } from "../../../tools/preflight/quota-value";
import { vcpusOf } from "../../../tools/preflight/vcpus";
import { settings } from "../../support/given";

const FARGATE = { service: "fargate", code: "L-3032A538", what: "vCPUs" } as const;

describe("head-room", () => {
    it("counts what others have, to start with and at the most", () => {
        const statuses = [0, 3, 5].map(used => headRoom(FARGATE, { need: { least: 2, most: 4 }, used }, 6, "eu-west-1").status);
        assert.deepEqual(statuses, ["ok", "warning", "failure"]);
    });

    it("that is exactly enough is enough", () => {
        assert.equal(headRoom(FARGATE, { need: { least: 2, most: 6 }, used: 0 }, 6, "eu-west-1").status, "ok");
        assert.equal(headRoom(FARGATE, { need: { least: 6, most: 7 }, used: 0 }, 6, "eu-west-1").status, "warning");
    });

    it("asks for as much as would be enough, in whole numbers", () => {
        const { fix = "" } = headRoom(FARGATE, { need: { least: 7, most: 8.25 }, used: 0.5 }, 6, "eu-west-1");
        assert.match(fix, / --region eu-west-1 --service-code fargate --quota-code L-3032A538 --desired-value 9$/);
    });
});

describe("vCPUs of a stack", () => {
    const of = (services: object, jobs?: object) => {
        const config = {
            "fargate:network": { egress: "nat" },
            "fargate:services": services,
            ...(jobs && { "fargate:jobs": jobs }),
        };
        return vcpusOf(settings(config));
    };
    const task = { image: "shop@sha256:".padEnd(76, "0"), cpu: 512, memoryMiB: 1024 };

    it("are those of its fewest tasks to start with, and at the most of all tasks twice", () => {
        const scaling = { min: 2, max: 10 };
        assert.deepEqual(of({ web: { ...task, spotPercent: 0, scaling } }), {
            onDemand: { least: 1, most: 10 },
            spot: { least: 0, most: 0 },
        });
    });

    it("follow the schedule with the most tasks", () => {
        const schedules = [{ cron: "0 8 * * *", max: 20 }];
        const { onDemand } = of({ web: { ...task, spotPercent: 0, scaling: { min: 1, max: 4, schedules } } });
        assert.equal(onDemand.most, 20);
    });

    it("are shared with Spot as the service's tasks are", () => {
        assert.deepEqual(of({ web: { ...task, tasks: 5, spot: { base: 1, percent: 75 } } }), {
            onDemand: { least: 1, most: 2 },
            spot: { least: 1.5, most: 3 },
        });
    });

    it("of jobs come on top, and are nothing to start with", () => {
        const { onDemand } = of({ web: { ...task, tasks: 1, spotPercent: 0 } }, { sum: { ...task, parallel: 4, spot: false } });
        assert.deepEqual(onDemand, { least: 0.5, most: 3 });
    });
});

describe("a quota's value", () => {
    const clients = (quota: (name: string) => unknown, statistics: () => unknown) => {
        const send = (command: object) => Promise.resolve().then(() => quota(command.constructor.name));
        return {
            quotas: () => Promise.resolve({ send }),
            cloudwatch: () => Promise.resolve({ send: () => Promise.resolve().then(statistics) }),
        } as unknown as Parameters<typeof allowedOf>[1];
    };
    const UsageMetric = { MetricNamespace: "AWS/Usage", MetricName: "ResourceCount", MetricDimensions: { Service: "Fargate" } };

    it("is the account's own, and AWS's default where it has none", async () => {
        const { NoSuchResourceException } = await import("@aws-sdk/client-service-quotas");
        const without = (name: string) => {
            if (name === "GetServiceQuotaCommand") throw new NoSuchResourceException({ message: "none", $metadata: {} });
            return { Quota: { Value: 6 } };
        };
        assert.equal(
            await allowedOf(
                FARGATE,
                clients(without, () => ({})),
            ).value(),
            6,
        );
        assert.equal(
            await allowedOf(
                FARGATE,
                clients(
                    () => ({ Quota: { Value: 40 } }),
                    () => ({}),
                ),
            ).value(),
            40,
        );
    });

    it("comes with what is in use, as far as CloudWatch tells", async () => {
        const used = (statistics: () => unknown) =>
            allowedOf(
                FARGATE,
                clients(() => ({ Quota: { Value: 6, UsageMetric } }), statistics),
            ).inUse();
        assert.equal(await used(() => ({ Datapoints: [{ Maximum: 2 }, { Maximum: 3.5 }] })), 3.5);
        assert.equal(await used(() => ({ Datapoints: [] })), undefined);
        assert.equal(
            await used(() => {
                throw new Error("AccessDenied");
            }),
            undefined,
        );
    });
});

import assert from "node:assert/strict";
import { toCents } from "../../../../tools/cost/prices/prices";
import { cost, resource, scaling, service, usd } from "../../../support/cost-fixtures";

const CPU = "ECSServiceAverageCPUUtilization";
const MEMORY = "ECSServiceAverageMemoryUtilization";
const REQUESTS = "ALBRequestCountPerTarget";
const ROUTED = { service: { loadBalancers: [{}] } };
/** One task of 0.25 vCPU and 0.5 GB on ARM64, us-east-1. */
const TASK = 7.20875;

/** Numbers of tasks that the amounts of a scaled service amount to. */
function tasks(range: { min: number; max: number }, metrics: Record<string, number>, usage: object, others = 0): number[] {
    const more = Array.from({ length: others }, (_, index) => service({ name: `other-${index}`, tasks: 0, ...ROUTED })).flat();
    const { items } = cost([...service(ROUTED), ...scaling("web", range, metrics), ...more], usage);
    const fargate = items.find(({ component, service: name }) => component === "web" && name === "AWS Fargate");
    assert.ok(fargate);
    const { min, expected, max } = fargate.monthly;
    return [min, expected, max].map(amount => Number((amount / TASK).toFixed(6)));
}

describe("cost of tasks", () => {
    it("is a range from the fewest to the most that scaling allows", () => {
        assert.deepEqual(tasks({ min: 2, max: 10 }, { [CPU]: 60 }, { scalingPercent: 25 }), [2, 4, 10]);
    });

    it("has the minimum as its fixed part and the rest as usage", () => {
        const { items } = cost([...service(), ...scaling("web", { min: 2, max: 10 }, { [CPU]: 60 })], { scalingPercent: 25 });
        const fargate = items.find(item => item.service === "AWS Fargate");
        assert.deepEqual(
            [fargate?.fixed, fargate?.usage].map(amount => toCents(amount ?? 0)),
            [14.42, 14.42],
        );
    });

    it("expects services that scale on CPU or memory at scalingPercent of the way", () => {
        assert.equal(tasks({ min: 2, max: 10 }, { [CPU]: 60 }, { scalingPercent: 0 })[1], 2);
        assert.equal(tasks({ min: 2, max: 10 }, { [MEMORY]: 60 }, { scalingPercent: 100 })[1], 10);
    });

    it("expects services that scale on requests where the requests of the month put them", () => {
        const perMinute = 730 * 60;
        const requests = (count: number) => ({ requestsPerMonth: count * perMinute, scalingPercent: 100 });
        assert.equal(tasks({ min: 1, max: 10 }, { [REQUESTS]: 1000 }, requests(4500))[1], 4.5);
        assert.equal(tasks({ min: 1, max: 10 }, { [REQUESTS]: 1000 }, requests(10))[1], 1);
        assert.equal(tasks({ min: 1, max: 10 }, { [REQUESTS]: 1000 }, requests(99_000))[1], 10);
    });

    it("shares requests evenly among services with a route", () => {
        const usage = { requestsPerMonth: 6000 * 730 * 60 };
        assert.equal(tasks({ min: 1, max: 10 }, { [REQUESTS]: 1000 }, usage, 2)[1], 2);
    });

    it("follows the target that asks for most, as Application Auto Scaling does", () => {
        const usage = { requestsPerMonth: 6000 * 730 * 60, scalingPercent: 10 };
        assert.equal(tasks({ min: 1, max: 11 }, { [REQUESTS]: 1000, [CPU]: 60 }, usage)[1], 6);
        assert.equal(tasks({ min: 1, max: 11 }, { [REQUESTS]: 1000, [CPU]: 60 }, { ...usage, scalingPercent: 80 })[1], 9);
    });

    it("mixes Spot and on demand by their weights", () => {
        const onDemand = usd(service({ tasks: 10 }));
        const spot = usd(service({ tasks: 10, spotPercent: 100 }));
        assert.equal(spot, 22.95);
        assert.equal(toCents(usd(service({ tasks: 10, spotPercent: 30 }))), toCents(0.7 * 72.0875 + 0.3 * 22.95242275));
        assert.ok(onDemand > spot);
    });

    it("has its base on demand, and the share of the others on Spot", () => {
        const based = (tasks: number) =>
            service({
                tasks,
                service: {
                    capacityProviderStrategies: [
                        { capacityProvider: "FARGATE", weight: 0, base: 2 },
                        { capacityProvider: "FARGATE_SPOT", weight: 1 },
                    ],
                },
            });
        assert.equal(usd(based(2)), usd(service({ tasks: 2 })));
        assert.equal(toCents(usd(based(12))), toCents(2 * 7.20875 + 22.95242275));
        assert.match(cost(based(12)).items[0]?.what ?? "", /, 100 % on Spot beyond 2$/);
    });

    it("counts the limits of schedules for as long as they hold", () => {
        const [target, ...policies] = scaling("web", { min: 2, max: 4 }, { [CPU]: 60 });
        assert.ok(target);
        const scheduled = (schedule: string, minCapacity: string, maxCapacity: string) =>
            resource(
                "aws:appautoscaling/scheduledAction:ScheduledAction",
                schedule,
                { schedule: `cron(${schedule})`, timezone: "UTC", scalableTargetAction: { minCapacity, maxCapacity } },
                { dependencies: [target.urn] },
            );
        const stack = [
            ...service(),
            target,
            ...policies,
            scheduled("0 8 * * ? *", "2", "4"),
            scheduled("0 20 * * ? *", "0", "0"),
        ];
        const { min, max } = cost(stack).total.monthly;
        // Alarms of the target: 2 × 0.10.
        assert.equal(toCents(min), toCents(TASK + 0.2));
        assert.equal(toCents(max), toCents(2 * TASK + 0.2));
    });

    it("of a service without capacity providers is on demand", () => {
        assert.equal(usd(service({ service: { capacityProviderStrategies: undefined } })), 7.21);
    });

    it("counts ephemeral storage beyond the 20 GB that come with a task", () => {
        const bare = usd(service());
        assert.equal(usd(service({ storageGib: 20 })), bare);
        // 80 GB over, 0.000111 an hour.
        assert.equal(usd(service({ storageGib: 100 })), toCents(TASK + 80 * 0.000111 * 730));
    });

    it("counts a public address where tasks have one", () => {
        const open = service({ tasks: 2, service: { networkConfiguration: { assignPublicIp: true } } });
        assert.equal(usd(open), toCents(2 * TASK + 2 * 3.65));
    });

    it("of a service without tasks is nothing", () => {
        assert.equal(usd(service({ tasks: 0 })), 0);
    });

    it("without a task definition is a defect of the program, and said so", () => {
        assert.throws(() => usd(service().slice(1)), /without a task definition/);
    });
});

import assert from "node:assert/strict";
import { Given, problemsOf, service } from "../support/given";

const problems = (scaling: Given, changes: Given = {}) =>
    problemsOf({ scaling, ...changes }).map(line => line.replace("fargate:services.web.", ""));
const accepts = (scaling: Given) => service({ scaling }).tasks;
const SLEEPS = { cron: "0 20 * * *", min: 0, max: 0 };
const WAKES = { cron: "0 8 * * 1-5", min: 2 };

describe("what a number of tasks follows", () => {
    it("takes a response time for a target, so that CPU is none unless it is named", () => {
        assert.deepEqual(service({ scaling: { responseSeconds: 0.5 } }).tasks, {
            min: 1,
            max: 10,
            cpuPercent: undefined,
            responseSeconds: 0.5,
        });
        assert.deepEqual(problems({ responseSeconds: 0.5 }, { route: undefined }), [
            "scaling.responseSeconds: 0.5 | only with a route, since the load balancer measures response times",
        ]);
        for (const responseSeconds of [0, -1, 61]) assert.equal(problems({ responseSeconds }).length, 1);
    });

    it("adds by steps that rise above the CPU to keep", () => {
        const given = (list: readonly (readonly [number, number])[]) => ({
            cpuPercent: 60,
            steps: list.map(([cpuPercent, add]) => ({ cpuPercent, add })),
        });
        const steps = (...list: readonly (readonly [number, number])[]) => problems(given(list));
        accepts(
            given([
                [80, 3],
                [95, 10],
            ]),
        );
        assert.deepEqual(steps([60, 3]), ["scaling.steps[0].cpuPercent: 60 | more than the CPU to keep, which is 60"]);
        assert.deepEqual(steps([80, 3], [80, 4]), ["scaling.steps[1].cpuPercent: 80 | more than the step before, which is 80"]);
        assert.deepEqual(steps([80, 3], [90, 3]), ["scaling.steps[1].add: 3 | more than the step before adds, which is 3"]);
    });

    it("takes CPU beside steps, since nothing else takes tasks away again", () => {
        const { tasks } = service({ scaling: { steps: [{ cpuPercent: 80, add: 3 }] } });
        assert.equal(typeof tasks === "object" && tasks.cpuPercent, 60);
    });
});

describe("scaling by schedule", () => {
    const schedules = (...list: readonly Given[]) => problems({ min: 2, max: 20, schedules: list });

    it("says both limits, the service's own where it leaves one out", () => {
        const { tasks } = service({ scaling: { min: 2, max: 20, schedules: [{ ...WAKES, min: 4 }, SLEEPS] } });
        assert.deepEqual(typeof tasks === "object" && tasks.schedules, [
            { cron: "0 8 * * 1-5", timeZone: "UTC", min: 4, max: 20 },
            { cron: "0 20 * * *", timeZone: "UTC", min: 0, max: 0 },
        ]);
    });

    it("goes to no task at all only beside one that wakes", () => {
        accepts({ schedules: [WAKES, SLEEPS] });
        assert.deepEqual(schedules(SLEEPS), [
            'scaling.schedules[0].max: 0 | only beside a schedule that wakes the service, such as { cron: "0 8 * * 1-5", min: 1 }: load starts no first task',
        ]);
    });

    it("leaves no service at no task with the hope of load", () => {
        assert.deepEqual(schedules(WAKES, { cron: "0 20 * * *", min: 0 }), [
            "scaling.schedules[1].min: 0 | 1 at least, or max: 0 beside it: without a task there is no load to follow, and none would ever be started",
        ]);
        assert.equal(problems({ min: 0, schedules: [WAKES, SLEEPS] }).length, 1);
        assert.equal(problems({ min: 0 }).length, 1);
    });

    it("has no minimum above its maximum, whichever of them it says", () => {
        assert.deepEqual(schedules({ cron: "0 8 * * *", min: 30 }), ["scaling.schedules[0].min: 30 | at most max, which is 20"]);
        assert.deepEqual(schedules({ cron: "0 8 * * *", max: 1 }), ["scaling.schedules[0].max: 1 | at least min, which is 2"]);
        assert.deepEqual(schedules(WAKES, { cron: "0 20 * * *", max: 0 }), [
            "scaling.schedules[1].max: 0 | at least min, which is 2, or min: 0 beside it, for no task at all",
        ]);
        assert.deepEqual(schedules({ cron: "0 8 * * *" }), [
            "scaling.schedules[0].min: nothing | min, max or both: what changes at that time",
        ]);
    });

    it("is never due with another one, and once an hour at most", () => {
        assert.deepEqual(schedules(WAKES, { cron: "0 8 1 * *", min: 3 }), [
            "scaling.schedules[1].cron: 0 8 1 * * | a time at which no other schedule is due: that of schedules[0], 0 8 * * 1-5, is at times the same",
        ]);
        assert.deepEqual(schedules({ cron: "* * * * *", min: 3 }), [
            'scaling.schedules[0].cron: * * * * * | a time that comes once an hour at most, such as "0 8 * * 1-5": its limits hold until another schedule\'s',
        ]);
    });

    it("has a time of cron's, in a time zone that there is", () => {
        assert.equal(schedules({ cron: "cron(0 8 * * ? *)", min: 3 }).length, 1);
        assert.equal(schedules({ cron: "0 8 * * *", timeZone: "Mars/Olympus", min: 3 }).length, 1);
        assert.equal(problems({ schedules: [] }).length, 1);
    });
});

describe("the share of Spot", () => {
    it("is said by spotPercent, or by spot where the first tasks are on demand", () => {
        assert.equal(service({ spotPercent: 70 }).spotPercent, 70);
        const { spotPercent, spotBase } = service({ spot: { percent: 70, base: 2 }, tasks: 4 });
        assert.deepEqual([spotPercent, spotBase], [70, 2]);
        assert.equal("spotBase" in service({ spot: { percent: 70 } }), false);
        assert.deepEqual(problemsOf({ spot: { percent: 70 }, spotPercent: 70 }), [
            "fargate:services.web.spotPercent: spot and spotPercent | one of the two",
        ]);
    });

    it("has a base that leaves some tasks to it", () => {
        assert.deepEqual(problemsOf({ spot: { percent: 70, base: 2 }, tasks: 2 }), [
            "fargate:services.web.spot.base: 2 | fewer than the service has at most, which is 2: none would be on Spot; or no spot",
        ]);
        assert.equal(service({ spot: { percent: 70, base: 2 }, scaling: { min: 1, max: 3 } }).spotBase, 2);
        assert.equal(problemsOf({ spot: { percent: 0 } }).length, 1);
    });
});

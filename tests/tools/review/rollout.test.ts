import assert from "node:assert/strict";
import fc from "fast-check";
import { RolloutPlan, rolloutSeconds } from "../../../model/rollout";

const USUAL: RolloutPlan = {
    tasks: 2,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    checkIntervalSeconds: 10,
    leaveSeconds: 15,
};

describe("the length of a rolling deployment", () => {
    it("is a minute to start a task and one health check: 70 seconds in production, 65 in development", () => {
        assert.equal(rolloutSeconds(USUAL), 70);
        assert.equal(rolloutSeconds({ ...USUAL, checkIntervalSeconds: 5 }), 65);
    });

    it("holds the 40 seconds after which ECS takes a task for steady that nobody checks", () => {
        assert.equal(rolloutSeconds({ ...USUAL, checkIntervalSeconds: undefined }), 100);
    });

    it("does not depend on the number of tasks, as long as all new ones may start beside the old and at once", () => {
        fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), tasks => rolloutSeconds({ ...USUAL, tasks }) === 70));
    });

    it("grows by a second for each 20 tasks beyond the 100 that Fargate launches at once", () => {
        assert.equal(rolloutSeconds({ ...USUAL, tasks: 300 }), 80);
    });

    it("is nothing without tasks", () => {
        assert.equal(rolloutSeconds({ ...USUAL, tasks: 0 }), 0);
    });

    it("comes in waves where not every new task fits beside the old ones, each after the one before has left", () => {
        assert.equal(rolloutSeconds({ ...USUAL, tasks: 4, maximumPercent: 150 }), 2 * 70 + 15);
        assert.equal(rolloutSeconds({ ...USUAL, tasks: 4, minimumHealthyPercent: 50, maximumPercent: 100 }), 2 * 70 + 15);
    });

    it("is longer with slower checks, whatever else holds", () => {
        const plan = fc.record({
            tasks: fc.integer({ min: 1, max: 5000 }),
            minimumHealthyPercent: fc.integer({ min: 0, max: 100 }),
            maximumPercent: fc.integer({ min: 101, max: 200 }),
            checkIntervalSeconds: fc.integer({ min: 5, max: 300 }),
            leaveSeconds: fc.integer({ min: 1, max: 3600 }),
        });
        fc.assert(
            fc.property(plan, one => {
                const slower = { ...one, checkIntervalSeconds: one.checkIntervalSeconds + 1 };
                return rolloutSeconds(slower) > rolloutSeconds(one);
            }),
        );
    });
});

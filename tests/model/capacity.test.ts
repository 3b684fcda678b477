import assert from "node:assert/strict";
import fc from "fast-check";
import { capacityProviders, tasksOnSpot } from "../../model/capacity";

describe("the capacity provider strategy", () => {
    it("gives Spot exactly its share of the weight", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 100 }), spotPercent => {
                const strategy = capacityProviders(spotPercent);
                const total = strategy.reduce((sum, { weight }) => sum + weight, 0);
                const spot = strategy.find(({ capacityProvider }) => capacityProvider === "FARGATE_SPOT")?.weight ?? 0;
                assert.equal(spot * 100, spotPercent * total);
            }),
        );
    });

    it("has whole weights without a common divisor, which AWS limits to 1000", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 100 }), spotPercent => {
                const weights = capacityProviders(spotPercent).map(({ weight }) => weight);
                assert.ok(weights.every(weight => Number.isInteger(weight) && weight >= 1 && weight <= 100));
                for (let divisor = 2; divisor <= 100; divisor++) assert.ok(weights.some(weight => weight % divisor !== 0));
            }),
        );
    });

    it("leaves out a provider without a share", () => {
        assert.deepEqual(capacityProviders(0), [{ capacityProvider: "FARGATE", weight: 1 }]);
        assert.deepEqual(capacityProviders(100), [{ capacityProvider: "FARGATE_SPOT", weight: 1 }]);
        assert.deepEqual(capacityProviders(75), [
            { capacityProvider: "FARGATE", weight: 1 },
            { capacityProvider: "FARGATE_SPOT", weight: 3 },
        ]);
    });

    it("gives the base to on-demand capacity alone, which without a share has nothing else", () => {
        assert.deepEqual(capacityProviders(70, 2), [
            { capacityProvider: "FARGATE", weight: 3, base: 2 },
            { capacityProvider: "FARGATE_SPOT", weight: 7 },
        ]);
        assert.deepEqual(capacityProviders(100, 2), [
            { capacityProvider: "FARGATE", weight: 0, base: 2 },
            { capacityProvider: "FARGATE_SPOT", weight: 1 },
        ]);
    });
});

describe("the tasks on Spot", () => {
    const percent = fc.integer({ min: 1, max: 100 });
    const count = fc.integer({ min: 0, max: 5000 });

    it("are none while the base is not full, and their share of what is beyond it", () => {
        fc.assert(
            fc.property(percent, count, count, (spotPercent, base, tasks) => {
                const spot = tasksOnSpot(tasks, capacityProviders(spotPercent, base));
                const expected = tasks <= base ? 0 : ((tasks - base) * spotPercent) / 100;
                assert.ok(Math.abs(spot - expected) < 1e-9, `${spot} ${expected}`);
                assert.ok(tasks - spot >= Math.min(base, tasks));
            }),
        );
    });

    it("are the share of all where there is no base", () => {
        assert.equal(tasksOnSpot(10, capacityProviders(30)), 3);
        assert.equal(tasksOnSpot(10, capacityProviders(0)), 0);
        assert.equal(tasksOnSpot(10, []), 0);
    });
});

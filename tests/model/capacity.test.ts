import assert from "node:assert/strict";
import fc from "fast-check";
import { capacityProviders } from "../../model/capacity";

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
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { stopTimeoutSeconds, timeouts } from "../../model/rollout";

const seconds = fc.record({ gracePeriodSeconds: fc.nat(7200), drainSeconds: fc.integer({ min: 1, max: 3600 }) });

describe("the time that the engine waits for a rollout", () => {
    it("is 11, 16 and 6 minutes for a service that starts in 30 seconds and drains in 15", () => {
        const usual = timeouts({ gracePeriodSeconds: 30, drainSeconds: 15 });
        assert.deepEqual(usual, { create: "11m", update: "16m", delete: "6m" });
        assert.deepEqual(timeouts({ gracePeriodSeconds: 0, drainSeconds: 0 }), { create: "10m", update: "15m", delete: "5m" });
    });

    it("ends before the provider's 20 minutes unless the application itself needs long", () => {
        const slowest = timeouts({ gracePeriodSeconds: 120, drainSeconds: 60 });
        assert.ok([slowest.create, slowest.update, slowest.delete].every(text => minutes(text) < 20));
    });

    it("grows with the time to start, to drain, or both, by whole minutes", () => {
        fc.assert(
            fc.property(seconds, given => {
                const { gracePeriodSeconds, drainSeconds } = given;
                const { create, update, delete: remove } = timeouts(given);
                assert.equal(minutes(create), 10 + Math.ceil(gracePeriodSeconds / 60));
                assert.equal(minutes(update), 15 + Math.ceil((gracePeriodSeconds + drainSeconds) / 60));
                assert.equal(minutes(remove), 5 + Math.ceil(drainSeconds / 60));
            }),
        );
    });
});

describe("the time that a container may take to stop", () => {
    it("is at least the time to drain, within ECS's 30 to 120 seconds", () => {
        assert.deepEqual([1, 30, 45, 120, 3600].map(stopTimeoutSeconds), [30, 30, 45, 120, 120]);
    });
});

function minutes(text: string): number {
    assert.match(text, /^\d+m$/);
    return parseInt(text);
}

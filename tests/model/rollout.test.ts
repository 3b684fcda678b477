import assert from "node:assert/strict";
import { stopTimeoutSeconds, timeouts } from "../../model/rollout";

describe("the time that the engine waits for a service", () => {
    it("is to go alone: 5 minutes and those that it drains", () => {
        assert.deepEqual(
            [1, 60, 61, 3600].map(drainSeconds => timeouts({ drainSeconds })),
            ["6m", "6m", "7m", "65m"].map(text => ({ delete: text })),
        );
    });
});

describe("the time that a container may take to stop", () => {
    it("is at least the time to drain, within ECS's 30 to 120 seconds", () => {
        assert.deepEqual([1, 30, 45, 120, 3600].map(stopTimeoutSeconds), [30, 30, 45, 120, 120]);
    });
});

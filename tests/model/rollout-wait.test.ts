import assert from "node:assert/strict";
import fc from "fast-check";
import { ServiceTimings, inWords, toleratedFailures, waitFor } from "../../model/rollout-wait";
import { service } from "../support/given";

const wait = (changes: Parameters<typeof service>[0], profile = "development") =>
    waitFor(service(changes, { profile, allowHttp: true }));

describe("the wait for a rollout", () => {
    it("is usually 80 seconds in development and 85 in production: a minute, a health check, and draining", () => {
        assert.equal(wait({}).usualSeconds, 80);
        assert.equal(wait({}, "production").usualSeconds, 85);
    });

    it("of a worker is usually longer: nobody asks it, and the old task has time to stop", () => {
        assert.equal(wait({ route: undefined, port: undefined }).usualSeconds, 130);
    });

    it("of a service without tasks is none, and ends", () => {
        assert.deepEqual(wait({ tasks: 0 }), { usualSeconds: 0, atMostSeconds: 1980 - 990 });
    });

    it("ends after 17 minutes for one task, of which three must fail, and after 12 for two at a time", () => {
        assert.equal(wait({ tasks: 1 }).atMostSeconds, 65 + 3 * (240 + 30 + 3 * 5 + 15 + 30));
        assert.equal(wait({}, "production").atMostSeconds, 70 + 2 * (240 + 30 + 3 * 10 + 15 + 30));
    });

    it("never ends before 10 minutes, nor before as many tasks as ECS tolerates may have failed one after the other", () => {
        const timings: fc.Arbitrary<ServiceTimings> = fc.record({
            tasks: fc.oneof(fc.nat(500), fc.record({ min: fc.nat(5), max: fc.integer({ min: 5, max: 500 }) })),
            drainSeconds: fc.integer({ min: 1, max: 3600 }),
            route: fc.constantFrom(undefined, {}),
            health: fc.record({ intervalSeconds: fc.integer({ min: 5, max: 300 }), gracePeriodSeconds: fc.nat(7200) }),
        });
        fc.assert(
            fc.property(timings, given => {
                const { usualSeconds, atMostSeconds } = waitFor(given);
                const { intervalSeconds, gracePeriodSeconds } = given.health;
                const failing = gracePeriodSeconds + 3 * intervalSeconds + given.drainSeconds;
                const few = typeof given.tasks === "number" ? given.tasks : given.tasks.min;
                const rounds = few <= 1 ? 3 : few === 2 ? 2 : 1;
                assert.ok(atMostSeconds >= Math.max(600, usualSeconds, rounds * failing));
            }),
        );
    });
});

describe("the failures that ECS tolerates", () => {
    it("are half of the desired tasks, rounded up, at least 3 and at most 200", () => {
        assert.deepEqual([0, 1, 6, 7, 25, 400, 800].map(toleratedFailures), [3, 3, 3, 4, 13, 200, 200]);
    });
});

describe("a time", () => {
    it("is said in seconds, and from a minute on in minutes too", () => {
        assert.deepEqual([0, 59.4, 59.5, 65, 900].map(inWords), ["0 s", "59 s", "1 min 00 s", "1 min 05 s", "15 min 00 s"]);
    });

    it("goes on while ECS looks at alarms", () => {
        const before = waitFor(service());
        const { usualSeconds, atMostSeconds } = waitFor(service(), 300);
        assert.deepEqual([usualSeconds - before.usualSeconds, atMostSeconds - before.atMostSeconds], [300, 900]);
    });
});

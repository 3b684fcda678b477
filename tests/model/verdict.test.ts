import assert from "node:assert/strict";
import fc from "fast-check";
import { Observation, revisionOf } from "../../model/rollout-state";
import { Verdict, failuresOf, verdictOf } from "../../model/verdict";
import {
    DECLARED,
    FORMER,
    NEW,
    OLD,
    OTHER,
    at,
    attempt,
    deployment,
    exited,
    observed,
    stopped,
} from "../support/verdict-fixture";

const told = (observation: Observation, elapsedSeconds = 60): Verdict => verdictOf(observation, DECLARED, elapsedSeconds);
const kind = (observation: Observation, elapsedSeconds?: number) => told(observation, elapsedSeconds).kind;
const FORMER_PRIMARY = { ...FORMER, isPrimary: true };
const starting = (changes: object = {}) => deployment({ state: "IN_PROGRESS", running: 0, ...changes });

describe("a rollout has succeeded", () => {
    it("when the declared revision is the primary one, completed, with every desired task", () => {
        assert.deepEqual(told(observed([deployment()])), { kind: "running" });
        assert.deepEqual(told(observed([deployment()], { history: [attempt("SUCCESSFUL")] })), { kind: "running" });
    });

    it("also with more tasks than desired, which a scaler is about to stop", () => {
        assert.equal(kind(observed([deployment({ running: 3 })])), "running");
    });

    it("also when somebody's update came after it, and was rolled back to it", () => {
        const history = [attempt("ROLLBACK_SUCCESSFUL", OTHER), attempt("SUCCESSFUL")];
        assert.equal(kind(observed([deployment()], { history })), "running");
    });

    it("but proves nothing without a desired task", () => {
        assert.deepEqual(told(observed([deployment({ desired: 0, running: 0 })])), { kind: "unproven" });
    });

    it("not while a task is missing, for as long as a rollout usually takes", () => {
        assert.deepEqual(told(observed([deployment({ running: 1 })]), 79), { kind: "under way", phase: "starting" });
        assert.deepEqual(told(observed([deployment({ running: 1 })]), 80), { kind: "running" });
    });

    it("not while every task is missing, or ECS has not completed it", () => {
        assert.equal(kind(observed([deployment({ running: 0 })]), 80), "under way");
        assert.equal(kind(observed([starting({ running: 1 })]), 80), "under way");
    });
});

describe("a rollout under way", () => {
    const phase = (observation: Observation, elapsedSeconds = 60) => {
        const verdict = told(observation, elapsedSeconds);
        assert.equal(verdict.kind, "under way");
        return "phase" in verdict ? verdict.phase : "";
    };
    const target = (state: string) => ({ address: "10.0.1.20:8080", state });

    it("waits for ECS to begin, for tasks, for their health, and for the old ones to leave", () => {
        assert.equal(phase(observed([FORMER_PRIMARY], { history: [attempt("PENDING")] })), "beginning");
        assert.equal(phase(observed([starting(), FORMER])), "starting");
        const running = starting({ running: 2 });
        assert.equal(phase(observed([running, FORMER], { targets: [target("healthy"), target("initial")] })), "checking");
        assert.equal(phase(observed([running, FORMER], { targets: [target("healthy"), target("healthy")] })), "leaving");
        assert.equal(phase(observed([running])), "checking");
    });

    it("is not said to have failed for 10 seconds, in which ECS may not know of the update yet", () => {
        const retried = observed([FORMER_PRIMARY], { history: [attempt("ROLLBACK_SUCCESSFUL")] });
        for (const old of [observed([FORMER_PRIMARY]), { ...observed([]), service: undefined }, retried]) {
            assert.equal(phase(old, 9), "settling");
            assert.ok(["never there", "rolled back"].includes(kind(old, 10)));
        }
        assert.equal(kind(observed([deployment()]), 0), "running");
    });

    it("has timed out after the bound, and not before", () => {
        assert.equal(kind(observed([starting()]), 899), "under way");
        assert.deepEqual(told(observed([starting()]), 900), { kind: "timed out", phase: "starting" });
        assert.equal(kind(observed([deployment()]), 9000), "running");
    });
});

describe("a rollout has failed", () => {
    it("when ECS goes back, whether its way back is under way, done or stuck", () => {
        const how = (status: string, primary = FORMER_PRIMARY) =>
            told(observed([primary], { history: [attempt(status, NEW, "why")] }));
        const back = (text: string) => ({ kind: "rolled back", how: text, reason: "why" });
        assert.deepEqual(how("ROLLBACK_REQUESTED"), back("goes back"));
        assert.deepEqual(how("ROLLBACK_IN_PROGRESS"), back("goes back"));
        assert.deepEqual(how("ROLLBACK_SUCCESSFUL"), back("went back"));
        assert.deepEqual(how("ROLLBACK_FAILED", { ...FORMER_PRIMARY, state: "FAILED" }), back("stuck"));
    });

    it("when the declared revision has, and is no longer the primary one, before ECS's history says so", () => {
        const failed = starting({ isPrimary: false, state: "FAILED", reason: "tasks failed to start" });
        assert.deepEqual(
            told(observed([{ ...FORMER_PRIMARY, state: "IN_PROGRESS" }, failed], { history: [attempt("IN_PROGRESS")] })),
            {
                kind: "rolled back",
                how: "goes back",
                reason: "tasks failed to start",
            },
        );
    });

    it("also when ECS went back from another configuration to the same revision", () => {
        assert.equal(kind(observed([deployment()], { history: [attempt("ROLLBACK_SUCCESSFUL")] })), "rolled back");
    });

    it("for good when it was the first, which ECS calls a rollback that failed", () => {
        const reason = "No rollback candidate was found to run the rollback.";
        assert.deepEqual(
            told(observed([starting({ state: "FAILED" })], { history: [attempt("ROLLBACK_FAILED", NEW, reason)] })),
            {
                kind: "failed",
                reason,
            },
        );
        assert.deepEqual(told(observed([starting({ state: "FAILED", reason: "breaker" })])), {
            kind: "failed",
            reason: "breaker",
        });
    });

    it("when it was stopped", () => {
        assert.equal(kind(observed([FORMER_PRIMARY], { history: [attempt("STOPPED", NEW, "a request")] })), "stopped");
        assert.equal(kind(observed([starting()], { history: [attempt("STOP_REQUESTED")] })), "stopped");
    });

    it("when another update came after it, finished or not", () => {
        const other = deployment({ taskDefinition: OTHER });
        const superseded = { kind: "superseded", by: OTHER };
        const history = [attempt("SUCCESSFUL", OTHER), attempt("SUCCESSFUL")];
        assert.deepEqual(told(observed([other], { history })), superseded);
        assert.deepEqual(told(observed([{ ...other, state: "IN_PROGRESS" }, starting({ isPrimary: false })])), superseded);
    });

    it("when ECS was never told of it, or has no such service", () => {
        assert.deepEqual(told(observed([FORMER_PRIMARY], { history: [attempt("SUCCESSFUL", OLD)] })), {
            kind: "never there",
            what: "revision",
        });
        assert.deepEqual(told({ ...observed([]), service: undefined }), { kind: "never there", what: "service" });
    });
});

describe("a rollout is hopeless before ECS says so", () => {
    const failing = (tasks: Observation["stopped"], changes: object = {}) =>
        kind(observed([starting({ failedTasks: tasks.length, ...changes }), FORMER], { stopped: tasks }));
    const crash = (seconds: number) => ({ ...exited(1), createdAt: at(seconds) });
    const denied = stopped({ reason: "CannotPullContainerError: pull access denied" });

    it("when as many tasks as the circuit breaker tolerates failed for the same reason: three, in small services", () => {
        assert.equal(failing([crash(1), crash(2)]), "under way");
        assert.equal(failing([crash(1), crash(2), crash(3)]), "failed");
        assert.equal(failing([denied, denied, denied]), "failed");
    });

    it("and half of the desired ones in large services", () => {
        const crashes = (number: number) => Array.from({ length: number }, (_, index) => crash(index));
        assert.equal(failing(crashes(12), { desired: 25 }), "under way");
        assert.equal(failing(crashes(13), { desired: 25 }), "failed");
    });

    it("not for reasons that differ, that pass, or that nobody knows", () => {
        assert.equal(failing([crash(1), crash(2), denied]), "under way");
        const interrupted = stopped({ stopCode: "SpotInterruption", reason: "Your Spot Task was interrupted." });
        assert.equal(failing([interrupted, interrupted, interrupted]), "under way");
        const odd = stopped({ reason: "InternalError: something else" });
        assert.equal(failing([odd, odd, odd]), "under way");
    });

    it("not while ECS counts fewer, since a task became healthy in between", () => {
        assert.equal(failing([crash(1), crash(2), crash(3)], { failedTasks: 1 }), "under way");
        assert.equal(failing([crash(1), crash(2), crash(3)], { failedTasks: undefined }), "failed");
    });

    it("not by tasks of another revision, of an earlier rollout, or that were told to go", () => {
        const old = { ...crash(1), taskDefinition: OLD };
        const earlier = crash(-1);
        const scaledIn = { ...crash(1), reason: "Scaling activity initiated by (deployment ecs-svc/1)" };
        for (const other of [old, earlier, scaledIn]) {
            assert.equal(failing([crash(1), crash(2), other]), "under way");
            assert.deepEqual(failuresOf(observed([starting()], { stopped: [other] }), NEW), []);
        }
    });

    it("counts what failed before ECS went back to the same definition with another network, whose deployment is younger", () => {
        const back = deployment({ createdAt: at(300) });
        const history = [attempt("ROLLBACK_SUCCESSFUL")];
        const failed = stopped({ reason: "ResourceInitializationError" }, 20);
        assert.deepEqual(failuresOf(observed([back], { history, stopped: [failed] }), NEW), [failed]);
    });

    it("never when it has succeeded", () => {
        fc.assert(
            fc.property(fc.nat(300), number => {
                const tasks = Array.from({ length: number }, () => crash(1));
                return kind(observed([deployment({ failedTasks: number })], { stopped: tasks })) === "running";
            }),
        );
    });
});

describe("a revision", () => {
    it("is the family and its number", () => {
        assert.equal(revisionOf(NEW), "shop-dev-web:42");
        assert.equal(revisionOf("shop-dev-web:42"), "shop-dev-web:42");
    });
});

import assert from "node:assert/strict";
import { RunVerdict, exitCodeOfRun, verdictOfRun } from "../../model/task-run";
import { commandText, jobFailureText, releaseFailureText } from "../../model/task-run-text";
import { FACTS, RELEASE, exited, log, stopped } from "../support/verdict-fixture";

describe("the verdict on a task that is run by itself", () => {
    it("is success where its own container ended with 0, and nothing else", () => {
        assert.deepEqual(verdictOfRun(exited(0), "web"), { kind: "succeeded" });
        assert.deepEqual(verdictOfRun(exited(3), "web"), { kind: "failed", exitCode: 3 });
        assert.deepEqual(verdictOfRun(stopped(), "web"), { kind: "failed", exitCode: undefined });
    });

    it("is no success where it ended with 0 because AWS or somebody stopped it, or another container went first", () => {
        assert.deepEqual(verdictOfRun({ ...exited(0), stopCode: "SpotInterruption" }, "web"), { kind: "failed", exitCode: 0 });
        assert.deepEqual(verdictOfRun({ ...exited(0), stopCode: "UserInitiated" }, "web"), { kind: "stopped" });
        const containers = [{ name: "proxy", exitCode: 0 }, { name: "web" }];
        assert.deepEqual(verdictOfRun({ ...exited(0), containers }, "web"), { kind: "failed", exitCode: undefined });
    });

    it("is an exit code as shells have it, and 0 for success alone", () => {
        const codes = (
            [
                { kind: "succeeded" },
                { kind: "failed", exitCode: 3 },
                { kind: "failed", exitCode: 0 },
                { kind: "failed" },
                { kind: "timed out" },
                { kind: "interrupted" },
                { kind: "stopped" },
            ] satisfies RunVerdict[]
        ).map(exitCodeOfRun);
        assert.deepEqual(codes, [0, 3, 1, 1, 124, 130, 143]);
    });
});

describe("what is told of a release that failed", () => {
    it("is its exit code, what ECS says of it, its last lines, and that the service stays", () => {
        const outcome = {
            verdict: verdictOfRun(exited(1), "web"),
            task: exited(1),
            elapsedSeconds: 12,
            log: log("no such table"),
        };
        assert.deepEqual(releaseFailureText(outcome, RELEASE, FACTS).split("\n"), [
            "web: its release `npm run migrate` failed, exit code 1, after 12 s, and the service stays as it was.",
            "    would run   shop-dev-web:42",
            "    task        task-10 EssentialContainerExited: Essential container in task exited",
            "                    container web: exit code 1",
            "    log         container web of task task-10, its last line:",
            "                | no such table",
            "    next        fix it, then pulumi up. A release runs again until it succeeds, and then never again for its revision.",
        ]);
    });

    it("names the cause and the key to change, of a service and of a job", () => {
        const reason = "OutOfMemoryError: Container killed due to memory usage";
        const outcome = { verdict: verdictOfRun(exited(137, reason), "web"), task: exited(137, reason), elapsedSeconds: 12 };
        const advice = (section: string) =>
            `    cause       The task needs more memory than it has: raise fargate:${section}.web.memoryMiB, which is 512. Files under writablePaths count as memory.`;
        assert.equal(releaseFailureText(outcome, RELEASE, FACTS).split("\n")[2], advice("services"));
        assert.equal(jobFailureText(outcome, RELEASE, { ...FACTS, section: "jobs" }).split("\n")[1], advice("jobs"));
    });

    it("has no advice for a command that only ended, which a task of its own may", () => {
        const outcome = { verdict: verdictOfRun(exited(1), "web"), task: exited(1), elapsedSeconds: 1 };
        assert.doesNotMatch(releaseFailureText(outcome, RELEASE, FACTS), /cause/);
    });

    it("quotes a command as somebody would type it, without secrets", () => {
        assert.equal(commandText(["sh", "-c", "echo it's"]), "`sh -c 'echo it'\\''s'`");
        assert.doesNotMatch(commandText(["db", "--password", "hunter2-very-secret"]), /hunter2/);
    });
});

import assert from "node:assert/strict";
import type { RunOutcome, RunTask } from "../../../model/task-run";
import { verdictOfRun } from "../../../model/task-run";
import { factsOf, jobIn, runJob } from "../../../tools/deployed/job";
import { settings } from "../../support/given";
import { exited } from "../../support/verdict-fixture";

const NIGHTLY = {
    taskDefinition: "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/fargate-dev-nightly:3",
    cluster: "fargate-dev",
    subnetIds: ["subnet-1"],
    securityGroupId: "sg-1",
    logGroup: "fargate-dev-nightly",
    container: "nightly",
};

const stateWith = (outputs: unknown) => ({
    deployment: {
        resources: [{ type: "pulumi:pulumi:Stack", urn: "urn:pulumi:dev::fargate::pulumi:pulumi:Stack::dev", outputs }],
    },
});
const named = (name: string, ...words: readonly string[]) =>
    jobIn(stateWith({ jobs: { nightly: NIGHTLY } }), "dev", name, words, settings());

const ended = (exitCode: number): RunOutcome => ({
    verdict: verdictOfRun({ ...exited(exitCode), containers: [{ name: "nightly", exitCode }] }, "nightly"),
    task: exited(exitCode),
    elapsedSeconds: 5,
});

const nothing = (line: string) => assert.equal(line, undefined, "nobody writes");

describe("a job", () => {
    it("is what the stack's last update made of that name, with its own command or another", () => {
        assert.deepEqual(named("nightly"), { ...NIGHTLY, name: "nightly", startedBy: "job/nightly" });
        assert.deepEqual(named("nightly", "npm", "--flag").command, ["npm", "--flag"]);
    });

    it("of several tasks at once is one that has all of the work", () => {
        const several = settings({ jobs: { nightly: { of: "web", command: ["a"], parallel: 4, timeoutMinutes: 5 } } });
        const declared = jobIn(stateWith({ jobs: { nightly: NIGHTLY } }), "dev", "nightly", [], several);
        assert.deepEqual([declared.environment, declared.atMostSeconds], [{ JOB_INDEX: "0", JOB_COUNT: "1" }, 300]);
    });

    it("of another name is refused, with those that there are", () => {
        assert.throws(() => named("weekly"), /^Error: dev has no job weekly\. Allowed: nightly\./);
        assert.throws(() => named("constructor"), /has no job constructor\. Allowed: nightly\./);
        assert.throws(() => jobIn(stateWith({}), "dev", "a", [], settings()), /Allowed: none: its last update made no job/);
    });

    it("has no advice where the stack's file does not have it any more", () => {
        assert.equal(factsOf("nightly", settings()), undefined);
    });

    it("ends with its exit code, after its log, and says how long it took", async () => {
        const written: string[] = [];
        const run: RunTask = (_, { write }) => {
            write(["line", "\u001b[31mred", "password=hunter2secret!"]);
            return Promise.resolve(ended(0));
        };
        const good = await runJob(named("nightly"), undefined, run, line => written.push(line));
        assert.deepEqual(written, ["line", "red", "[hidden: it looks like a secret]"]);
        assert.equal(good.text, "nightly succeeded, exit code 0, after 5 s.");
        assert.equal(good.exitCode, 0);
        const bad = await runJob(named("nightly"), undefined, () => Promise.resolve(ended(3)), nothing);
        assert.equal(bad.exitCode, 3);
        assert.deepEqual(bad.text.split("\n").slice(0, 2), [
            "nightly failed, exit code 3, after 5 s.",
            "    task        task-10 EssentialContainerExited: Essential container in task exited",
        ]);
        assert.deepEqual(bad.data, {
            ...{ job: "nightly", verdict: "failed", exitCode: 3, seconds: 5 },
            ...{ task: "task-10", reason: "Essential container in task exited" },
        });
    });

    it("is stopped by the first signal, and waited for; no handler stays", async () => {
        const before = process.listenerCount("SIGTERM");
        const run: RunTask = async (_, { signal }) => {
            process.emit("SIGTERM", "SIGTERM");
            assert.equal(signal?.aborted, true);
            return Promise.resolve({ ...ended(143), verdict: { kind: "interrupted" } });
        };
        const { exitCode, text } = await runJob(named("nightly"), undefined, run, nothing);
        assert.equal(exitCode, 130);
        assert.match(text, /^nightly was interrupted and stopped after 5 s\./);
        assert.equal(process.listenerCount("SIGTERM"), before);
    });
});

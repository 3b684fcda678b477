import assert from "node:assert/strict";
import type { Preview, Step } from "../../../tools/deployed/preview";
import { reviewJobs } from "../../../tools/review/job";
import { jobSentence } from "../../../tools/review/words";
import { COMPONENT } from "../../../model/names";

type Inputs = Readonly<Record<string, unknown>>;

const TASK = { name: "nightly", cpu: 256, memoryMiB: 512, user: "65532", environment: { LOG_LEVEL: "info" }, permissions: [] };
const JOB = { schedule: { cron: "0 3 * * *", timeZone: "UTC" }, timeoutMinutes: 30, retries: 0, parallel: 1, spot: false };

const step = (type: string, name: string, before?: Inputs, after?: Inputs, parent?: string) =>
    ({
        urn: `urn:${type}:${name}`,
        type,
        name,
        op: before === undefined ? "create" : after === undefined ? "delete" : "same",
        isComponent: true,
        parent,
        before: before && { inputs: before, outputs: {} },
        after: after && { inputs: after, outputs: {} },
    }) as unknown as Step;

const told = (before?: { job: Inputs; task: Inputs }, after?: { job: Inputs; task: Inputs }) => {
    const job = step(COMPONENT.job, "nightly", before?.job, after?.job);
    const steps = [job, step(COMPONENT.task, "nightly-task", before?.task, after?.task, job.urn)];
    return reviewJobs({ project: "fargate", stack: "dev", steps } as unknown as Preview).map(
        one => `${one.name} ${jobSentence(one, text => text)}`,
    );
};
const OLD = { job: JOB, task: TASK };

describe("the review of a job", () => {
    it("says that it is new or removed, and when it runs", () => {
        assert.deepEqual(told(undefined, OLD), ["nightly is new, every day 03:00 UTC"]);
        assert.deepEqual(told(OLD), ["nightly is removed, every day 03:00 UTC"]);
        assert.deepEqual(told(undefined, { ...OLD, job: { ...JOB, schedule: undefined } }), ["nightly is new, on demand"]);
    });

    it("says what changes in the words of the stack's file", () => {
        assert.deepEqual(told(OLD, OLD), []);
        const schedule = { cron: "0 3 * * 1-5", timeZone: "Asia/Seoul" };
        const next = { job: { ...JOB, schedule, retries: 2 }, task: { ...TASK, cpu: 512, environment: { LOG_LEVEL: "debug" } } };
        const [line = "", ...others] = told(OLD, next);
        assert.deepEqual(others, []);
        for (const part of [
            "environment LOG_LEVEL info→debug",
            "cpu 256→512",
            "retries 0→2",
            "schedule every day 03:00 UTC→weekdays 03:00 Asia/Seoul",
            "a run that has begun goes on as it is",
        ])
            assert.ok(line.includes(part), `${part} in ${line}`);
    });
});

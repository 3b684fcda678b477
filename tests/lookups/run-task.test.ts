import assert from "node:assert/strict";
import type { Task } from "@aws-sdk/client-ecs";
import { releaseRunner } from "../../lookups/release";
import { taskRunner } from "../../lookups/run-task";
import type { RunOutcome } from "../../model/task-run";
import { Answers, crashed, failure, fakeClients, fakeClock } from "../support/rollout-fakes";
import { NEW, OLD, RELEASE } from "../support/verdict-fixture";

const task = (lastStatus: string): Task => ({ ...crashed("1a2b"), lastStatus, startedBy: RELEASE.startedBy });
const ended = (exitCode: number): Task => ({ ...task("STOPPED"), containers: [{ name: "web", exitCode }] });
const STARTED: Answers = { RunTask: [{ tasks: [task("PROVISIONING")] }], StopTask: [{}] };
const described = (...tasks: readonly Task[]): Answers => ({ DescribeTasks: tasks.map(one => ({ tasks: [one] })) });
const logs = (...pages: readonly (readonly string[])[]): Answers => ({
    GetLogEvents: [
        ...pages.map((lines, index) => ({ events: lines.map(message => ({ message })), nextForwardToken: `t${index}` })),
        { events: [], nextForwardToken: "end" },
    ],
});

interface Run {
    readonly outcome: RunOutcome;
    readonly written: string[];
    readonly told: string[];
    readonly asked: string[];
    readonly inputs: Readonly<Record<string, unknown>>;
}

async function run(answers: Answers, signal?: AbortSignal, declared = RELEASE): Promise<Run> {
    const written: string[] = [];
    const told: string[] = [];
    const asked: string[] = [];
    const inputs: Record<string, unknown> = {};
    const clients = fakeClients(answers, (name, input) => {
        asked.push(name);
        inputs[name] = input;
    });
    const runner = taskRunner(() => Promise.resolve(clients), fakeClock());
    const outcome = await runner(declared, {
        tell: line => told.push(line),
        write: lines => written.push(...lines),
        signal,
    });
    return { outcome, written, told, asked, inputs };
}

describe("running a task", () => {
    it("starts it on demand, in private, with the command, and waits for its end with every line of its log", async () => {
        const { outcome, written, told, inputs } = await run({
            ...STARTED,
            ...described(task("PENDING"), task("RUNNING"), ended(0)),
            ...logs([], ["migrating"], ["done"]),
        });
        assert.deepEqual(outcome.verdict, { kind: "succeeded" });
        assert.deepEqual(written, ["migrating", "done"]);
        assert.deepEqual(told, ["starts", "runs", "ends"]);
        assert.deepEqual(outcome.log, { task: "1a2b", container: "web", lines: ["migrating", "done"] });
        assert.deepEqual(inputs["RunTask"], {
            cluster: "shop-dev",
            taskDefinition: NEW,
            startedBy: "release/shop-dev-web/42",
            count: 1,
            launchType: "FARGATE",
            platformVersion: "LATEST",
            networkConfiguration: {
                awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: "DISABLED" },
            },
            overrides: { containerOverrides: [{ name: "web", command: ["npm", "run", "migrate"] }] },
            enableECSManagedTags: true,
            propagateTags: "TASK_DEFINITION",
        });
    });

    it("is a failure with ECS's reason where no task is started", async () => {
        const failures = [{ reason: "Capacity is unavailable at this time." }];
        const { outcome, asked } = await run({ RunTask: [{ tasks: [], failures }] });
        assert.deepEqual(outcome.verdict, { kind: "failed" });
        assert.equal(outcome.task.reason, "Capacity is unavailable at this time.");
        assert.deepEqual(asked, ["RunTask"]);
    });

    it("stops what is out of time, and waits until it has stopped", async () => {
        const stoppedByUs = { ...ended(143), stopCode: "UserInitiated" as const };
        const running = Array.from({ length: 33 }, () => task("RUNNING"));
        const { outcome, inputs } = await run({ ...STARTED, ...described(...running, stoppedByUs), ...logs() });
        assert.deepEqual(outcome.verdict, { kind: "timed out" });
        assert.deepEqual(inputs["StopTask"], {
            cluster: "shop-dev",
            task: crashed("1a2b").taskArn,
            reason: "Not within 1 min 00 s",
        });
    });

    it("stops it when whoever waits has enough; what ended by itself meanwhile did so", async () => {
        const stoppedByUs = { ...ended(143), stopCode: "UserInitiated" as const };
        const answers = { ...STARTED, ...logs() };
        const aborted = AbortSignal.abort();
        const interrupted = await run({ ...answers, ...described(task("RUNNING"), stoppedByUs) }, aborted);
        assert.deepEqual(interrupted.outcome.verdict, { kind: "interrupted" });
        const late = await run({ ...answers, ...described(task("RUNNING"), ended(0)) }, aborted);
        assert.deepEqual(late.outcome.verdict, { kind: "succeeded" });
    });

    it("tells a task that somebody else stopped from one that failed", async () => {
        const theirs = { ...ended(143), stopCode: "UserInitiated" as const };
        const { outcome } = await run({ ...STARTED, ...described(theirs), ...logs() });
        assert.deepEqual(outcome.verdict, { kind: "stopped" });
    });

    it("asks again where AWS is busy, and tells what is missing where it refuses", async () => {
        const DescribeTasks = [failure("ThrottlingException"), { tasks: [ended(0)] }];
        assert.deepEqual((await run({ ...STARTED, DescribeTasks, ...logs() })).outcome.verdict, { kind: "succeeded" });
        await assert.rejects(
            run({ RunTask: [failure("AccessDeniedException", { $metadata: { httpStatusCode: 400 } })] }),
            /AWS cannot be asked to run web, .*AccessDeniedException.* Next: check credentials and the rights to ecs:RunTask/,
        );
    });

    it("has no lines of a container that never wrote any", async () => {
        const GetLogEvents = [failure("ResourceNotFoundException")];
        const { outcome } = await run({ ...STARTED, ...described(ended(1)), GetLogEvents });
        assert.deepEqual(outcome.log?.lines, []);
    });
});

describe("the release of a revision", () => {
    const NO_SERVICE: Answers = { ListServices: [{ serviceArns: [] }] };
    const NO_TASKS: Answers = { ListTasks: [{ taskArns: [] }] };
    const WITH_SERVICE: Answers = {
        ListServices: [{ serviceArns: ["arn:service/web-1a2b3c4", "arn:service/api-1a2b3c4"] }],
        DescribeTaskDefinition: [{ taskDefinition: { registeredAt: new Date(0) } }],
    };
    const service = (...running: readonly string[]) => ({
        DescribeServices: [
            {
                services: [
                    {
                        serviceArn: "arn:service/web",
                        taskDefinition: OLD,
                        deployments: running.map(one => ({ taskDefinition: one })),
                    },
                    { serviceArn: "arn:service/api", taskDefinition: OLD.replace("web", "api"), deployments: [] },
                ],
            },
        ],
    });
    const tried = (...definitions: readonly string[]) => ({
        ListServiceDeployments: [{ serviceDeployments: definitions.map(one => ({ targetServiceRevisionArn: `arn:${one}` })) }],
        DescribeServiceRevisions: [{ serviceRevisions: definitions.map(taskDefinition => ({ taskDefinition })) }],
    });

    async function release(answers: Answers) {
        const asked: string[] = [];
        const clients = fakeClients({ ...STARTED, ...logs(), ...answers }, name => asked.push(name));
        const outcome = await releaseRunner(() => Promise.resolve(clients), fakeClock())(RELEASE, () => undefined);
        return { verdict: outcome?.verdict.kind, isStarted: asked.includes("RunTask"), asked };
    }

    it("runs before there is a service", async () => {
        const { verdict, isStarted } = await release({ ...NO_SERVICE, ...NO_TASKS, ...described(ended(0)) });
        assert.deepEqual([verdict, isStarted], ["succeeded", true]);
    });

    it("runs where the service runs another revision, and rolled out others alone", async () => {
        const before = { ...WITH_SERVICE, ...service(OLD), ...NO_TASKS };
        assert.equal((await release({ ...before, ...tried(OLD), ...described(ended(0)) })).isStarted, true);
        const none = await release({ ...before, ListServiceDeployments: [{}], ...described(ended(2)) });
        assert.deepEqual([none.verdict, none.isStarted], ["failed", true]);
    });

    it("does not run where the service runs the revision, or ever tried to", async () => {
        for (const answers of [
            { ...WITH_SERVICE, ...service(NEW, OLD) },
            { ...WITH_SERVICE, ...service(OLD), ...tried(OLD, NEW) },
        ])
            assert.deepEqual(await release(answers).then(({ verdict, isStarted }) => [verdict, isStarted]), [undefined, false]);
    });

    it("does not run again where ECS remembers that it succeeded; a failed one runs again, and another's does not count", async () => {
        const listed = { ...NO_SERVICE, ListTasks: [{ taskArns: [] }, { taskArns: ["arn:task/1a2b"] }] };
        const done = await release({ ...listed, ...described(ended(0)) });
        assert.deepEqual([done.verdict, done.isStarted], [undefined, false]);
        assert.equal((await release({ ...listed, ...described(ended(1), ended(0)) })).isStarted, true);
        const others = { ...ended(0), startedBy: "job/nightly" };
        assert.equal((await release({ ...listed, ...described(others, ended(0)) })).isStarted, true);
    });

    it("that still runs is waited for: no second one beside it", async () => {
        const listed = { ...NO_SERVICE, ListTasks: [{ taskArns: ["arn:task/1a2b"] }, { taskArns: [] }] };
        const { verdict, isStarted } = await release({ ...listed, ...described(task("RUNNING"), task("RUNNING"), ended(0)) });
        assert.deepEqual([verdict, isStarted], ["succeeded", false]);
    });

    it("is an error where nobody can tell whether it ran, and nothing is started", async () => {
        const refused = failure("AccessDeniedException", { $metadata: { httpStatusCode: 400 } });
        await assert.rejects(
            release({ ListServices: [refused] }),
            /The release of shop-dev-web:42 cannot be run, or it is not known whether it was: AccessDeniedException.*web stays as it was\. Next: check credentials and the rights to ecs:RunTask/,
        );
    });
});

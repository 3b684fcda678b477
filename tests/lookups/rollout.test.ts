import assert from "node:assert/strict";
import { rolloutWatch } from "../../lookups/rollout";
import { DECLARED, NEW, OLD, at } from "../support/verdict-fixture";
import {
    Answers,
    FORMER,
    crashed,
    failure,
    fakeClients,
    fakeClock,
    history,
    primary,
    services,
    targets,
    tasks,
    watched,
} from "../support/rollout-fakes";

const GOOD = history(["SUCCESSFUL", NEW]);
const starting = (runningCount: number, failedTasks = 0) => primary({ rolloutState: "IN_PROGRESS", runningCount, failedTasks });
const wentBack: Answers = {
    DescribeServices: [services({ ...FORMER, status: "PRIMARY" })],
    DescribeTargetHealth: [targets("healthy", "healthy")],
    ...history(["SUCCESSFUL", OLD], ["ROLLBACK_SUCCESSFUL", NEW]),
};
const NO_TASKS = { ListTasks: [{ taskArns: [] }] };

describe("a watch over a rollout that has succeeded already", () => {
    it("looks twice, at the service, its targets and its history, and says nothing", async () => {
        const answers = { DescribeServices: [services(primary())], DescribeTargetHealth: [targets("healthy")], ...GOOD };
        const { outcome, asked, lines, inputs } = await watched(answers);
        assert.deepEqual(outcome.verdict, { kind: "running" });
        assert.deepEqual(
            asked.sort(),
            ["0 s", "2 s"].flatMap(second =>
                ["DescribeServiceRevisions", "DescribeServices", "DescribeTargetHealth", "ListServiceDeployments"].map(
                    name => `${second} ${name}`,
                ),
            ),
        );
        assert.deepEqual(lines, []);
        assert.deepEqual(inputs["DescribeServices"], { cluster: "shop-dev", services: ["web-1a2b3c4"] });
        assert.deepEqual(inputs["DescribeTargetHealth"], { TargetGroupArn: "arn:targets" });
    });
});

describe("a first answer that is from before the update", () => {
    it("is no success: the next one tells of the rollout, of the same definition in another network", async () => {
        const { outcome } = await watched({
            DescribeServices: [services(primary()), services(starting(1), FORMER), services({ ...FORMER, status: "PRIMARY" })],
            DescribeTargetHealth: [targets("healthy")],
            ...history(["SUCCESSFUL", OLD], ["ROLLBACK_SUCCESSFUL", NEW]),
            ...NO_TASKS,
        });
        assert.equal(outcome.verdict.kind, "rolled back");
    });
});

describe("a watch over a rollout under way", () => {
    it("looks every few seconds, tells each change with the time, and asks for no more than it needs", async () => {
        const { outcome, asked, lines } = await watched({
            DescribeServices: [
                services(starting(0), FORMER),
                services(starting(1), FORMER),
                services(starting(2)),
                services(primary()),
            ],
            DescribeTargetHealth: [
                targets("healthy"),
                targets("healthy"),
                targets("healthy", "initial"),
                targets("healthy", "healthy"),
            ],
            ...GOOD,
        });
        assert.deepEqual(outcome.verdict, { kind: "running" });
        assert.deepEqual(lines, [
            "0 s: starting tasks, 0 of 2 running, 1 of 1 targets healthy, 0 s of about 1 min 20 s",
            "1 s: starting tasks, 1 of 2 running, 1 of 1 targets healthy, 1 s of about 1 min 20 s",
            "3 s: checking their health, 2 of 2 running, 1 of 2 targets healthy, 3 s of about 1 min 20 s",
        ]);
        assert.deepEqual(
            asked.filter(line => !line.includes("DescribeTargetHealth")),
            [
                "0 s DescribeServices",
                "1 s DescribeServices",
                "3 s DescribeServices",
                "6 s DescribeServices",
                "6 s ListServiceDeployments",
                "6 s DescribeServiceRevisions",
                "8 s DescribeServices",
                "8 s ListServiceDeployments",
                "8 s DescribeServiceRevisions",
            ],
        );
    });

    it("tells every quarter of a minute that it still waits, and ends at the bound, with the log of a task that runs", async () => {
        const { outcome, lines, inputs } = await watched({
            DescribeServices: [services(starting(1))],
            DescribeTargetHealth: [targets("initial")],
            ...tasks({ taskArn: "arn:task/shop-dev/running", taskDefinitionArn: NEW }),
            GetLogEvents: [{ events: [{ message: "still loading" }] }],
        });
        assert.deepEqual(outcome.verdict, { kind: "timed out", phase: "starting" });
        assert.deepEqual(lines.slice(0, 3), [
            "0 s: starting tasks, 1 of 2 running, 0 of 1 targets healthy, 0 s of about 1 min 20 s",
            "16 s: starting tasks, 1 of 2 running, 0 of 1 targets healthy, 16 s of about 1 min 20 s",
            "31 s: starting tasks, 1 of 2 running, 0 of 1 targets healthy, 31 s of about 1 min 20 s",
        ]);
        assert.equal(outcome.elapsedSeconds, 901);
        assert.deepEqual(outcome.log, { task: "running", container: "web", lines: ["still loading"] });
        assert.deepEqual(inputs["ListTasks"], {
            cluster: "shop-dev",
            serviceName: "web-1a2b3c4",
            desiredStatus: "RUNNING",
            maxResults: 100,
        });
    });

    it("goes on through throttling, servers that fail and networks that break, ever more slowly", async () => {
        const busy = [failure("ThrottlingException"), failure("Error", { code: "ECONNRESET" })];
        const down = failure("ServerException", { $metadata: { httpStatusCode: 503 } });
        const answers = { DescribeServices: [...busy, down, services(primary())], DescribeTargetHealth: [targets()], ...GOOD };
        const { outcome, asked, lines } = await watched(answers);
        assert.deepEqual(outcome.verdict, { kind: "running" });
        assert.deepEqual(asked.slice(0, 4), [
            "0 s DescribeServices",
            "2 s DescribeServices",
            "10 s DescribeServices",
            "34 s DescribeServices",
        ]);
        assert.equal(
            lines[0],
            "0 s: AWS does not answer, asking again: ThrottlingException: ThrottlingException happened, 0 s of about 1 min 20 s",
        );
    });

    it("gives the wait up after two minutes without an answer, or at once where asking again is of no use", async () => {
        const told = (reason: string) => ({
            message:
                `ECS cannot be asked whether web runs shop-dev-web:42: ${reason}: ${reason} happened. ` +
                "Whether the rollout works is not known, and it goes on by itself. Next: check credentials and the rights to " +
                "ecs:DescribeServices, ecs:ListServiceDeployments and ecs:DescribeServiceRevisions, then run the same update again.",
        });
        let asked = 0;
        const clock = fakeClock();
        const clients = fakeClients({ DescribeServices: [failure("TimeoutError")] }, () => asked++);
        await assert.rejects(
            rolloutWatch(() => Promise.resolve(clients), clock)(DECLARED, () => undefined),
            told("TimeoutError"),
        );
        assert.ok(clock.now() > 120_000 && clock.now() < 160_000, String(clock.now()));
        assert.ok(asked > 4);
        await assert.rejects(watched({ DescribeServices: [failure("AccessDeniedException")] }), told("AccessDeniedException"));
        const noCredentials = rolloutWatch(() => Promise.reject(failure("CredentialsProviderError")), clock);
        await assert.rejects(
            noCredentials(DECLARED, () => undefined),
            told("CredentialsProviderError"),
        );
    });

    it("gives advice about what is in the way of the network, and none of that where AWS answered", async () => {
        const ending = (error: Error) => {
            const clients = { ...fakeClients({ DescribeServices: [error] }), obstacle: "HTTPS_PROXY is set, and Node is old" };
            return rolloutWatch(() => Promise.resolve(clients), fakeClock())(DECLARED, () => undefined);
        };
        await assert.rejects(ending(failure("TimeoutError")), {
            message:
                "ECS cannot be asked whether web runs shop-dev-web:42: TimeoutError: TimeoutError happened. Whether the rollout works is " +
                "not known, and it goes on by itself. Next: HTTPS_PROXY is set, and Node is old, then run the same update again.",
        });
        const answered = failure("AccessDeniedException", { $metadata: { httpStatusCode: 400 } });
        await assert.rejects(ending(answered), /Next: check credentials and the rights to ecs:DescribeServices/);
    });

    it("ends when it is told to, and asks nothing more", async () => {
        const abort = new AbortController();
        const reason = new Error("enough");
        const clock = fakeClock();
        let asked = 0;
        const clients = fakeClients({ DescribeServices: [services(starting(0))], DescribeTargetHealth: [targets()] }, () => {
            asked += 1;
            abort.abort(reason);
        });
        await assert.rejects(
            rolloutWatch(() => Promise.resolve(clients), clock)(DECLARED, () => undefined, abort.signal),
            reason,
        );
        assert.equal(asked, 2);
    });

    it("of many services at once pauses longer, and connects once", async () => {
        let connected = 0;
        const looks: number[] = [];
        const clock = fakeClock();
        const clients = fakeClients({ DescribeServices: [services(starting(0))], DescribeTargetHealth: [targets()] }, name => {
            if (name === "DescribeServices") looks.push(clock.now());
        });
        const watch = rolloutWatch(
            () => {
                connected += 1;
                return Promise.resolve(clients);
            },
            { now: () => clock.now(), sleep: milliseconds => Promise.reject(new Error(`paused ${milliseconds} ms`)) },
        );
        const ends = await Promise.allSettled(Array.from({ length: 20 }, () => watch(DECLARED, () => undefined)));
        assert.equal(connected, 1);
        assert.equal(looks.length, 20);
        for (const end of ends) assert.match(String(end.status === "rejected" && end.reason), /paused 8000 ms/);
    });
});

describe("a watch over a rollout that fails", () => {
    it("ends with the verdict, the failed tasks and the last lines of the first of them", async () => {
        const { outcome, inputs } = await watched({
            ...wentBack,
            ...tasks(crashed("second", 20), crashed("first")),
            GetLogEvents: [{ events: [{ message: "one" }, { message: "two" }] }],
        });
        assert.deepEqual(outcome.verdict, { kind: "rolled back", how: "went back", reason: "why ROLLBACK_SUCCESSFUL" });
        assert.deepEqual(
            outcome.observation.stopped.map(({ id }) => id),
            ["first", "second"],
        );
        assert.deepEqual(outcome.observation.stopped[0], {
            id: "first",
            taskDefinition: NEW,
            createdAt: at(10),
            stopCode: "EssentialContainerExited",
            reason: "Essential container in task exited",
            containers: [{ name: "web", exitCode: 1, reason: undefined }],
        });
        assert.deepEqual(outcome.log, { task: "first", container: "web", lines: ["one", "two"] });
        assert.deepEqual(inputs["GetLogEvents"], {
            logGroupName: "shop-dev-web",
            logStreamName: "web/web/first",
            limit: 20,
            startFromHead: false,
        });
        assert.deepEqual(inputs["ListTasks"], {
            cluster: "shop-dev",
            serviceName: "web-1a2b3c4",
            desiredStatus: "STOPPED",
            maxResults: 100,
        });
    });

    it("reads the log of the sidecar that failed, and not of the container that was told to end for it", async () => {
        const [task] = [crashed("first")];
        const containers = [
            { name: "web", exitCode: 143 },
            { name: "proxy", exitCode: 1 },
        ];
        const { inputs } = await watched({ ...wentBack, ...tasks({ ...task, containers }), GetLogEvents: [{ events: [] }] });
        assert.equal((inputs["GetLogEvents"] as { logStreamName: string }).logStreamName, "proxy/proxy/first");
    });

    it("keeps the target health of the last time that one was unhealthy, since ECS takes the targets away", async () => {
        const { outcome } = await watched({
            ...wentBack,
            ...NO_TASKS,
            DescribeServices: [services(starting(1), FORMER), ...(wentBack["DescribeServices"] ?? [])],
            DescribeTargetHealth: [targets("healthy", "unhealthy"), targets("healthy", "healthy")],
        });
        assert.deepEqual(outcome.observation.targets, [
            { address: "10.0.1.20:8080", state: "healthy", code: undefined, description: undefined },
            { address: "10.0.1.21:8080", state: "unhealthy", code: "Target.Timeout", description: "Request timed out" },
        ]);
    });

    it("forgets that a target was unhealthy, when the rollout succeeds after all", async () => {
        const { outcome } = await watched({
            ...GOOD,
            DescribeServices: [services(starting(2)), services(primary())],
            DescribeTargetHealth: [targets("unhealthy"), targets("healthy")],
        });
        assert.deepEqual(
            outcome.observation.targets.map(({ state }) => state),
            ["healthy"],
        );
    });

    it("tells of an empty log where the container was stopped before it wrote", async () => {
        const answers = { ...wentBack, ...tasks(crashed("first")), GetLogEvents: [failure("ResourceNotFoundException")] };
        assert.deepEqual((await watched(answers)).outcome.log, { task: "first", container: "web", lines: [] });
    });

    it("tells what it may not look at, and the verdict all the same", async () => {
        const { outcome } = await watched({
            ...wentBack,
            ListTasks: [failure("AccessDeniedException")],
            DescribeTargetHealth: [failure("AccessDenied")],
        });
        assert.equal(outcome.verdict.kind, "rolled back");
        assert.deepEqual(outcome.observation.unseen.toSorted(), [
            "stopped tasks: AccessDeniedException happened",
            "target health: AccessDenied happened",
            "the log: AccessDeniedException: AccessDeniedException happened",
        ]);
    });

    it("knows a service that is not there, or only remembered, and a cluster that is gone", async () => {
        for (const answer of [{ services: [] }, { services: [{ status: "INACTIVE" }] }, failure("ClusterNotFoundException")]) {
            const { outcome } = await watched({
                DescribeServices: [answer],
                ...NO_TASKS,
                ListTasks: [failure("ClusterNotFoundException")],
            });
            assert.deepEqual(outcome.verdict, { kind: "never there", what: "service" });
        }
    });

    it("asks for no log where no container ran", async () => {
        const task = { ...crashed("first"), stopCode: "TaskFailedToStart" as const, containers: [{ name: "web" }] };
        assert.equal((await watched({ ...wentBack, ...tasks(task) })).outcome.log, undefined);
    });
});

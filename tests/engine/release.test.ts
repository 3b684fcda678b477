import * as assert from "node:assert/strict";
import { ask } from "../fixtures/review/ecs";
import { sample } from "../support/sample";
import { command, onTerminal } from "./command";
import { Session, changed, openSession } from "./harness";

const WEB = ["fargate:services", "web"];
const LOG_LEVEL = [...WEB, "environment", "LOG_LEVEL"];
const UP = ["up", "--yes", "--skip-preview", "--color", "never"];
const FAMILY = "fargate-dev-web";
const CLUSTER = "fargate-dev";

interface Started {
    readonly taskArn: string;
    readonly startedBy: string;
    readonly lastStatus: string;
    readonly overrides: { readonly containerOverrides: readonly { readonly command: readonly string[] }[] };
}

/** The releases that ECS remembers, by what started them, in order. */
async function releases(): Promise<string[]> {
    const listed = await Promise.all(
        ["RUNNING", "STOPPED"].map(async desiredStatus => {
            const answer = await ask("ListTasks", { cluster: CLUSTER, family: FAMILY, desiredStatus });
            return (answer as { taskArns: string[] }).taskArns;
        }),
    );
    if (listed.flat().length === 0) return [];
    const { tasks } = (await ask("DescribeTasks", { cluster: CLUSTER, tasks: listed.flat() })) as { tasks: Started[] };
    const released = tasks.filter(({ startedBy }) => startedBy.startsWith("release/"));
    for (const { overrides } of released)
        assert.deepEqual(overrides.containerOverrides, [{ name: "web", command: ["npm", "run", "migrate"] }]);
    return released.map(({ startedBy, lastStatus }) => `${startedBy} ${lastStatus}`).sort();
}

async function running(service = "web"): Promise<string | undefined> {
    const { serviceArns } = (await ask("ListServices", { cluster: CLUSTER })) as { serviceArns: string[] };
    if (serviceArns.length === 0) return undefined;
    const { services } = (await ask("DescribeServices", { cluster: CLUSTER, services: serviceArns })) as {
        services: { taskDefinition: string }[];
    };
    const definitions = services.map(({ taskDefinition }) => taskDefinition.replace(/^.*\//, ""));
    return definitions.find(definition => definition.startsWith(`fargate-dev-${service}:`));
}

/** The tasks of `web` that run. */
async function tasks(): Promise<string[]> {
    const { taskArns } = (await ask("ListTasks", { cluster: CLUSTER, family: FAMILY, desiredStatus: "RUNNING" })) as {
        taskArns: string[];
    };
    return taskArns.sort();
}

describe("a release, and what operates the service behind it", function () {
    this.timeout(10 * 60_000);
    this.bail(true);
    let session: Session;

    before(async () => {
        const release = { command: ["npm", "run", "migrate"], timeoutMinutes: 5 };
        // A worker, which comes up without a load balancer.
        const worker = { image: { of: "web" }, command: ["npm", "run", "worker"] };
        const files = [
            [[...WEB, "route"], undefined] as const,
            [[...WEB, "release"], release] as const,
            [["fargate:services", "worker"], worker] as const,
        ].reduce(changed, sample("dev"));
        session = await openSession("engine-release", "dev", files);
        process.env["AWS_ENDPOINT_URL"] = session.emulator.url;
    });
    after(() => session.close());

    async function up(...more: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
        return session.cli(...UP, ...more).end;
    }

    async function succeeds(): Promise<string> {
        const { code, output } = await up();
        assert.equal(code, 0, output);
        return output;
    }

    it("that fails keeps a first update from making the service, and tells its log", async () => {
        await session.outcome({ family: FAMILY, status: "STOPPED", logs: ["migrating", "Error: no such table"] });
        const { code, output } = await up();
        assert.notEqual(code, 0, output);
        const told = output.replaceAll(/[0-9a-f]{32}/g, "<task>").replaceAll(/after \d+ s/g, "after <n> s");
        const block = [
            "    error: web: its release `npm run migrate` failed, exit code 1, after <n> s, and the service stays as it was.",
            "        would run   fargate-dev-web:1",
            "        task        <task> EssentialContainerExited: Essential container in task exited",
            "                        container web: exit code 1",
            "        log         container web of task <task>, its last 2 lines:",
            "                    | migrating",
            "                    | Error: no such table",
            "        next        fix it, then pulumi up. A release runs again until it succeeds, and then never again for its revision.",
        ];
        assert.ok(told.includes(block.join("\n")), told);
        assert.match(output, /^ {2}fargate:index:Service \(web\):$/m, "below the component");
        assert.doesNotMatch(output, /\n\s+at /, "no trace");
        assert.deepEqual([await running(), await running("worker")], [undefined, undefined]);
    });

    it("runs again with the same revision until it succeeds, and the service is made behind it", async () => {
        const output = await succeeds();
        assert.match(output, /web released fargate-dev-web:1: `npm run migrate` succeeded, exit code 0, after/);
        assert.deepEqual([await running(), await running("worker")], ["fargate-dev-web:1", "fargate-dev-worker:1"]);
        assert.deepEqual(await releases(), ["release/fargate-dev-web/1 STOPPED", "release/fargate-dev-web/1 STOPPED"]);
        assert.deepEqual(await session.preview(), []);
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it("does not run in an update without change, nor with a change that makes no revision", async () => {
        const before = await releases();
        await succeeds();
        await session.configure([[...WEB, "drainSeconds"], 20]);
        await succeeds();
        assert.deepEqual(await releases(), before);
    });

    it("that fails leaves the old revision running and the service untouched; mended, it runs once", async () => {
        await session.configure([LOG_LEVEL, "info"]);
        await session.outcome({ family: FAMILY, status: "STOPPED", cause: "image-missing" });
        const { code, output } = await up();
        assert.notEqual(code, 0, output);
        assert.match(output, /web: its release `npm run migrate` failed, its container never ran, after/);
        assert.match(output, /cause {7}The image is not in its registry/);
        assert.equal(await running(), "fargate-dev-web:1");

        await session.configure([LOG_LEVEL, "trace"]);
        await succeeds();
        assert.equal(await running(), "fargate-dev-web:3");
        const ofMended = (await releases()).filter(one => one.startsWith("release/fargate-dev-web/3"));
        assert.deepEqual(ofMended, ["release/fargate-dev-web/3 STOPPED"]);
        assert.deepEqual(await session.preview(), []);
    });

    it("that succeeded does not run again where the rollout behind it failed, nor for the way back", async () => {
        await session.configure([LOG_LEVEL, "warn"]);
        await session.outcome({ service: "web*", status: "ROLLBACK_SUCCESSFUL" });
        assert.notEqual((await up()).code, 0);
        const before = await releases();
        assert.equal(await running(), "fargate-dev-web:3");
        const { code, output } = await command(session.folder, "up", "dev", "--retry", "--yes", "--skip-preview");
        assert.equal(code, 0, output);
        assert.equal(await running(), "fargate-dev-web:4");
        assert.deepEqual(await releases(), before);
    });

    it("that an update was cut off from goes on, and the next update waits for it instead of starting a second one", async () => {
        await session.configure([LOG_LEVEL, "error"]);
        await session.outcome({ family: FAMILY, status: "IN_PROGRESS" });
        const update = session.cli(...UP);
        for (let tenths = 0; tenths < 3000 && !update.output().includes("runs the release of fargate-dev-web:5"); tenths++)
            await new Promise(resolve => setTimeout(resolve, 100));
        update.kill("SIGINT");
        assert.notEqual((await update.end).code, 0);
        assert.ok((await releases()).includes("release/fargate-dev-web/5 RUNNING"));

        await session.outcome({ family: FAMILY, status: "SUCCESSFUL", now: true });
        await succeeds();
        assert.deepEqual(
            (await releases()).filter(one => one.startsWith("release/fargate-dev-web/5")),
            ["release/fargate-dev-web/5 STOPPED"],
        );
        assert.equal(await running(), "fargate-dev-web:5");
    });

    it("that was never there is nothing to retry: the update that follows runs it", async () => {
        await session.configure([LOG_LEVEL, "silent"]);
        await session.outcome({ family: FAMILY, status: "STOPPED" });
        assert.notEqual((await up()).code, 0);
        const { code, output } = await command(session.folder, "up", "dev", "--retry", "--yes", "--skip-preview");
        assert.equal(code, 0, output);
        assert.match(output, /^web: its last update never got to fargate-dev-web:6, and this one goes there\.$/m);
        assert.equal(await running(), "fargate-dev-web:6");
    });

    it("is taken away again without any change to what runs", async () => {
        await session.configure([[...WEB, "release"], undefined]);
        await succeeds();
        assert.equal(await running(), "fargate-dev-web:6");
        assert.deepEqual(await session.preview(), []);
    });

    it("is behind: what runs is told at a glance, on narrow and wide terminals, and as data", async () => {
        for (const columns of [80, 160]) {
            const shown = await onTerminal(columns, session.folder, "status", "dev");
            assert.ok(Math.max(...shown.map(line => line.length)) <= columns, shown.join("\n"));
            const text = shown
                .map(line => line.replaceAll(/\d\d:\d\d:\d\d/g, "<time>"))
                .join("\n")
                .replaceAll(/\n {4,}/g, " ");
            const start = [
                "dev  ap-northeast-2  <time> UTC",
                "",
                "SERVICE  DESIRED  RUNNING  PENDING  HEALTHY  DEPLOYMENT",
                "web            1        1        0  -        fargate-dev-web:6 runs since <time>",
            ];
            assert.ok(text.startsWith(start.join("\n")), text);
            assert.match(text, /^worker +1 +1 +0 +- +fargate-dev-worker:1 runs since <time>$/m);
            assert.match(text, /^<time> +web +has reached a steady state\.$/m);
            assert.match(text, /^Cost {2}2 tasks on Fargate: at most 0\.\d{3} USD an hour, /m);
        }
        const { code, output } = await command(session.folder, "status", "dev", "--json");
        const { services } = JSON.parse(output) as {
            services: { name: string; running: number; verdict: unknown; declared: string }[];
        };
        assert.deepEqual(
            [code, ...services.map(({ name, running, verdict, declared }) => [name, running, verdict, declared])],
            [0, ["web", 1, { kind: "running" }, "fargate-dev-web:6"], ["worker", 1, { kind: "running" }, "fargate-dev-worker:1"]],
        );
    });

    it("is behind: what tasks write is shown in one order, and found by a text", async () => {
        const task = "3f2a9c1b52d7";
        const now = Date.now();
        const written = async (group: string, logStreamName: string, lines: readonly (readonly [number, string])[]) => {
            const logs = (action: string, body: object) => ask(action, body, "logs", "Logs_20140328");
            await logs("CreateLogStream", { logGroupName: group, logStreamName });
            const logEvents = lines.map(([seconds, message]) => ({ timestamp: now - 30_000 + seconds * 1000, message }));
            await logs("PutLogEvents", { logGroupName: group, logStreamName, logEvents });
        };
        await written("fargate-dev-web", `web/web/${task}`, [
            [1, '{"level":"info","msg":"listening","port":8080}'],
            [3, '{"level":"error","msg":"no answer","attempt":3}'],
        ]);
        await written("fargate-dev-worker", "worker/worker/00aa11bb22cc", [[2, "plain \u001b[2J text"]]);

        const shown = await onTerminal(80, session.folder, "logs", "dev");
        assert.deepEqual(shown.map(line => line.replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, "<time>")).slice(-3), [
            `web/${task.slice(0, 6)}    <time> INFO  listening port=8080`,
            "worker/00aa11 <time> plain  text",
            `web/${task.slice(0, 6)}    <time> ERROR no answer attempt=3`,
        ]);
        const found = await command(session.folder, "logs", "dev", "web", "--filter", "no answer", "--json");
        const { message, ...place } = JSON.parse(found.output) as Record<string, string>;
        assert.deepEqual(
            [found.code, message, place["service"], place["task"]],
            [0, '{"level":"error","msg":"no answer","attempt":3}', "web", task],
        );
        const none = await command(session.folder, "logs", "dev", "web", "--filter", "never written");
        assert.deepEqual(none, { code: 0, output: "No line found in the last 10m: no container runs in the sandbox\n" });
        const other = await command(session.folder, "logs", "dev", "wbe");
        assert.deepEqual(other, { code: 1, output: "dev has no service and no job wbe. Allowed: did you mean web?\n" });
    });

    it("is behind: a service is restarted with the revision that it runs, which no preview sees", async () => {
        const before = await tasks();
        const { code, output } = await command(session.folder, "restart", "dev", "web");
        assert.equal(code, 0, output);
        assert.match(output, /^web: ECS starts new tasks of fargate-dev-web:6\.$/m);
        assert.match(output, /^web runs fargate-dev-web:6: 1 of 1 tasks/m);
        const after = await tasks();
        assert.equal(after.length, 1);
        assert.notDeepEqual(after, before);
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it("is behind: a service is scaled by hand inside of its bounds, which no preview sees", async () => {
        const fixed = await command(session.folder, "scale", "dev", "web", "2");
        assert.deepEqual([fixed.code, fixed.output.split(",")[0]], [1, "web has a fixed number of tasks"]);
        await session.configure([[...WEB, "tasks"], undefined], [[...WEB, "scaling"], { min: 1, max: 3, cpuPercent: 60 }]);
        await succeeds();
        const outside = await command(session.folder, "scale", "dev", "web", "4");
        assert.equal(outside.code, 1);
        assert.match(outside.output, /^web: found 4 tasks\. Allowed: 1 to 3\./m);
        const { code, output } = await command(session.folder, "scale", "dev", "web", "3", "--json");
        assert.equal(code, 0, output);
        assert.match(output, /"running": 3,\n +"desired": 3,/);
        assert.equal((await tasks()).length, 3);
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it("is on a cluster whose performance log group AWS made: taken over in one update, and gone with Container Insights", async () => {
        const logs = (action: string, body: object) => ask(action, body, "logs", "Logs_20140328");
        const logGroupName = "/aws/ecs/containerinsights/fargate-dev/performance";
        const found = async () => {
            const { logGroups } = (await logs("DescribeLogGroups", { logGroupNamePrefix: logGroupName })) as {
                logGroups: { retentionInDays: number }[];
            };
            return logGroups.map(({ retentionInDays }) => retentionInDays);
        };
        await logs("CreateLogGroup", { logGroupName });
        await logs("PutRetentionPolicy", { logGroupName, retentionInDays: 1 });
        await session.configure([["fargate:containerInsights"], "enabled"]);
        assert.deepEqual(
            (await session.preview()).filter(one => one.includes("insights")),
            ["import cloudwatch.LogGroup cluster-insights", "update cloudwatch.LogGroup cluster-insights"],
        );
        await succeeds();
        assert.deepEqual(await found(), [7]);
        assert.deepEqual(await session.preview(), []);
        assert.deepEqual(await session.preview({ refresh: true }), []);
        await session.configure([["fargate:containerInsights"], "disabled"]);
        await succeeds();
        assert.deepEqual(await found(), []);
    });

    it("is behind: a rollout is stopped and goes back, and the update that waited for it fails", async () => {
        const none = await command(session.folder, "stop-rollout", "dev", "web");
        assert.deepEqual([none.code, none.output], [0, "web: no rollout is under way. What runs: npm run status -- dev\n"]);
        await session.configure([LOG_LEVEL, "debug"]);
        await session.outcome({ service: "web*", status: "IN_PROGRESS" });
        const update = session.cli(...UP);
        for (let tenths = 0; tenths < 3000 && !update.output().includes("starting tasks"); tenths++)
            await new Promise(resolve => setTimeout(resolve, 100));
        const { code, output } = await command(session.folder, "stop-rollout", "dev", "web");
        assert.equal(code, 0, output);
        assert.match(output, /^web: stopped fargate-dev-web:7, going back to fargate-dev-web:6\./m);
        assert.match(output, /^web runs fargate-dev-web:6 again, after/m);
        assert.notEqual((await update.end).code, 0);
        assert.equal(await running(), "fargate-dev-web:6");
    });
});

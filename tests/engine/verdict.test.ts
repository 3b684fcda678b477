import * as assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { ask, deployments } from "../fixtures/review/ecs";
import { sample } from "../support/sample";
import { command } from "./command";
import { Session, openSession } from "./harness";

const LOG_LEVEL = ["fargate:services", "web", "environment", "LOG_LEVEL"];
const UP = ["up", "--yes", "--skip-preview", "--color", "never"];

/** What an error says in the engine's display: its block, tasks without their ids. */
function errorIn(output: string): string[] {
    const lines = output.split("\n");
    const diagnostics = lines.slice(lines.indexOf("Diagnostics:"));
    const start = diagnostics.findIndex(line => line.startsWith("    error: "));
    assert.notEqual(start, -1, output);
    const block = diagnostics.slice(start);
    const end = block.findIndex(line => line.trim() === "");
    return block.slice(0, end).map(line => line.slice("    ".length).replaceAll(/[0-9a-f]{32}/g, "<task>"));
}

const CAUSE = [
    "    cause       The application ended by itself, which a service must not: its log says why; with exit code 0 it ran in the background or had nothing to do.",
    "    failed      3 tasks:",
    ...Array.from({ length: 3 }, () => [
        "                <task> EssentialContainerExited: Essential container in task exited",
        "                    container web: exit code 1",
    ]).flat(),
];
const LOG = [
    "    log         container web of task <task>, its last 2 lines:",
    "                | Error: cannot start",
    "                |     at main (server.js:1:1)",
];
const NEXT =
    "    next        fix it, then pulumi up. The same update again fails the same way; this very rollout starts anew by: npm run up -- dev --retry";

const FIRST_FAILED = [
    "error: web: the rollout failed, and there is nothing that ECS could go back to.",
    "    should run  fargate-dev-web:1",
    "    runs        nothing",
    "    ECS says    No rollback candidate was found to run the rollback.",
    ...CAUSE,
    ...LOG,
    NEXT,
];

const WENT_BACK = [
    "error: web: the rollout failed, and ECS went back to what ran before.",
    "    should run  fargate-dev-web:3",
    "    runs        fargate-dev-web:2, 1 task",
    "    ECS says    Service deployment rolled back because the circuit breaker threshold was exceeded.",
    ...CAUSE,
    "    targets     1 of 1 healthy",
    ...LOG,
    NEXT,
];

describe("an update's verdict", function () {
    this.timeout(10 * 60_000);
    this.bail(true);
    let session: Session;

    before(async () => {
        session = await openSession("engine-verdict", "dev", sample("dev"));
        process.env["AWS_ENDPOINT_URL"] = session.emulator.url;
    });
    after(() => session.close());

    const cli = (...more: readonly string[]) => session.cli(...UP, ...more);

    /** Ends as one that fails, and tells this. */
    async function fails(update: ReturnType<typeof cli>, block: readonly string[]): Promise<void> {
        const { code, output } = await update.end;
        assert.notEqual(code, 0, output);
        assert.deepEqual(errorIn(output), block);
        assert.match(output, /^ {2}aws:ecs:Service \(web\):$/m, "below the service");
    }

    async function succeeds(update: ReturnType<typeof cli>): Promise<string> {
        const { code, output } = await update.end;
        assert.equal(code, 0, output);
        return output;
    }

    async function until(update: ReturnType<typeof cli>, text: string): Promise<void> {
        for (let tenths = 0; tenths < 3000; tenths++) {
            if (update.output().includes(text)) return;
            await new Promise(resolve => setTimeout(resolve, 100));
        }
        throw new Error(`not within 5 minutes: ${text}\n${update.output()}`);
    }

    const statusOf = async (taskDefinition: string) => {
        const answer = (await ask("DescribeTaskDefinition", { taskDefinition })) as { taskDefinition: { status: string } };
        return answer.taskDefinition.status;
    };

    it("on a first rollout that fails is a failure with its cause, though there is nothing to go back to", async () => {
        await session.outcome({ service: "web*", status: "ROLLBACK_FAILED" });
        const update = cli();
        await fails(update, FIRST_FAILED);
        assert.match(update.output(), /waits until ECS runs fargate-dev-web:1: usually 1 min 20 s, at most 17 min 35 s\./);
    });

    it("is the same on the same update, which starts nothing anew", async () => {
        const before = await deployments();
        await fails(cli(), FIRST_FAILED);
        assert.deepEqual(await deployments(), before);
    });

    it("is good on one that is mended, and then nothing is left to do", async () => {
        await session.configure([LOG_LEVEL, "info"]);
        const output = await succeeds(cli());
        assert.match(output, /web runs fargate-dev-web:2: 1 of 1 tasks, 1 of 1 targets healthy/);
        assert.deepEqual(await session.preview(), []);
    });

    it("on a rollout that ECS took back is a failure; what the old revision needs stays", async () => {
        await session.configure([LOG_LEVEL, "trace"]);
        await session.outcome({ service: "web*", status: "ROLLBACK_SUCCESSFUL" });
        await fails(cli(), WENT_BACK);
        await fails(cli(), WENT_BACK);
        assert.equal(await statusOf("fargate-dev-web:2"), "ACTIVE");
    });

    it("is asked for by smoke and promote, which refuse a stack that runs the old revision", async () => {
        const file = (stack: string) => path.join(session.folder, `Pulumi.${stack}.yaml`);
        writeFileSync(file("next"), readFileSync(file("dev")));
        const block = WENT_BACK.join("\n").replace("error: ", "");
        for (const [name, args, refusal] of [
            ["smoke", ["dev"], "dev does not run what its last update declared."],
            ["promote", ["dev", "next", "--yes"], "dev does not run what its last update declared, so nothing is promoted."],
        ] as const) {
            const { code, output } = await command(session.folder, name, ...args);
            assert.equal(code, 1, output);
            const told = output.replaceAll(/[0-9a-f]{32}/g, "<task>");
            assert.ok(told.includes(`${refusal}\n\n${block}\n`), told);
        }
    });

    it("is good after the same rollout was started once more, and worked", async () => {
        const before = (await deployments())["web"] ?? 0;
        const { code, output } = await command(session.folder, "up", "dev", "--retry", "--yes", "--skip-preview");
        assert.equal(code, 0, output);
        assert.match(output, /^web: started fargate-dev-web:3 once more\.$/m);
        assert.equal((await deployments())["web"], before + 1);
        assert.deepEqual(await session.preview({ refresh: true }), []);
        assert.equal(await statusOf("fargate-dev-web:2"), "INACTIVE");
    });

    it("is asked for by the next update, after Ctrl-C while it waits", async () => {
        await session.configure([LOG_LEVEL, "warn"]);
        await session.outcome({ service: "web*", status: "IN_PROGRESS" });
        const update = cli();
        await until(update, "waits until ECS runs fargate-dev-web:4");
        update.kill("SIGINT");
        const { code, output } = await update.end;
        assert.notEqual(code, 0, output);
        assert.match(output, /Ctrl-C ends the wait, not the rollout\./);

        const next = cli();
        await until(next, "waits until ECS runs fargate-dev-web:4");
        await session.outcome({ service: "web*", status: "SUCCESSFUL", now: true });
        assert.match(await succeeds(next), /web runs fargate-dev-web:4: 1 of 1 tasks/);
    });

    it("is asked for by the next update, after kill -9 while it waits: nothing is to be refreshed", async () => {
        await session.configure([LOG_LEVEL, "error"]);
        await session.outcome({ service: "web*", status: "IN_PROGRESS" });
        const update = cli();
        await until(update, "waits until ECS runs fargate-dev-web:5");
        update.kill("SIGKILL");
        await update.end;
        await session.outcome({ service: "web*", status: "SUCCESSFUL", now: true });

        assert.match((await cli().end).output, /locked/);
        assert.equal((await session.cli("cancel", "--yes").end).code, 0);
        await succeeds(cli());
        assert.deepEqual(await session.preview(), []);
    });

    it("is good after an update with --refresh, which sees that another revision runs and starts the declared one anew", async () => {
        await session.configure([LOG_LEVEL, "debug"]);
        await session.outcome({ service: "web*", status: "ROLLBACK_SUCCESSFUL" });
        assert.notEqual((await cli().end).code, 0);
        assert.match(await succeeds(cli("--refresh")), /web runs fargate-dev-web:6: 1 of 1 tasks/);
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it("on a rollout that somebody's own update superseded is a failure that names what runs", async () => {
        await session.configure([LOG_LEVEL, "silent"]);
        await session.outcome({ service: "web*", status: "IN_PROGRESS" });
        const update = cli();
        await until(update, "waits until ECS runs fargate-dev-web:");
        const { serviceArns } = (await ask("ListServices", { cluster: "fargate-dev" })) as { serviceArns: string[] };
        const { services } = (await ask("DescribeServices", { cluster: "fargate-dev", services: serviceArns })) as {
            services: { serviceName: string; deployments: { status: string; taskDefinition: string }[] }[];
        };
        const [found] = services;
        const former = found?.deployments.find(({ status }) => status === "ACTIVE")?.taskDefinition ?? "";
        await session.outcome({ service: "web*", status: "SUCCESSFUL" });
        await ask("UpdateService", { cluster: "fargate-dev", service: found?.serviceName, taskDefinition: former });
        const { code, output } = await update.end;
        assert.notEqual(code, 0, output);
        const revision = former.slice(former.lastIndexOf("/") + 1);
        assert.ok(output.includes(`web: another update came after the stack's: ${revision}.`), output);

        const again = await command(session.folder, "up", "dev", "--retry", "--yes", "--skip-preview");
        assert.equal(again.code, 0, again.output);
    });

    // Ten minutes of waiting, as the bound has it.
    (process.env["ALL"] === "1" ? it : it.skip)("on a rollout that never ends is a failure at the bound", async function () {
        this.timeout(20 * 60_000);
        await session.configure([LOG_LEVEL, "debug"], [["fargate:services", "web", "tasks"], 3]);
        await session.outcome({ service: "web*", status: "IN_PROGRESS" });
        const { code, output } = await cli().end;
        assert.notEqual(code, 0, output);
        assert.match(output, /web: no end within 10 min 00 s: /);
    });
});

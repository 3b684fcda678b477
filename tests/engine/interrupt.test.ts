import * as assert from "node:assert/strict";
import { deployments } from "../fixtures/review/ecs";
import { Cli, Session, openSession } from "./harness";

/** Polls until something is there. */
async function until(what: string, isThere: () => Promise<boolean> | boolean): Promise<void> {
    for (let attempt = 0; attempt < 1200; attempt++) {
        if (await isThere()) return;
        await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error(`${what}: not within 2 minutes`);
}

describe("an update that dies in the middle", function () {
    this.timeout(10 * 60_000);
    this.bail(true);
    let session: Session;
    let untouched: unknown;

    before(async () => {
        session = await openSession("engine-interrupt", "dev");
        process.env["AWS_ENDPOINT_URL"] = session.emulator.url;
        untouched = await session.emulator.resources();
    });
    after(() => session.close());

    const exists = async (type: string) => (await session.emulator.resources()).some(resource => resource.type === type);

    it("by SIGINT while it creates the network is finished by the next one", async () => {
        const cli: Cli = session.cli("up", "--yes", "--skip-preview");
        await until("a subnet", () => exists("subnet"));
        cli.kill("SIGINT");
        const { code } = await cli.end;
        assert.notEqual(code, 0);
        assert.equal(await exists("service"), false);

        const done = await session.up();
        assert.ok(done.includes("create ecs.Service web"));
        assert.deepEqual(await session.preview(), []);
    });

    it("by SIGKILL while a service rolls out is finished after cancel and refresh", async () => {
        await session.configure([["fargate:services", "web", "environment", "LOG_LEVEL"], "trace"]);
        await session.outcome({ service: "web*", status: "IN_PROGRESS" });
        const { web: before } = await deployments();
        const cli = session.cli("up", "--yes", "--skip-preview");
        await until("the rollout", async () => (await deployments())["web"] !== before);
        cli.kill("SIGKILL");
        await cli.end;
        await session.outcome({ service: "web*", status: "SUCCESSFUL", now: true });

        const locked = await session.cli("up", "--yes", "--skip-preview").end;
        assert.match(locked.output, /locked/);
        for (const args of [
            ["cancel", "--yes"],
            ["refresh", "--yes", "--skip-preview"],
        ]) {
            const { code, output } = await session.cli(...args).end;
            assert.equal(code, 0, output);
        }
        await session.up();
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it("destroy leaves nothing afterwards", async () => {
        await session.destroy();
        assert.deepEqual(await session.emulator.resources(), untouched);
    });
});

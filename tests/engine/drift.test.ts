import * as assert from "node:assert/strict";
import { run } from "../support/command-line";
import { Session, openSession } from "./harness";

const UPDATE = 8 * 60_000;

describe("drift of dev on the real engine", function () {
    this.timeout(UPDATE);
    this.bail(true);
    let session: Session;
    let logGroup: string;

    before(async () => {
        session = await openSession("engine-drift", "dev");
        await session.up();
        const outputs = await session.stack.outputs();
        logGroup = (outputs["logGroups"]?.value as Record<string, string>)["web"] ?? "";
    });
    after(() => session.close());

    const check = () => run("drift", ["check", "dev", "--sandbox-folder", session.folder]);

    /** As somebody would in the console. The emulator checks no signature, and takes service and region from it. */
    async function keepLogs(retentionInDays: number): Promise<void> {
        const scope = "test/20260101/ap-northeast-2/logs/aws4_request";
        const response = await fetch(session.emulator.url, {
            method: "POST",
            headers: {
                authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
                "content-type": "application/x-amz-json-1.1",
                "x-amz-target": "Logs_20140328.PutRetentionPolicy",
            },
            body: JSON.stringify({ logGroupName: logGroup, retentionInDays }),
        });
        assert.equal(response.status, 200, await response.text());
    }

    it("is none after an update", async () => {
        const { code, output, errors } = await check();
        assert.equal(output, "dev: no drift\n", errors);
        assert.equal(code, 0);
    });

    it("is what somebody changed by hand, and nothing else", async () => {
        await keepLogs(1);
        const { code, output, errors } = await check();
        assert.equal(code, 2, errors);
        assert.match(output, /^## `dev`\n\n\*\*1 changed in place\*\*\n\n- \*\*`web`\*\* no task restarts/);
        assert.match(output, /- update `cloudwatch\.LogGroup [\w-]+`: `retentionInDays`/);
    });

    it("is told apart from a commit that waits for its deployment", async () => {
        await session.configure([["fargate:services", "web", "environment", "LOG_LEVEL"], "warn"]);
        const both = await check();
        assert.equal(both.code, 2, both.errors);
        assert.match(both.output, /retentionInDays/);
        assert.match(both.output, /\n\nSome of this is no drift: the stack waits for a deployment of what main says\.\n$/);

        await keepLogs(7);
        const waiting = await check();
        assert.equal(waiting.output, "dev: no drift\n", waiting.errors);
        assert.equal(waiting.code, 0);
    });

    it("a smoke test asks ECS, and no address: no container runs in the emulator", async () => {
        const { code, output, errors } = await run("smoke", ["dev", "--sandbox-folder", session.folder]);
        assert.equal(code, 0, errors);
        assert.match(output, /^web runs fargate-dev-web:\d+: 1 of 1 tasks, 1 of 1 targets healthy$/m);
        assert.match(output, /^No address was asked: no container runs in the sandbox/m);
    });
});

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

const root = path.join(__dirname, "..", "..", "..");
const emulator = path.join(root, "tools", "sandbox", "emulator");
const venv = process.env["SANDBOX_VENV"] ?? path.join(root, ".sandbox", "venv");
const python = path.join(venv, "bin", "python");

const run = promisify(execFile);

/** What a failed child process leaves behind. */
interface Failure {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

async function failureOf(running: Promise<unknown>): Promise<Failure | undefined> {
    return running.then(
        () => undefined,
        (error: unknown) => error as Failure,
    );
}

describe("the AWS emulator of the sandbox", function () {
    this.timeout(60_000);

    before(function () {
        if (existsSync(python)) return;
        console.log(`      skipped: no virtual environment at ${venv} (npm run sandbox makes it; SANDBOX_VENV names another)`);
        this.skip();
    });

    it("behaves like AWS where moto alone does not", async () => {
        const failure = await failureOf(run(python, [path.join(__dirname, "emulator_check.py")]));
        const lines = failure?.stdout.split("\n").filter(line => !line.startsWith("ok ")) ?? [];
        assert.equal(failure, undefined, `${lines.join("\n")}\n${failure?.stderr.slice(-2000) ?? ""}`);
    });

    it("does not start when moto has lost a name that is patched", async () => {
        const program = "import patches, moto.ecs.models as m; del m.EC2ContainerServiceBackend.update_service; patches.apply()";
        const failure = await failureOf(run(python, ["-B", "-c", program], { cwd: emulator }));
        assert.notEqual(failure?.code, undefined);
        assert.match(failure?.stderr ?? "", /EC2ContainerServiceBackend\.update_service does not exist in moto/);
    });

    it("gives the same answer to a client that lost it, and to no other", async () => {
        const server = spawn(python, [path.join(emulator, "serve.py")], { stdio: ["ignore", "pipe", "inherit"] });
        try {
            const [line] = (await once(server.stdout, "data")) as [Buffer];
            const { port } = JSON.parse(String(line)) as { port: number };
            const create = async (identity: string) => {
                const headers = {
                    "content-type": "application/x-amz-json-1.1",
                    "x-amz-target": "Logs_20140328.CreateLogGroup",
                    "amz-sdk-invocation-id": identity,
                    authorization:
                        "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/logs/aws4_request, SignedHeaders=a, Signature=a",
                };
                const body = JSON.stringify({ logGroupName: "shop" });
                return (await fetch(`http://127.0.0.1:${port}/`, { method: "POST", headers, body })).status;
            };
            assert.deepEqual([await create("one"), await create("one"), await create("another")], [200, 200, 400]);
        } finally {
            server.kill("SIGTERM");
        }
    });

    it("says its port in one line, answers, and ends when it is told to", async () => {
        const server = spawn(python, [path.join(emulator, "serve.py")], { stdio: ["ignore", "pipe", "inherit"] });
        const ended = once(server, "exit");
        let output = "";
        server.stdout.on("data", data => (output += String(data)));
        try {
            while (!output.includes("\n")) await once(server.stdout, "data");
            const { port } = JSON.parse(output) as { port: number };
            const response = await fetch(`http://127.0.0.1:${port}/sandbox/resources`);
            assert.deepEqual(await response.json(), []);
        } finally {
            server.kill("SIGTERM");
        }
        assert.deepEqual(await ended, [0, null]);
        assert.match(output, /^\{"port": \d+\}\n$/);
    });
});

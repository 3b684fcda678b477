import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../tools/sandbox/emulator";

const root = path.join(__dirname, "..", "..");
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
    this.timeout(180_000);

    before(function () {
        if (existsSync(python)) return;
        console.log(`      skipped: no virtual environment at ${venv} (npm run sandbox makes it; SANDBOX_VENV names another)`);
        this.skip();
    });

    it("behaves like AWS where moto alone does not", async () => {
        const failure = await failureOf(run(python, [path.join(root, "tests", "tools", "sandbox", "emulator", "check.py")]));
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

    describe("as the sandbox starts it", () => {
        const given = {
            GITHUB_TOKEN: "token-of-the-shell",
            AWS_PROFILE: "prod",
            MOTO_ACCOUNT_ID: "1",
            https_proxy: "http://127.0.0.1:9",
        };
        const shell = { ...process.env };
        const folder = mkdtempSync(path.join(tmpdir(), "emulator-"));
        let emulator: Awaited<ReturnType<typeof startEmulator>>;

        before(async () => {
            Object.assign(process.env, given, { SANDBOX_VENV: venv });
            emulator = await startEmulator(folder);
        });
        after(async () => {
            await emulator.stop();
            for (const name of [...Object.keys(given), "SANDBOX_VENV"])
                if (shell[name] === undefined) Reflect.deleteProperty(process.env, name);
                else process.env[name] = shell[name];
            rmSync(folder, { recursive: true });
        });

        it("knows nothing of the shell's tokens and settings", function () {
            const { pid } = JSON.parse(readFileSync(path.join(folder, "emulator.json"), "utf8")) as { pid: number };
            if (!existsSync(`/proc/${pid}/environ`)) return this.skip();
            const names = readFileSync(`/proc/${pid}/environ`, "utf8")
                .split("\0")
                .map(entry => entry.split("=")[0] ?? "")
                .filter(name => name !== "");
            const allowed = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"];
            assert.deepEqual(
                names.filter(name => !allowed.includes(name)),
                [],
            );
            assert.ok(names.includes("PATH"));
        });

        it("leaves the engine no proxy but itself", () => {
            const proxies = Object.entries(emulator.environment).filter(([name]) => /_proxy$/i.test(name));
            const port = new URL(emulator.url).port;
            assert.deepEqual(
                proxies.filter(([, value]) => value !== ""),
                [
                    ["HTTP_PROXY", `http://127.0.0.1:${port}`],
                    ["NO_PROXY", "127.0.0.1"],
                ],
            );
            for (const name of ["HTTPS_PROXY", "https_proxy", "http_proxy", "ALL_PROXY", "all_proxy", "no_proxy"])
                assert.equal(emulator.environment[name], "", name);
        });

        it("says what it lacks, to the client and to whoever asks afterwards", async () => {
            const headers = {
                "content-type": "application/x-amz-json-1.1",
                "x-amz-target": "AmazonEC2ContainerServiceV20141113.ExecuteCommand",
                authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/ecs/aws4_request, SignedHeaders=a, Signature=a",
            };
            const response = await fetch(emulator.url, { method: "POST", headers, body: "{}" });
            assert.equal(response.status, 400);
            assert.equal(((await response.json()) as { __type: string }).__type, "UnknownOperationException");
            const lacking = await (await fetch(`${emulator.url}/sandbox/lacking`)).json();
            assert.deepEqual(lacking, [
                {
                    service: "ecs",
                    operation: "ExecuteCommand",
                    count: 1,
                    why: "The execute_command action has not been implemented",
                },
            ]);
            assert.match(readFileSync(path.join(folder, "emulator.log"), "utf8"), /LACKING ecs:ExecuteCommand/);
        });
    });

    it("is installed from files of known content alone", () => {
        for (const file of ["tools/sandbox/emulator/requirements.txt", ".github/requirements.txt"]) {
            const text = readFileSync(path.join(root, file), "utf8").replace(/^#.*\n/gm, "");
            const pins = text.split(/^(?=\S)/m).filter(pin => pin.trim() !== "");
            assert.ok(pins.length > 0, file);
            for (const pin of pins) assert.match(pin, /^[\w.-]+==\S+ \\\n( {4}--hash=sha256:[0-9a-f]{64}( \\)?\n)+\n?$/, file);
        }
    });
});

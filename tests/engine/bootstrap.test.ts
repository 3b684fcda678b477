import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { BatchDeleteImageCommand, ECRClient, ListImagesCommand } from "@aws-sdk/client-ecr";
import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { Emulator, Existing, startEmulator } from "../../tools/sandbox/emulator";
import { Engine, findEngine } from "../../tools/sandbox/engine";
import { collect } from "../../tools/sandbox/operations";
import { sandboxConfig, seedsOf } from "../../tools/sandbox/stack-copy";
import { openStack, writeStackFile } from "../../tools/sandbox/workspace";
import { readStackFiles } from "../../tools/cli/stack-files";
import { ApiCall, Recorder, recordCalls } from "../iam/api-calls";
import { missing, refusedOf, rolesOf } from "../iam/call-check";
import { STATE, Stack as StackName } from "../iam/requests";
import { TAG } from "./changes";
import { Change, changed, isKeptOnPurpose, isNoProof } from "./harness";

const QUIET = { now: () => undefined, line: () => undefined, end: () => undefined };
const BOOTSTRAP = path.join(PROJECT_FOLDER, "bootstrap");
const FOLDER = path.join(PROJECT_FOLDER, ".sandbox", "bootstrap");
const FOR_EMULATOR = {
    "aws:s3UsePathStyle": "true",
    "aws:skipCredentialsValidation": "true",
    "aws:skipMetadataApiCheck": "true",
    "aws:maxRetries": "2",
};

/** One update of many kinds: tags, settings that change in place, another zone, another way out. */
const CHANGES = (stack: StackName): readonly Change[] => [
    TAG,
    [
        ["fargate:network", "zones"],
        (stack === "dev" ? ["a", "c", "d"] : ["a", "b", "c", "d"]).map(zone => `ap-northeast-2${zone}`),
    ],
    [["fargate:network", "egress"], "nat"],
    [["fargate:services", "web", "scaling"], { min: 2, max: 4, cpuPercent: 50 }],
    [["fargate:logRetentionDays"], 30],
    [["fargate:budget"], { monthlyUsd: 750.5 }],
    [["fargate:containerInsights"], "enabled"],
    [["fargate:services", "web", "environment", "LOG_LEVEL"], "warn"],
    [["fargate:services", "web", "health", "path"], "/health"],
];

interface Outputs {
    readonly backend: string;
    readonly secretsProviders: Readonly<Record<StackName, string>>;
    readonly permissionsBoundaries: Readonly<Record<StackName, string>>;
    readonly next: string;
}

describe("an account on the real engine", function () {
    this.timeout(15 * 60_000);
    this.bail(true);
    let emulator: Emulator;
    let recorder: Recorder;
    let engine: Engine;
    let before: readonly Existing[];
    let bootstrap: Stack;
    let outputs: Outputs;

    this.beforeAll(async () => {
        rmSync(FOLDER, { recursive: true, force: true });
        mkdirSync(FOLDER, { recursive: true });
        process.env["SANDBOX_VENV"] ??= path.join(PROJECT_FOLDER, ".sandbox", "venv");
        for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
        engine = await findEngine(FOLDER, () => undefined);
        emulator = await startEmulator(FOLDER);
        recorder = await recordCalls(emulator);
        for (const stack of ["dev", "prod"]) await emulator.seed(seedsOf(stackSettings(stack)));
        before = await emulator.resources();

        const { config } = readStackFiles(BOOTSTRAP, "main");
        bootstrap = await openStack({
            folder: path.join(FOLDER, "main"),
            stack: "main",
            config: { ...config, ...FOR_EMULATOR },
            emulator: recorder.emulator,
            engine,
            program: BOOTSTRAP,
        });
    });
    this.afterAll(async () => {
        await (recorder as Recorder | undefined)?.stop();
        await (emulator as Emulator | undefined)?.stop();
    });

    it("is bootstrapped, and a second preview is empty, also after a refresh", async () => {
        const up = await bootstrap.up({ onOutput: log });
        outputs = Object.fromEntries(Object.entries(up.outputs).map(([key, { value }]) => [key, value as unknown])) as never;
        assert.deepEqual(await changesOf(bootstrap), []);
        assert.deepEqual(await changesOf(bootstrap, { refresh: true }), []);
    });

    it("holds what the workflows need", async () => {
        const types = (await emulator.resources()).filter(one => !before.some(({ id }) => id === one.id)).map(({ type }) => type);
        const counts = Object.fromEntries(
            [...new Set(types)].sort().map(type => [type, types.filter(one => one === type).length]),
        );
        assert.deepEqual(counts, { bucket: 1, key: 1, "oidc-provider": 1, policy: 21, repository: 1, role: 4 });
    });

    it("takes a stack over from another backend, with no call that the deploy role lacks in an update, or the preview role in a preview", async () => {
        // The bucket is for TLS alone, which the emulator does not speak.
        await fetch(`${emulator.url}/${new URL(outputs.backend).host}?policy`, { method: "DELETE" });
        const stack = await movedStack(outputs, recorder.emulator, engine);
        assert.deepEqual((await stack.outputs())["secret"], { value: "said to nobody", secret: true });
        const key = await keyArn(emulator);
        const { deploy, preview } = rolesOf("dev", key);

        const update = await during(recorder, () => stack.up({ onOutput: log }));
        assert.deepEqual([...new Set(update.map(({ action }) => action))].sort(), [
            "kms:Decrypt",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:ListBucket",
            "s3:PutObject",
        ]);
        assert.deepEqual(refusedOf(update, deploy, key), []);
        assert.ok(refusedOf(update, preview, key).length > 0, "an update is more than the preview role may do");
        const ofProd = rolesOf("prod", key).deploy;
        assert.ok(refusedOf(update, ofProd, key).length > 0, "an update of dev is more than prod's role may do");

        const previewed = await during(recorder, () => stack.preview({ onOutput: log }));
        assert.deepEqual(refusedOf(previewed, preview, key), []);
        const read = await during(recorder, () => stack.outputs());
        assert.deepEqual(refusedOf(read, preview, key), []);
    });

    it("lives through the stacks' whole lives with no call that their roles lack", async () => {
        const lives = await Promise.all((["dev", "prod"] as const).map(name => life(name, outputs, recorder, emulator, engine)));
        for (const { stack, updates, previews } of lives) {
            const roles = rolesOf(stack, STATE.keyArn);
            assert.ok(new Set(updates.map(({ action }) => action)).size > 70, `${stack}: a life is many different calls`);
            assert.ok(new Set(previews.map(({ action }) => action)).size > 25, `${stack}: and so is a preview with a refresh`);
            assert.deepEqual(missing(updates, stack, roles.deploy), []);
            assert.deepEqual(missing(previews, stack, roles.preview), []);
        }
    });

    it("keeps state with all its versions, and the key, when it is taken down by mistake", async () => {
        const kept = ["bucket", "key"];
        const versions = await versionsIn(emulator, outputs.backend);
        assert.ok(versions.length > 5);
        await assert.rejects(bootstrap.destroy({ onOutput: log }), /protected/);
        const left = (await emulator.resources()).filter(({ type }) => kept.includes(type));
        // Prod's own key is gone: at its end logs are kept for no longer than a deleted key can be had back.
        assert.deepEqual(left.map(({ type }) => type).sort(), kept);
        assert.deepEqual(await versionsIn(emulator, outputs.backend), versions);
    });

    it("is taken down on purpose, and nothing is left", async () => {
        const { workDir, envVars } = bootstrap.workspace;
        const unprotect = ["state", "unprotect", "--all", "--yes", "--stack", "main", "--non-interactive"];
        await promisify(execFile)(engine.pulumi.command, unprotect, { cwd: workDir, env: { ...process.env, ...envVars } });
        await emptyBucket(emulator, outputs.backend);
        // What has images is protected too.
        await emptyRepository(emulator, "fargate/web");
        await bootstrap.destroy({ onOutput: log });
        const left = (await emulator.resources()).filter(isNoProof);
        assert.deepEqual(
            left.filter(one => !isKeptOnPurpose(one)),
            before,
        );
    });
});

function log(text: string): void {
    writeFileSync(path.join(FOLDER, "engine.log"), text, { flag: "a" });
}

async function changesOf(stack: Stack, { refresh = false } = {}): Promise<string[]> {
    const { operations, onEvent } = collect(QUIET);
    await stack.preview({ onEvent, onOutput: log, refresh });
    return operations.changes.filter(({ isReal }) => isReal).map(({ op, type, name }) => `${op} ${type} ${name}`);
}

/** What was called while something ran. */
async function during(recorder: Recorder, run: () => Promise<unknown>, caller?: string): Promise<ApiCall[]> {
    const start = recorder.calls.length;
    await run();
    return recorder.calls.slice(start).filter(call => caller === undefined || call.caller === caller);
}

async function keyArn(emulator: Emulator): Promise<string> {
    const key = (await emulator.resources()).find(({ type }) => type === "key");
    assert.ok(key);
    return key.id;
}

interface Life {
    readonly stack: StackName;
    readonly updates: readonly ApiCall[];
    readonly previews: readonly ApiCall[];
}

/** A stack's life: made, previewed, changed, destroyed. Its calls are told from others' by their access key. */
async function life(stack: StackName, outputs: Outputs, recorder: Recorder, emulator: Emulator, engine: Engine): Promise<Life> {
    const changes: Change[] = [
        // Of a stack that has alarms it is AWS's too.
        [["fargate:budget"], { monthlyUsd: 500 }],
        [["fargate:permissionsBoundary"], outputs.permissionsBoundaries[stack]],
        // As CI names what it built, in the repository that the account's stacks share: the boundary lets in no other.
        [["fargate:images"], { web: `123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/fargate/web@sha256:${"1".repeat(64)}` }],
    ];
    const files = changes.reduce(changed, readStackFiles(PROJECT_FOLDER, stack));
    const folder = path.join(FOLDER, stack);
    const configOf = async (of: typeof files) => {
        const settings = settingsOf(of.config, of);
        return { ...sandboxConfig(of, settings, await emulator.seed(seedsOf(settings))), "fargate:deletionProtection": "false" };
    };
    const environment = { AWS_ACCESS_KEY_ID: stack };
    const opened = await openStack({
        folder,
        stack,
        config: await configOf(files),
        emulator: recorder.emulator,
        engine,
        environment,
    });
    const made = await during(recorder, () => opened.up({ onOutput: log }), stack);
    const previews = await during(recorder, () => opened.preview({ onOutput: log, refresh: true }), stack);
    writeStackFile(folder, stack, await configOf(CHANGES(stack).reduce(changed, files)));
    const updated = await during(recorder, () => opened.up({ onOutput: log }), stack);
    const destroyed = await during(recorder, () => opened.destroy({ onOutput: log }), stack);
    return { stack, previews, updates: [...made, ...updated, ...destroyed] };
}

function stackSettings(stack: string) {
    const files = readStackFiles(PROJECT_FOLDER, stack);
    return settingsOf(files.config, files);
}

/**
 * A stack `dev` of the stacks' project, with a secret and nothing else, which moves from a local backend to the account's bucket and key as the
 * bootstrap says.
 */
async function movedStack({ backend, secretsProviders }: Outputs, emulator: Emulator, engine: Engine): Promise<Stack> {
    const workDir = path.join(FOLDER, "moved");
    const local = path.join(workDir, "local");
    mkdirSync(local, { recursive: true });
    writeFileSync(path.join(workDir, "Pulumi.yaml"), "name: fargate\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(path.join(workDir, "package.json"), JSON.stringify({ name: "moved", version: "1.0.0" }));
    writeFileSync(path.join(workDir, "index.js"), 'exports.secret = require("@pulumi/pulumi").secret("said to nobody");\n');
    const envVars = {
        ...engine.environment,
        ...emulator.environment,
        AWS_REGION: "ap-northeast-2",
        PULUMI_CONFIG_PASSPHRASE: "before",
        PULUMI_HOME: path.join(workDir, "home"),
    };
    const run = async (...args: string[]) => {
        const env = { ...process.env, ...envVars };
        const { stdout, stderr } = await promisify(execFile)(engine.pulumi.command, [...args, "--non-interactive"], {
            cwd: workDir,
            env,
        });
        log(`${args.join(" ")}\n${stdout}${stderr}`);
    };
    await run("login", `file://${local}`);
    await run("stack", "init", "dev");
    await run("up", "--stack", "dev", "--yes", "--skip-preview");

    await run("stack", "export", "--stack", "dev", "--file", "dev.json");
    // The emulator has no host names for buckets.
    await run("login", `${backend}&s3ForcePathStyle=true`);
    await run("stack", "init", "dev", "--secrets-provider", secretsProviders.dev);
    await run("stack", "import", "--stack", "dev", "--file", "dev.json");
    const workspace = await LocalWorkspace.create({ workDir, pulumiCommand: engine.pulumi, envVars });
    return Stack.select("dev", workspace);
}

/** The emulator wants requests signed, by whomever. */
const SIGNED = {
    authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/ap-northeast-2/s3/aws4_request, SignedHeaders=a, Signature=a",
};

/** Every version of every file, as a path with its query. */
async function versionsIn({ url }: Emulator, backend: string): Promise<string[]> {
    const bucket = new URL(backend).host;
    const listed = await (await fetch(`${url}/${bucket}?versions&max-keys=1000`, { headers: SIGNED })).text();
    const versions = listed.matchAll(/<Key>(.*?)<\/Key>\s*<VersionId>(.*?)<\/VersionId>/gs);
    return [...versions].map(([, key = "", version = ""]) => `/${bucket}/${key}?versionId=${version}`);
}

async function emptyBucket(emulator: Emulator, backend: string): Promise<void> {
    for (const version of await versionsIn(emulator, backend)) {
        const { ok, status } = await fetch(`${emulator.url}${version}`, { method: "DELETE", headers: SIGNED });
        assert.ok(ok, `${version}: ${status}`);
    }
}

async function emptyRepository({ url }: Emulator, repositoryName: string): Promise<void> {
    const credentials = { accessKeyId: "a", secretAccessKey: "a" };
    const ecr = new ECRClient({ endpoint: url, region: "ap-northeast-2", credentials });
    const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName }));
    if (imageIds.length > 0) await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
}

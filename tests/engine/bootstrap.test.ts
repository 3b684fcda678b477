import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { settingsOf as bootstrapSettingsOf } from "../../bootstrap/settings";
import { scopeOf } from "../../bootstrap/scope";
import { deployPolicies, previewPolicies } from "../../model/iam-roles";
import type { Scope } from "../../model/iam-scope";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { ACCOUNT, Emulator, Existing, startEmulator } from "../../tools/sandbox/emulator";
import { findEngine } from "../../tools/sandbox/engine";
import { collect } from "../../tools/sandbox/operations";
import { sandboxConfig, seedsOf } from "../../tools/sandbox/stack-copy";
import { openStack, writeStackFile } from "../../tools/sandbox/workspace";
import { readStackFiles } from "../../tools/stack-files";
import { ApiCall, Recorder, recordCalls } from "../bootstrap/api-calls";
import { Policies, Request, isAllowed } from "../bootstrap/evaluate";
import { DOMAINS, REFERENCE, STATE, Stack as StackName, requestFor } from "../bootstrap/requests";
import { TAG } from "./changes";
import { Change, changed } from "./harness";

const QUIET = { now: () => undefined, line: () => undefined, end: () => undefined };
const BOOTSTRAP = path.join(PROJECT_FOLDER, "bootstrap");
const FOLDER = path.join(PROJECT_FOLDER, ".sandbox", "bootstrap");
const FOR_EMULATOR = {
    "aws:s3UsePathStyle": "true",
    "aws:skipCredentialsValidation": "true",
    "aws:skipMetadataApiCheck": "true",
    "aws:maxRetries": "2",
};

/** Needs no permission; and what the provider asks for when it may not check its credentials, which is so in the sandbox alone. */
const FREE = ["sts:GetCallerIdentity", "iam:GetUser"];

/** One update of many kinds: tags, settings that change in place, another zone, another way out. */
const CHANGES: readonly Change[] = [
    TAG,
    [["fargate:network", "zones"], ["a", "b", "c", "d"].map(letter => `ap-northeast-2${letter}`)],
    [["fargate:network", "egress"], "nat"],
    [["fargate:services", "web", "scaling"], { min: 2, max: 4, cpuPercent: 50 }],
    [["fargate:logRetentionDays"], 30],
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
    let pulumi: PulumiCommand;
    let before: readonly Existing[];
    let bootstrap: Stack;
    let outputs: Outputs;

    this.beforeAll(async () => {
        rmSync(FOLDER, { recursive: true, force: true });
        mkdirSync(FOLDER, { recursive: true });
        process.env["SANDBOX_VENV"] ??= path.join(PROJECT_FOLDER, ".sandbox", "venv");
        for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
        pulumi = await findEngine(FOLDER, () => undefined);
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
            pulumi,
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
        const counts = Object.fromEntries([...new Set(types)].sort().map(type => [type, types.filter(one => one === type).length]));
        assert.deepEqual(counts, { bucket: 1, key: 1, "oidc-provider": 1, policy: 13, repository: 1, role: 4 });
    });

    it("keeps a stack's state and secrets, with no call that the deploy role lacks in an update, or the preview role in a preview", async () => {
        // The bucket is for TLS alone, which the emulator does not speak.
        await fetch(`${emulator.url}/${new URL(outputs.backend).host}?policy`, { method: "DELETE" });
        const stack = await stackInBucket(outputs, recorder.emulator, pulumi);
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
        const lives = await Promise.all((["dev", "prod"] as const).map(name => life(name, outputs, recorder, emulator, pulumi)));
        for (const { stack, updates, previews } of lives) {
            const roles = rolesOf(stack, STATE.keyArn);
            assert.ok(new Set(updates.map(({ action }) => action)).size > 70, `${stack}: a life is many different calls`);
            assert.ok(new Set(previews.map(({ action }) => action)).size > 25, `${stack}: and so is a preview with a refresh`);
            assert.deepEqual(missing(updates, stack, roles.deploy), []);
            assert.deepEqual(missing(previews, stack, roles.preview), []);
        }
    });

    it("is not taken down while it holds state", async () => {
        await assert.rejects(bootstrap.destroy({ onOutput: log }), /BucketNotEmpty/);
    });

    it("is taken down, and nothing is left", async () => {
        await emptyBucket(emulator, outputs.backend);
        await bootstrap.destroy({ onOutput: log });
        assert.deepEqual(await emulator.resources(), before);
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

/** The roles as the bootstrap makes them for its example. */
function rolesOf(stack: string, ofKey: string): { readonly deploy: Policies; readonly preview: Policies } {
    const { config } = readStackFiles(BOOTSTRAP, "main");
    const settings = bootstrapSettingsOf(config, "main");
    const environment = settings.environments.find(({ name }) => name === stack);
    assert.ok(environment);
    const store = { bucketArn: STATE.bucketArn, keyArn: ofKey };
    return {
        deploy: { identity: Object.values(deployPolicies(withTestZones(scopeOf(settings, ACCOUNT, environment)), store)) },
        preview: { identity: Object.values(previewPolicies(withTestZones(scopeOf(settings, ACCOUNT)), store)) },
    };
}

/** The zone that the tests' requests name. */
function withTestZones(scope: Scope): Scope {
    return { ...scope, domains: scope.domains.map(({ name }) => ({ name, zoneId: DOMAINS.prod.zoneId })) };
}

async function keyArn(emulator: Emulator): Promise<string> {
    const key = (await emulator.resources()).find(({ type }) => type === "key");
    assert.ok(key);
    return key.id;
}

/** Calls of the backend that a role would be refused, each on the very file that it names, or on the key with its context. */
function refusedOf(calls: readonly ApiCall[], role: Policies, key: string): string[] {
    return calls
        .filter(call => !isAllowed(role, requestOf(call, key)))
        .map(({ action, path: place, body }) => `${action} ${place} ${body.slice(0, 300)}`);
}

function requestOf({ action, path: place, body }: ApiCall, key: string): Request {
    if (action === "kms:Decrypt") {
        // The call names the key by its alias; AWS authorizes it on the key.
        const { EncryptionContext = {} } = JSON.parse(body) as { EncryptionContext?: Record<string, string> };
        const context = Object.entries(EncryptionContext).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]);
        return { action, resources: [{ arn: key }], context: Object.fromEntries(context) as Record<string, string> };
    }
    const [file = ""] = place.split("?");
    // A copy reads its source too, which is among the files that are read anyway.
    return { action, resources: [{ arn: `arn:aws:s3:::${file.slice(1).replace(/\/$/, "")}` }] };
}

/** Calls of the provider that a role would be refused, or that make something without the stack's tags. */
function missing(calls: readonly ApiCall[], stack: StackName, role: Policies): string[] {
    const refused = calls
        .filter(({ action }) => !FREE.includes(action))
        .filter(call => !(call.action in REFERENCE.actions) || !isAllowed(role, sentRequest(call, stack)));
    return [...new Set(refused.map(({ action, tags: sent }) => `${action} ${JSON.stringify(sent)}`))];
}

/** A call as AWS would authorize it: on the stack's own resources, with the tags that were really sent. */
function sentRequest({ action, tags: sent }: ApiCall, stack: StackName): Request {
    const request = requestFor(action, stack);
    const { [`aws:RequestTag/project`]: _project, [`aws:RequestTag/stack`]: _stack, ...context } = request.context ?? {};
    const really = Object.fromEntries(Object.entries(sent).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
    return { ...request, context: { ...context, ...really } };
}

interface Life {
    readonly stack: StackName;
    readonly updates: readonly ApiCall[];
    readonly previews: readonly ApiCall[];
}

/** A stack's life: made, previewed, changed, destroyed. Its calls are told from others' by their access key. */
async function life(
    stack: StackName,
    outputs: Outputs,
    recorder: Recorder,
    emulator: Emulator,
    pulumi: PulumiCommand,
): Promise<Life> {
    const files = [[["fargate:permissionsBoundary"], outputs.permissionsBoundaries[stack]] as Change].reduce(
        changed,
        readStackFiles(PROJECT_FOLDER, stack),
    );
    const folder = path.join(FOLDER, stack);
    const configOf = async (of: typeof files) => {
        const settings = settingsOf(of.config, of);
        return { ...sandboxConfig(of, settings, await emulator.seed(seedsOf(settings))), "fargate:deletionProtection": "false" };
    };
    const environment = { AWS_ACCESS_KEY_ID: stack };
    const opened = await openStack({ folder, stack, config: await configOf(files), emulator: recorder.emulator, pulumi, environment });
    const made = await during(recorder, () => opened.up({ onOutput: log }), stack);
    const previews = await during(recorder, () => opened.preview({ onOutput: log, refresh: true }), stack);
    writeStackFile(folder, stack, await configOf(CHANGES.reduce(changed, files)));
    const updated = await during(recorder, () => opened.up({ onOutput: log }), stack);
    const destroyed = await during(recorder, () => opened.destroy({ onOutput: log }), stack);
    return { stack, previews, updates: [...made, ...updated, ...destroyed] };
}

function stackSettings(stack: string) {
    const files = readStackFiles(PROJECT_FOLDER, stack);
    return settingsOf(files.config, files);
}

/** A stack `dev` of the stacks' project in the account's bucket, with a secret under the account's key and nothing else. */
async function stackInBucket({ backend, secretsProviders }: Outputs, emulator: Emulator, pulumi: PulumiCommand): Promise<Stack> {
    const workDir = path.join(FOLDER, "in-bucket");
    mkdirSync(workDir, { recursive: true });
    writeFileSync(path.join(workDir, "Pulumi.yaml"), "name: fargate\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(path.join(workDir, "package.json"), JSON.stringify({ name: "in-bucket", version: "1.0.0" }));
    writeFileSync(path.join(workDir, "index.js"), 'exports.secret = require("@pulumi/pulumi").secret("said to nobody");\n');
    const workspace = await LocalWorkspace.create({
        workDir,
        pulumiCommand: pulumi,
        secretsProvider: secretsProviders.dev,
        envVars: {
            ...emulator.environment,
            AWS_REGION: "ap-northeast-2",
            // The emulator has no host names for buckets.
            PULUMI_BACKEND_URL: `${backend}&s3ForcePathStyle=true`,
            PULUMI_SKIP_UPDATE_CHECK: "true",
        },
    });
    return Stack.create("dev", workspace);
}

async function emptyBucket({ url }: Emulator, backend: string): Promise<void> {
    const bucket = `${url}/${new URL(backend).host}`;
    const listed = await (await fetch(`${bucket}?versions&max-keys=1000`)).text();
    const versions = [...listed.matchAll(/<Key>(.*?)<\/Key><VersionId>(.*?)<\/VersionId>/gs)];
    assert.ok(versions.length > 0);
    for (const [, key = "", version = ""] of versions) {
        const response = await fetch(`${bucket}/${key}?versionId=${version}`, { method: "DELETE" });
        assert.ok(response.ok, `${key} ${version}: ${response.status}`);
    }
}

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
    appendFileSync,
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import { PROJECT_FOLDER } from "../../settings";
import { Emulator, startEmulator } from "../../tools/sandbox/emulator";
import { Engine, findEngine } from "../../tools/sandbox/engine";
import { blockUnder } from "../workflows/delivery-docs";

const [ACCOUNT, STACKS, MOVE] = [
    "2. Prepare the AWS account, once",
    "4. Open the stacks in the new backend",
    "Moving a stack",
] as const;

const SUITE = path.join(PROJECT_FOLDER, ".sandbox", "engine-delivery-docs");

/** What a copy of the project needs to speak to the emulator instead of AWS. */
const FOR_EMULATOR = {
    "aws:s3UsePathStyle": true,
    "aws:skipCredentialsValidation": true,
    "aws:skipMetadataApiCheck": true,
    "aws:maxRetries": 2,
};

/** A program with a secret, which is a stack's whole state: moving asks for no more. */
const SMALL = {
    "Pulumi.yaml": "name: fargate\nruntime: nodejs\nmain: index.js\n",
    "package.json": JSON.stringify({ name: "small", version: "1.0.0" }),
    "index.js": 'exports.secret = require("@pulumi/pulumi").secret("said to nobody");\n',
};

describe("the commands of docs/delivery.md on the real engine", function () {
    this.timeout(15 * 60_000);
    this.bail(true);
    let emulator: Emulator;
    let engine: Engine;
    let project: string;

    before(async () => {
        rmSync(SUITE, { recursive: true, force: true });
        mkdirSync(SUITE, { recursive: true });
        process.env["SANDBOX_VENV"] ??= path.join(PROJECT_FOLDER, ".sandbox", "venv");
        // The documented preview builds images, which no stand-in replaces.
        engine = await findEngine(SUITE, () => undefined, { images: true });
        emulator = await startEmulator(SUITE);
        await emulator.seed({ region: "ap-northeast-2", zones: ["example.com"], secretArns: [], images: [] });
        project = copyOfProject();
    });
    after(async () => {
        await emulator.stop();
        rmSync(path.dirname(project), { recursive: true, force: true });
    });

    /** Runs commands in a reader's shell. */
    async function shell(folder: string, script: string): Promise<string> {
        // The emulator has no host names for buckets.
        const adapted = script.replaceAll("jq -r .backend", `jq -r '.backend + "&s3ForcePathStyle=true"'`);
        const child = spawn("bash", ["-euo", "pipefail", "-c", adapted], {
            cwd: folder,
            env: {
                HOME: path.join(SUITE, "home"),
                PULUMI_HOME: process.env["PULUMI_HOME"] ?? path.join(process.env["HOME"] ?? "", ".pulumi"),
                ...engine.environment,
                ...emulator.environment,
            },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let log = "";
        for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (log += text));
        const [code] = (await once(child, "close")) as [number | null];
        appendFileSync(path.join(SUITE, "shell.log"), log);
        assert.equal(code, 0, log);
        return log;
    }

    const fileOf = (folder: string, stack: string) =>
        parse(readFileSync(path.join(folder, `Pulumi.${stack}.yaml`), "utf8")) as Record<string, unknown> & {
            readonly config: Record<string, unknown>;
        };

    it("prepare an account, and say what to do next", async () => {
        const log = await shell(project, blockUnder(ACCOUNT));
        // The emulator knows no conditions: to it, "nobody without TLS" means nobody.
        const bucket = /s3:\/\/([\w-]+)\?/.exec(log)?.[1] ?? "";
        assert.equal((await fetch(`${emulator.url}/${bucket}?policy`, { method: "DELETE" })).status, 204);
        assert.match(log, /gh variable set AWS_DEPLOY_ROLE --repo \S+ --env prod --body 'arn:aws:iam::123456789012:role\//);
    });

    it("open the stacks in the account's bucket, with its key and its boundaries", async () => {
        const settled = blockUnder(ACCOUNT)
            .split("\n")
            .filter(line => line.startsWith("export"))
            .join("\n");
        const log = await shell(project, `${settled}\n${blockUnder(STACKS)}`);
        assert.match(log, /to create/);
        for (const stack of ["dev", "prod"]) {
            const { secretsprovider, encryptedkey, encryptionsalt, config } = fileOf(project, stack);
            assert.match(String(secretsprovider), new RegExp(`^awskms:///alias/fargate-stacks\\?.*context_stack=${stack}$`));
            assert.ok(encryptedkey);
            assert.equal(encryptionsalt, undefined);
            assert.match(
                String(config["fargate:permissionsBoundary"]),
                new RegExp(`:policy/fargate-bootstrap/fargate-boundary-${stack}$`),
            );
        }
    });

    it("move a stack from elsewhere, its secrets from a passphrase to the account's key", async () => {
        // Another team's account, of which only the outputs matter here.
        const small = path.join(path.dirname(project), "small");
        mkdirSync(path.join(small, "elsewhere"), { recursive: true });
        for (const [name, text] of Object.entries(SMALL)) writeFileSync(path.join(small, name), text);
        symlinkSync(path.join(PROJECT_FOLDER, "node_modules"), path.join(small, "node_modules"));
        const elsewhere = `export PULUMI_BACKEND_URL="file://${small}/elsewhere" PULUMI_CONFIG_PASSPHRASE=private`;
        await shell(small, `${elsewhere}\npulumi stack init dev\npulumi up --yes --stack dev`);
        assert.ok(fileOf(small, "dev")["encryptionsalt"]);

        const account = `account=$(PULUMI_CONFIG_PASSPHRASE= PULUMI_BACKEND_URL="file://${project}/bootstrap/.state" pulumi -C ${project}/bootstrap stack output --json)`;
        // The account has a stack of this name by now.
        const makeRoom = 'PULUMI_BACKEND_URL=$(jq -r .backend <<< "$account") pulumi stack rm dev --yes --preserve-config';
        const log = await shell(small, `${account}\n${makeRoom}\n${elsewhere}\n${blockUnder(MOVE)}`);
        assert.match(log, /Import complete/);
        assert.equal(existsSync(path.join(small, "dev.json")), false);

        const { secretsprovider, encryptedkey, encryptionsalt, config } = fileOf(small, "dev");
        assert.match(String(config["fargate:permissionsBoundary"]), /:policy\/fargate-bootstrap\/fargate-boundary-dev$/);
        assert.match(String(secretsprovider), /^awskms:/);
        assert.ok(encryptedkey);
        assert.equal(encryptionsalt, undefined);
        // Nothing is left that needs the passphrase.
        const backend = 'export PULUMI_BACKEND_URL=$(jq -r .backend <<< "$account")';
        const state = await shell(small, `${account}\n${backend}\npulumi stack export --stack dev`);
        assert.match(state, /"type": "cloud"/);
        assert.doesNotMatch(state, /"type": "passphrase"|said to nobody/);
        assert.match(
            await shell(small, `${account}\n${backend}\npulumi stack output secret --show-secrets --stack dev`),
            /said to nobody/,
        );
    });

    /** The project without what is made, and with the emulator's settings in every stack's file. */
    function copyOfProject(): string {
        const copy = path.join(mkdtempSync(path.join(tmpdir(), "delivery-docs-")), "project");
        const left = ["node_modules", ".git", ".sandbox", ".state"];
        cpSync(PROJECT_FOLDER, copy, { recursive: true, filter: source => !left.includes(path.basename(source)) });
        symlinkSync(path.join(PROJECT_FOLDER, "node_modules"), path.join(copy, "node_modules"));
        const lines = Object.entries(FOR_EMULATOR).map(([key, value]) => `    ${key}: ${String(value)}\n`);
        for (const folder of [copy, path.join(copy, "bootstrap")]) {
            for (const name of readdirSync(folder).filter(file => /^Pulumi\..+\.yaml$/.test(file)))
                appendFileSync(path.join(folder, name), lines.join(""));
        }
        return copy;
    }
});

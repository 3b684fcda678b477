import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import {
    CreateSecretCommand,
    DeleteSecretCommand,
    DescribeSecretCommand,
    GetSecretValueCommand,
    SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import sdk from "@pulumi/pulumi/package.json";
import { settingsOf } from "../../settings";
import { writeSecret } from "../../tools/deployed/aws/own-secret";
import { command, told } from "../../tools/delivery/secret";
import { withEmulator } from "../preflight/emulated";
import { files } from "../support/changed-files";
import { call, run } from "../support/command-line";
import { projectCopy } from "../support/project-copy";

const REGION = "eu-west-1";
const KEY = `arn:aws:kms:${REGION}:123456789012:key/11111111-2222-3333-4444-555555555555`;
const HUSH = "s3cret-v4lue";

/** The sample stack dev in the emulator's region, with these keys beside. */
const dev = (config: Readonly<Record<string, unknown>> = {}) =>
    files("dev", { "aws:region": REGION, "fargate:network": { zones: [`${REGION}a`, `${REGION}b`] }, ...config });

const settings = (config: Readonly<Record<string, unknown>> = {}) => settingsOf(dev(config).config, dev(config));

describe("secret", function () {
    this.timeout(60_000);
    withEmulator();
    const secrets = new SecretsManagerClient({ region: REGION });
    const valueOf = async (name: string) =>
        (await secrets.send(new GetSecretValueCommand({ SecretId: `fargate/dev/${name}` }))).SecretString;
    const known = (name: string) => secrets.send(new DescribeSecretCommand({ SecretId: `fargate/dev/${name}` }));

    /** What the command does, and says, with a value that it has read. */
    async function set(name: string, value = HUSH, config: Readonly<Record<string, unknown>> = {}): Promise<string> {
        const written = await writeSecret(settings(config), name, value);
        const { text, data } = told(settings(config), name, written, { isObject: value.startsWith("{"), more: "" });
        assert.ok(!`${text}${JSON.stringify(data)}`.includes(HUSH));
        return text;
    }

    it("takes the value from standard input, makes the secret with the stack's tags, and says the line for the stack file", async () => {
        const copy = projectCopy([dev({ "fargate:tags": { team: "shop" } })]);
        writeFileSync(path.join(copy, "pulumi"), `#!/bin/sh\necho v${sdk.version}\n`, { mode: 0o755 });
        try {
            const ofAws = Object.entries(process.env).filter(([name]) => name.startsWith("AWS_")) as [string, string][];
            const environment = { ...Object.fromEntries(ofAws), PATH: `${copy}:${process.env["PATH"] ?? ""}` };
            const { code, output, errors } = await run("secret", ["dev", "set", "API_TOKEN"], environment, copy, `${HUSH}\n`);
            assert.equal(code, 0, errors);
            assert.ok(!errors.includes(HUSH));
            const { ARN, Tags = [], KmsKeyId, VersionIdsToStages = {} } = await known("API_TOKEN");
            assert.equal(
                output,
                [
                    `Made fargate/dev/API_TOKEN, version ${Object.keys(VersionIdsToStages).join()}, under AWS's own key.`,
                    "",
                    "For Pulumi.dev.yaml, at each service or job that reads it:",
                    `    secrets: { API_TOKEN: ${ARN} }`,
                    "Next: npm run up -- dev",
                    "",
                ].join("\n"),
            );
            assert.deepEqual(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])), {
                project: "fargate",
                stack: "dev",
                team: "shop",
                "managed-by": "npm run secret",
            });
            assert.equal(KmsKeyId, undefined);
            assert.equal(await valueOf("API_TOKEN"), HUSH);
        } finally {
            rmSync(copy, { recursive: true, force: true });
        }
    });

    it("renews it, and names the services that read it, whose tasks have to be started again", async () => {
        await set("RENEWED", "old");
        const { ARN = "" } = await known("RENEWED");
        const task = { image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1", architecture: "arm64" };
        const proxy = { image: task.image, secrets: { TOKEN: ARN } };
        const text = await set("RENEWED", `{"one":"${HUSH}"}`, {
            "fargate:services": {
                web: { ...task, secrets: { TOKEN: `${ARN}:one::` } },
                api: { ...task, sidecars: { proxy } },
                other: task,
            },
            "fargate:jobs": { nightly: { of: "web", cron: "0 3 * * *", command: ["report"] } },
        });
        assert.match(
            text,
            /^Renewed fargate\/dev\/RENEWED, version [\w-]+\.\napi, web, nightly read it, and a task that runs keeps the value that it started with\.\nNext: npm run restart -- dev api\nNext: npm run restart -- dev web$/,
        );
        assert.equal(await valueOf("RENEWED"), `{"one":"${HUSH}"}`);
    });

    it("says how one value of JSON is named, and all of it as data", async () => {
        const written = await writeSecret(settings(), "AS_JSON", '{"a":"b"}');
        const { text, data } = told(settings(), "AS_JSON", written, { isObject: true, more: " --sandbox" });
        const { ARN, VersionIdsToStages = {} } = await known("AS_JSON");
        assert.ok(text.includes(`    secrets: { AS_JSON: "${ARN}:<key>::" }`), text);
        assert.ok(text.endsWith("Next: npm run sandbox -- up dev"), text);
        assert.deepEqual(data, {
            name: "fargate/dev/AS_JSON",
            arn: ARN,
            version: Object.keys(VersionIdsToStages).join(),
            outcome: "made",
            line: `secrets: { AS_JSON: ${ARN} }`,
            restarts: [],
        });
    });

    it("takes the key that the settings name, where tasks may decrypt under it", async () => {
        const under = (customerKey: unknown) => ({ "fargate:encryption": { customerKey } });
        assert.match(await set("OF_KEY", HUSH, under(KEY)), new RegExp(`under ${KEY}\\.\n\n`));
        assert.equal((await known("OF_KEY")).KmsKeyId, KEY);
        const other = KEY.replace("123456789012", "210987654321");
        assert.match(await set("OF_OTHER", HUSH, under(other)), /under AWS's own key\.\nNot under \S+: tasks could not decrypt/);
        assert.match(await set("OF_STACK", HUSH, under(true)), /under AWS's own key\.\n\n/);
        for (const name of ["OF_OTHER", "OF_STACK"]) assert.equal((await known(name)).KmsKeyId, undefined);
    });

    it("leaves what is another stack's, or about to be deleted, and takes over what is nobody's", async () => {
        const make = (Name: string, Tags?: { Key: string; Value: string }[]) =>
            secrets.send(new CreateSecretCommand({ Name: `fargate/dev/${Name}`, SecretString: "theirs", Tags }));
        await make("THEIRS", [
            { Key: "project", Value: "fargate" },
            { Key: "stack", Value: "prod" },
        ]);
        await assert.rejects(set("THEIRS"), {
            message:
                "fargate/dev/THEIRS is there, and by its tags is of the stack prod of fargate. It was not changed. Next: another name",
        });
        assert.equal(await valueOf("THEIRS"), "theirs");
        await make("GONE");
        await secrets.send(new DeleteSecretCommand({ SecretId: "fargate/dev/GONE", RecoveryWindowInDays: 7 }));
        await assert.rejects(
            set("GONE"),
            /is to be deleted.*aws secretsmanager restore-secret --region eu-west-1 --secret-id fargate\/dev\/GONE,/,
        );
        await make("BARE");
        assert.match(await set("BARE"), /^Renewed fargate\/dev\/BARE/);
        assert.equal((await known("BARE")).Tags?.find(({ Key }) => Key === "stack")?.Value, "dev");
        assert.equal(await valueOf("BARE"), HUSH);
    });

    it("is given a variable's name; what else stands there may be the value, and is not told", async () => {
        for (const name of ["API-TOKEN", "1st", "a/b", "", `${HUSH}!`]) {
            const { code, output, errors } = await call(command, ["dev", "set", name]);
            assert.deepEqual([code, output], [1, ""]);
            assert.match(errors, /^The name is none of a variable\. Allowed: up to 128 letters/);
            assert.ok(name === "" || !errors.includes(name), errors);
        }
        assert.match((await call(command, ["dev", "get", "NAME"])).errors, /Allowed choices are set/);
    });
});

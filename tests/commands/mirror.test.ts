import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    CreateRepositoryCommand,
    DescribeImagesCommand,
    DescribeRepositoriesCommand,
    ECRClient,
    ListTagsForResourceCommand,
} from "@aws-sdk/client-ecr";
import sdk from "@pulumi/pulumi/package.json";
import { settingsOf } from "../../settings";
import { command } from "../../tools/delivery/mirror";
import { withEmulator } from "../preflight/emulated";
import { call } from "../support/command-line";
import { sample } from "../support/sample";

const INDEX = "application/vnd.oci.image.index.v1+json";
const manifests = (...architectures: readonly string[]) =>
    JSON.stringify({
        schemaVersion: 2,
        mediaType: INDEX,
        manifests: architectures.map((architecture, index) => ({
            mediaType: "application/vnd.oci.image.manifest.v1+json",
            digest: `sha256:${String(index).repeat(64)}`,
            size: 2,
            platform: { os: "linux", architecture },
        })),
    });
const NGINX = manifests("amd64", "arm64");
const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const DIGEST = digestOf(NGINX);

const { config, ...origin } = sample("dev");
const { region } = settingsOf(config, origin);

/** Docker, which knows some images, says what it was asked for and copies into the emulator's ECR. */
const DOCKER = `#!${process.execPath}
const fs = require("node:fs");
const { log, images, ecr } = JSON.parse(process.env.FAKE_DOCKER);
const [, subject, verb, ...args] = process.argv.slice(2);
const last = process.argv[process.argv.length - 1];
const imageOf = name => images[name] ?? images[name.replace(/@.*/, ":1")];
const fail = text => { process.stderr.write(text + "\\n"); process.exitCode = 1; };
if (subject === "version") return;
if (imageOf(last) === undefined) return fail(last + ": not found");
if (verb === "inspect") return void process.stdout.write(imageOf(last));
const to = args[args.indexOf("--tag") + 1];
const config = JSON.parse(fs.readFileSync(process.env.DOCKER_CONFIG + "/config.json", "utf8"));
fs.appendFileSync(log, JSON.stringify({ args, config, folder: process.env.DOCKER_CONFIG }) + "\\n");
const { ECRClient, PutImageCommand } = require(ecr);
const [repository, imageTag] = to.split(":");
const [host, ...name] = repository.split("/");
new ECRClient({ region: host.split(".")[3] }).send(new PutImageCommand({
    repositoryName: name.join("/"), imageTag, imageManifest: imageOf(last), imageManifestMediaType: "${INDEX}",
    imageDigest: "sha256:" + require("node:crypto").createHash("sha256").update(imageOf(last)).digest("hex"),
})).catch(error => fail(String(error)));
`;

interface Copied {
    readonly args: readonly string[];
    readonly folder: string;
    readonly config: { readonly auths: Readonly<Record<string, { readonly auth: string }>> };
}

describe("mirror", function () {
    this.timeout(60_000);
    withEmulator();
    const ecr = new ECRClient({ region });
    const given = { PATH: process.env["PATH"], DOCKER_CONFIG: process.env["DOCKER_CONFIG"] };
    let folder = "";
    let log = "";

    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "mirror-"));
        log = path.join(folder, "log");
        writeFileSync(path.join(folder, "pulumi"), `#!/bin/sh\necho v${sdk.version}\n`, { mode: 0o755 });
        writeFileSync(path.join(folder, "docker"), DOCKER, { mode: 0o755 });
        writeFileSync(path.join(folder, "config.json"), JSON.stringify({ auths: { "ghcr.io": { auth: "own" } } }));
        const images = { "nginx:1": NGINX, "ghcr.io/acme/tool:1": NGINX, "theirs:1": NGINX, "s390:1": manifests("s390x") };
        process.env["FAKE_DOCKER"] = JSON.stringify({ log, images, ecr: require.resolve("@aws-sdk/client-ecr") });
        process.env["DOCKER_CONFIG"] = folder;
        process.env["PATH"] = `${folder}:${given.PATH ?? ""}`;
    });
    after(() => {
        Reflect.deleteProperty(process.env, "FAKE_DOCKER");
        for (const [name, value] of Object.entries(given))
            if (value === undefined) Reflect.deleteProperty(process.env, name);
            else process.env[name] = value;
        rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(() => writeFileSync(log, ""));

    const mirror = (...args: readonly string[]) => call(command, ["dev", ...args]);
    const copies = () =>
        readFileSync(log, "utf8")
            .split("\n")
            .filter(line => line !== "")
            .map(line => JSON.parse(line) as Copied);

    it("copies an image with all its platforms under its digest, and says the line for the stack file", async () => {
        const { code, output, errors } = await mirror("nginx:1");
        assert.equal(code, 0, errors);
        const { repositories: [made] = [] } = await ecr.send(
            new DescribeRepositoriesCommand({ repositoryNames: ["fargate-dev-mirror/nginx"] }),
        );
        const { repositoryUri = "", repositoryArn = "" } = made ?? {};
        const lines = ["For Pulumi.dev.yaml, in place of nginx:1:", `    image: ${repositoryUri}@${DIGEST}`, ""];
        assert.equal(output, ["Copied nginx:1 to fargate-dev-mirror/nginx.", "", ...lines].join("\n"));

        assert.equal(made?.imageTagMutability, "IMMUTABLE");
        assert.equal(made.imageScanningConfiguration?.scanOnPush, true);
        const { tags = [] } = await ecr.send(new ListTagsForResourceCommand({ resourceArn: repositoryArn }));
        assert.deepEqual(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])), {
            project: "fargate",
            stack: "dev",
            "managed-by": "npm run mirror",
        });

        const [copied] = copies();
        const tag = `${repositoryUri}:1-${DIGEST.slice(7, 19)}`;
        assert.deepEqual(copied?.args, ["--prefer-index=false", "--tag", tag, `nginx@${DIGEST}`]);
        const host = repositoryUri.split("/")[0] ?? "";
        assert.match(Buffer.from(copied.config.auths[host]?.auth ?? "", "base64").toString(), /^AWS:./);
        assert.equal(copied.config.auths["ghcr.io"]?.auth, "own");
        assert.ok(!existsSync(copied.folder), "the login stays behind");
    });

    it("copies nothing twice", async () => {
        const { code, output } = await mirror("nginx:1", "--json");
        assert.equal(code, 0);
        const { outcome, image, platforms } = JSON.parse(output) as Record<string, unknown>;
        assert.deepEqual([outcome, platforms], ["there", ["linux/amd64", "linux/arm64"]]);
        assert.match(String(image), new RegExp(`\\.dkr\\.ecr\\.${region}\\.amazonaws\\.com/fargate-dev-mirror/nginx@${DIGEST}$`));
        assert.match(
            (await mirror("nginx:1")).output,
            /^nginx:1 is in fargate-dev-mirror\/nginx already; nothing was copied\.\n/,
        );
        assert.deepEqual(copies(), []);
    });

    it("names the copy of another registry's image by its path there", async () => {
        assert.match((await mirror("ghcr.io/acme/tool:1")).output, /^ {4}image: \S+\/fargate-dev-mirror\/acme\/tool@sha256:/m);
    });

    it("copies nothing that no task of the stack could run", async () => {
        const { code, errors } = await mirror("s390:1");
        assert.equal(code, 1);
        assert.match(
            errors,
            /^s390:1 is for linux\/s390x, and the stack's tasks are linux\/\w+\. Nothing was copied\. Next: another image/m,
        );
        await assert.rejects(ecr.send(new DescribeImagesCommand({ repositoryName: "fargate-dev-mirror/s390" })));
    });

    it("makes nothing for an image that its registry does not have, and names what Docker says", async () => {
        const { code, errors } = await mirror("nginx:2");
        assert.equal(code, 1);
        assert.match(
            errors,
            /^nginx:2 cannot be had from its registry: nginx:2: not found\. Nothing was done\. Next: another name or tag, or docker/m,
        );
        for (const [image, told] of [
            ["nginx", /nginx is no image with a tag or digest/],
            [`123456789012.dkr.ecr.${region}.amazonaws.com/web:1`, /is in ECR already/],
        ] as const)
            assert.match((await mirror(image)).errors, told);
        assert.deepEqual(copies(), []);
    });

    it("leaves another stack's repository alone", async () => {
        const tags = [{ Key: "stack", Value: "prod" }];
        await ecr.send(new CreateRepositoryCommand({ repositoryName: "fargate-dev-mirror/theirs", tags }));
        assert.match(
            (await mirror("theirs:1")).errors,
            /^fargate-dev-mirror\/theirs is there, and by its tags is of the stack prod/m,
        );
        assert.deepEqual(copies(), []);
    });

    it("says how buildx is had where it is not there", async () => {
        rmSync(path.join(folder, "docker"));
        try {
            process.env["PATH"] = folder;
            const { code, errors } = await mirror("nginx:1");
            assert.equal(code, 1);
            assert.match(errors, /^docker buildx is not here/m);
        } finally {
            process.env["PATH"] = `${folder}:${given.PATH ?? ""}`;
        }
    });
});

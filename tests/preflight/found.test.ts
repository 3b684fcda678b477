import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { EC2Client, AllocateAddressCommand, CreateVpcCommand } from "@aws-sdk/client-ec2";
import {
    BatchGetImageCommand,
    CreateRepositoryCommand,
    ECRClient,
    PutImageCommand,
    StartImageScanCommand,
} from "@aws-sdk/client-ecr";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import {
    CreateSecretCommand,
    DeleteSecretCommand,
    RestoreSecretCommand,
    SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { requirePreflight } from "../../tools/delivery/preflight-first";
import { command as promote } from "../../tools/delivery/promote";
import { account } from "../../tools/preflight/checks/account";
import { domain, zoneFindings } from "../../tools/preflight/checks/domain";
import { images } from "../../tools/preflight/checks/images";
import { quotas } from "../../tools/preflight/checks/quotas";
import { scan } from "../../tools/preflight/checks/scan";
import { secrets } from "../../tools/preflight/checks/secrets";
import { files } from "../support/changed-files";
import { found, subject, withEmulator } from "./emulated";

const ACCOUNT = "123456789012";
const REGION = "eu-west-1";
const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

const web = (more: object) => ({
    "aws:region": REGION,
    "fargate:network": { zones: [`${REGION}a`, `${REGION}b`] },
    "fargate:services": { web: { image: `${REGISTRY}/shop:1`, ...more } },
});

describe("what preflight finds in an account", function () {
    this.timeout(60_000);
    withEmulator();

    describe("account", () => {
        it("is fine where the stack's file allows it", async () => {
            assert.deepEqual(await found(account, { "aws:allowedAccountIds": [ACCOUNT] }), [
                `ok ${ACCOUNT} as user/moto, which is allowed`,
            ]);
        });

        it("is a failure where it does not", async () => {
            assert.deepEqual(await found(account, { "aws:allowedAccountIds": ["210987654321"] }), [
                `failure ${ACCOUNT} as user/moto, and aws:allowedAccountIds has 210987654321`,
            ]);
        });
    });

    describe("domain", () => {
        const zone = (name: string) => ({ "fargate:domain": { name: `www.${name}`, zone: name } });
        before(() =>
            new Route53Client({ region: REGION }).send(
                new CreateHostedZoneCommand({ Name: "shop.example.com", CallerReference: "1" }),
            ),
        );

        it("is known to be there alone, where the world knows nothing of it", async () => {
            assert.deepEqual(await found(domain, zone("shop.example.com")), [
                "skipped the zone shop.example.com is there; the world knows nothing of an emulator's",
            ]);
        });

        it("is fine where the world is sent to its name servers, and a failure where to others", async () => {
            const asked = await subject(zone("shop.example.com"));
            const dns = (servers: readonly string[]) => ({
                nameServers: () => Promise.resolve(servers),
                addresses: () => Promise.resolve(["1.1.1.1"]),
            });
            const [bad] = await zoneFindings(asked, dns(["ns-1.awsdns-01.com"]));
            assert.equal(bad?.status, "failure");
            const [, ...own] = /to (ns\S+), (ns\S+), (ns\S+), (ns\S+), or/.exec(bad.found) ?? [];
            assert.equal(own.length, 4, bad.found);
            assert.deepEqual(await zoneFindings(asked, dns(own)), [
                { status: "ok", found: "the world finds the zone shop.example.com" },
            ]);
        });

        it("is a failure where there is no such zone, and nothing to ask where the stack has none", async () => {
            assert.deepEqual(await found(domain, zone("example.org")), [
                "failure there is no public hosted zone example.org in this account",
            ]);
            assert.deepEqual(await found(domain), []);
        });
    });

    describe("images", () => {
        before(async () => {
            const ecr = new ECRClient({ region: REGION });
            await ecr.send(new CreateRepositoryCommand({ repositoryName: "shop" }));
            const put = (imageTag: string, imageManifestMediaType: string, manifest: object) =>
                ecr.send(
                    new PutImageCommand({
                        ...{ repositoryName: "shop", imageTag, imageManifestMediaType },
                        imageManifest: JSON.stringify({ schemaVersion: 2, mediaType: imageManifestMediaType, ...manifest }),
                    }),
                );
            const config = { mediaType: "application/vnd.oci.image.config.v1+json", size: 2, digest: `sha256:${"c".repeat(64)}` };
            await put("inner", MANIFEST, { config, layers: [] });
            const { images: [inner] = [] } = await ecr.send(
                new BatchGetImageCommand({ repositoryName: "shop", imageIds: [{ imageTag: "inner" }] }),
            );
            const manifests = [
                {
                    digest: inner?.imageId?.imageDigest,
                    mediaType: MANIFEST,
                    size: 2,
                    platform: { os: "linux", architecture: "arm64" },
                },
                {
                    digest: `sha256:${"e".repeat(64)}`,
                    mediaType: MANIFEST,
                    size: 2,
                    platform: { os: "unknown", architecture: "unknown" },
                },
            ];
            await put("1", INDEX, { manifests });
        });

        it("are fine where the registry has them for the task's architecture", async () => {
            assert.deepEqual(await found(images, web({ architecture: "arm64" })), ["ok web: there"]);
        });

        it("are a failure where they are for another", async () => {
            assert.deepEqual(await found(images, web({ architecture: "x86_64" })), [
                `failure web: ${REGISTRY}/shop:1 is for linux/arm64, and its task is linux/amd64`,
            ]);
        });

        it("are a failure where the registry has none, or no such repository", async () => {
            for (const image of [`${REGISTRY}/shop:2`, `${REGISTRY}/store:1`, `${REGISTRY}/shop@sha256:${"0".repeat(64)}`])
                assert.deepEqual(await found(images, web({ image })), [
                    `failure web: there is no image ${image}, or none that may be seen`,
                ]);
        });

        it("are nothing to ask where the update builds them", async () => {
            assert.deepEqual(await found(images), []);
        });
    });

    describe("quotas", () => {
        const ec2 = new EC2Client({ region: REGION });
        const wide = (more: object) => web({ architecture: "arm64", cpu: 1024, memoryMiB: 2048, spotPercent: 0, ...more });

        it("are fine where all tasks find room", async () => {
            const [line = "", ...others] = await found(quotas, wide({ tasks: 2 }));
            assert.deepEqual(others, []);
            assert.match(line, /^ok Fargate vCPUs on demand 4 of 6, VPCs 2 of 5/);
        });

        it("are a warning where there is room to start with alone", async () => {
            const [line] = await found(quotas, wide({ tasks: 4 }));
            assert.equal(
                line,
                "warning Fargate vCPUs on demand: 4 to start with, up to 8 with all tasks in a rollout; 6 are allowed",
            );
        });

        it("are a failure where there is none", async () => {
            const [line] = await found(quotas, wide({ tasks: 7 }));
            assert.equal(line, "failure Fargate vCPUs on demand: the update needs 7, and 6 are allowed");
        });

        it("are a failure where others have all VPCs and addresses, but for what is the stack's own", async () => {
            for (const CidrBlock of ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16"])
                await ec2.send(new CreateVpcCommand({ CidrBlock }));
            for (let made = 0; made < 5; made++) await ec2.send(new AllocateAddressCommand({}));
            const nat = { ...wide({ tasks: 1 }), "fargate:network": { zones: [`${REGION}a`, `${REGION}b`], egress: "nat" } };
            const failures = (found_: readonly string[]) => found_.filter(line => line.startsWith("failure"));
            assert.deepEqual(failures(await found(quotas, nat)), [
                "failure VPCs: the update needs 1, beside 5 in use, and 5 are allowed",
                "failure elastic IP addresses: the update needs 1, beside 5 in use, and 5 are allowed",
            ]);
            const own = [
                { type: "aws:ec2/vpc:Vpc", urn: "urn:vpc" },
                { type: "aws:ec2/eip:Eip", urn: "urn:eip" },
            ];
            assert.deepEqual(failures(await found(quotas, nat, own)), []);
        });
    });

    describe("scan", () => {
        const ecr = new ECRClient({ region: REGION });
        const config = (more: object = {}) => ({ ...web({ architecture: "arm64" }), "fargate:imageScan": "high", ...more });
        /** What ECR says next of the scan of an image. */
        const answers = (imageTag: string, status: string, findingSeverityCounts: object) => {
            const result = {
                ...{ repositoryName: "shop", imageId: { imageTag }, imageScanStatus: { status } },
                imageScanFindings: { findingSeverityCounts },
            };
            const body = JSON.stringify({ region: REGION, results: [result] });
            return fetch(`${process.env["AWS_ENDPOINT_URL"] ?? ""}/moto-api/static/ecr/scan-finding-results`, {
                method: "POST",
                body,
            });
        };
        const digestOf = async (imageTag: string) => {
            const question = { repositoryName: "shop", imageIds: [{ imageTag }] };
            return (await ecr.send(new BatchGetImageCommand(question))).images?.[0]?.imageId?.imageDigest ?? "";
        };

        it("is asked of no stack that wants none", async () => {
            assert.deepEqual(await found(scan, config({ "fargate:imageScan": "none" })), []);
            assert.deepEqual(await found(scan, web({ architecture: "arm64" })), []);
        });

        it("is a warning where nobody scanned the image", async () => {
            assert.deepEqual(await found(scan, config()), [`warning web: ECR never scanned ${REGISTRY}/shop:1`]);
        });

        it("is a failure where it found something at the level, in the image of the task's platform", async () => {
            await ecr.send(new StartImageScanCommand({ repositoryName: "shop", imageId: { imageTag: "inner" } }));
            await answers("inner", "COMPLETE", { CRITICAL: 1, HIGH: 3, LOW: 20 });
            assert.deepEqual(await found(scan, config()), [
                `failure web: ECR's scan found 1 critical, 3 high in ${REGISTRY}/shop:1; fargate:imageScan: high`,
            ]);
        });

        it("stops a promotion, which asks nothing else", async () => {
            const folder = mkdtempSync(path.join(tmpdir(), "promotion-"));
            const pulumi = path.join(folder, "pulumi");
            writeFileSync(pulumi, `#!/bin/sh\necho '{"deployment":{"resources":[]}}'\n`, { mode: 0o755 });
            const services = { web: { build: { context: "./app" }, architecture: "arm64" } };
            const ask = (imageScan: string) =>
                requirePreflight(
                    {
                        ...{ folder, stack: "dev", pulumi },
                        files: files("dev", config({ "fargate:services": services, "fargate:imageScan": imageScan })),
                    },
                    { web: `${REGISTRY}/shop@${index}` },
                    "npm run promote -- qa dev",
                    [scan],
                );
            const index = await digestOf("1");
            await assert.rejects(ask("high"), /Where it is no failure of yours: npm run promote -- qa dev --skip-preflight$/);
            await ask("none");
            rmSync(folder, { recursive: true });
            assert.ok(promote.options.some(({ long }) => long === "--skip-preflight"));
        });

        it("is a warning where the image runs already", async () => {
            const image = `${REGISTRY}/shop@${await digestOf("1")}`;
            const containerDefinitions = JSON.stringify([{ name: "web", image }]);
            const type = "aws:ecs/taskDefinition:TaskDefinition";
            const own = [{ type, urn: "urn:pulumi:dev::shop::x::web-task-definition", outputs: { containerDefinitions } }];
            for (const named of [image, `${REGISTRY}/shop:1`])
                assert.deepEqual(
                    await found(scan, config({ "fargate:services": { web: { image: named, architecture: "arm64" } } }), own),
                    [`warning web: ECR's scan found 1 critical, 3 high in ${named}, which runs already`],
                );
        });

        it("is fine where it found less", async () => {
            const stack = config({ "fargate:imageScan": "critical" });
            const put = { schemaVersion: 2, mediaType: MANIFEST, layers: [] };
            const of = { mediaType: "application/vnd.oci.image.config.v1+json", size: 2, digest: `sha256:${"d".repeat(64)}` };
            await ecr.send(
                new PutImageCommand({
                    ...{ repositoryName: "shop", imageTag: "single", imageManifestMediaType: MANIFEST },
                    imageManifest: JSON.stringify({ ...put, config: of }),
                }),
            );
            await ecr.send(new StartImageScanCommand({ repositoryName: "shop", imageId: { imageTag: "single" } }));
            await answers("single", "ACTIVE", { HIGH: 3 });
            const image = `${REGISTRY}/shop@${await digestOf("single")}`;
            const services = { web: { image, architecture: "arm64" } };
            assert.deepEqual(await found(scan, { ...stack, "fargate:services": services }), [
                "ok web: nothing at or above critical",
            ]);
        });

        it("is told of as nobody's where the image is elsewhere, or is not there yet", async () => {
            const services = {
                web: { build: { context: "./app" }, sidecars: { proxy: { image: "public.ecr.aws/docker/library/nginx:1" } } },
            };
            const network = { zones: [`${REGION}a`, `${REGION}b`], egress: "nat" };
            assert.deepEqual(await found(scan, config({ "fargate:services": services, "fargate:network": network })), [
                "skipped web/proxy: public.ecr.aws/docker/library/nginx:1 is not in the account's ECR, and scanned by nobody here",
                "skipped web: the update builds it; the next preflight tells what its scan found",
            ]);
        });
    });

    describe("secrets", () => {
        const manager = new SecretsManagerClient({ region: REGION });
        const making = { architecture: "arm64" };
        let arn = "";
        before(async () => {
            arn = (await manager.send(new CreateSecretCommand({ Name: "token", SecretString: "hush" }))).ARN ?? "";
            const parameter = { Name: "/shop/key", Value: "hush", Type: "SecureString" } as const;
            await new SSMClient({ region: REGION }).send(new PutParameterCommand(parameter));
        });
        const parameter = (name: string) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${name}`;

        it("are fine where they are there, whatever of them is meant", async () => {
            const named = { A: arn, B: `${arn}:password::`, C: parameter("shop/key") };
            assert.deepEqual(await found(secrets, web({ ...making, secrets: named })), ["ok 3 of 3 are there"]);
        });

        it("are a failure where they are not", async () => {
            const missing = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:nothing-AbCdEf`;
            const named = { A: missing, B: parameter("nothing"), C: arn };
            assert.deepEqual(await found(secrets, web({ ...making, secrets: named })), [
                `failure fargate:services.web.secrets.A: there is no secret ${missing}`,
                `failure fargate:services.web.secrets.B: there is no parameter /nothing or nothing in ${REGION}`,
                "ok 1 of 3 is there",
            ]);
        });

        it("are a failure where they are to be deleted, or have no value", async () => {
            const empty = (await manager.send(new CreateSecretCommand({ Name: "empty" }))).ARN ?? "";
            await manager.send(new DeleteSecretCommand({ SecretId: arn, RecoveryWindowInDays: 7 }));
            assert.deepEqual(await found(secrets, web({ ...making, secrets: { A: arn, B: empty } })), [
                `failure fargate:services.web.secrets.A: ${arn} is to be deleted`,
                `failure fargate:services.web.secrets.B: ${empty} has no value at AWSCURRENT`,
            ]);
            await manager.send(new RestoreSecretCommand({ SecretId: arn }));
        });
    });
});

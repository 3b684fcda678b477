import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import * as path from "node:path";
import { Lookups, lookUp } from "../lookups";
import { contentTag } from "../model/content-hash";
import { PROJECT_FOLDER } from "../settings";
import { Call, record } from "../tools/recorder";
import { DIGEST, Given, REGION, REPOSITORY, WEB, settings } from "./settings/given";

const IDENTITY = "aws:index/getCallerIdentity:getCallerIdentity";
const ZONES = "aws:index/getAvailabilityZones:getAvailabilityZones";
const ZONE = "aws:route53/getZone:getZone";
const ECR_IMAGE = "aws:ecr/getImage:getImage";
const REGISTRY_IMAGE = "docker:index/getRegistryImage:getRegistryImage";
const STATE = "pulumi:pulumi:readStackResourceOutputs";

const NAT = { network: { egress: "nat", zones: [`${REGION}a`, `${REGION}b`] } };
const absent: Call = () => {
    throw new Error("reading ECR Images: empty result\nstack trace that nobody wants to read");
};

/** Where AWS has no image, and everything else that a service of the stack asks for. */
const CALLS: Readonly<Record<string, Call>> = { [IDENTITY]: () => ({ accountId: "123456789012" }), [ECR_IMAGE]: absent };

describe("the account", () => {
    it("is that of the credentials", async () => {
        assert.equal((await found(NAT)).account, "123456789012");
    });
});

describe("zones", () => {
    it("are those that are named, without a question to AWS", async () => {
        assert.deepEqual((await found(NAT)).zones, [`${REGION}a`, `${REGION}b`]);
    });

    it("are none of the program's business in a VPC that exists already", async () => {
        const network = {
            vpcId: "vpc-01234567",
            publicSubnetIds: ["subnet-01234567", "subnet-01234568"],
            privateSubnetIds: ["subnet-01234569"],
        };
        assert.deepEqual((await found({ network })).zones, []);
    });

    it("are otherwise the region's first by id, of those that every account has and that have Fargate", async () => {
        const asked: unknown[] = [];
        const zones: Call = inputs => {
            asked.push(inputs);
            return { names: ["x-1a", "x-1b", "x-1c"], zoneIds: ["apne1-az3", "apne1-az2", "apne1-az1"] };
        };
        assert.deepEqual((await found({}, { [ZONES]: zones })).zones, ["x-1c", "x-1b"]);
        assert.deepEqual(asked, [{ filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] }]);
    });
});

describe("the hosted zone", () => {
    const domain = { name: "shop.example.com", zone: "example.com" };

    it("is the public one of the domain's name, and none is asked for without a domain", async () => {
        const zone: Call = ({ name, privateZone }) => ({ zoneId: `${String(name)} ${String(privateZone)}` });
        assert.equal((await found({ ...NAT, domain }, { [ZONE]: zone })).hostedZoneId, "example.com false");
        assert.equal((await found(NAT)).hostedZoneId, undefined);
    });

    it("that does not exist is a clear error before anything is created", async () => {
        await refused({ ...NAT, domain }, { [ZONE]: absent }, [
            "fargate:domain.zone: example.com was not found. Allowed: a public Route 53 hosted zone of this account. " +
                "AWS or the registry said: reading ECR Images: empty result. Nothing was created.",
        ]);
    });
});

describe("the source of an image that is named", () => {
    const named = (image: string) => ({ ...NAT, services: { web: { ...WEB, build: undefined, image } } });
    const key = "fargate:services.web.image, or fargate:images.web";

    it("is its digest, looked up in its own registry of ECR, by tag or by digest, which proves that it exists", async () => {
        const asked: unknown[] = [];
        const image: Call = inputs => {
            asked.push(inputs);
            return { imageDigest: DIGEST };
        };
        for (const reference of [`${REPOSITORY}:1.0`, `${REPOSITORY}@${DIGEST}`]) {
            const { sources } = await found(named(reference), { [ECR_IMAGE]: image });
            assert.deepEqual(sources[0]?.source, { kind: "reference", reference: `${REPOSITORY}@${DIGEST}` });
        }
        const repository = { region: REGION, registryId: "123456789012", repositoryName: "web" };
        assert.deepEqual(asked, [
            { ...repository, imageTag: "1.0" },
            { ...repository, imageDigest: DIGEST },
        ]);
    });

    it("is looked up by tag in a registry elsewhere", async () => {
        const image: Call = ({ name }) => ({ sha256Digest: name === "nginx:1.0" ? DIGEST : "x" });
        const { sources } = await found(named("nginx:1.0"), { [REGISTRY_IMAGE]: image });
        assert.deepEqual(sources[0]?.source, { kind: "reference", reference: `nginx@${DIGEST}` });
    });

    it("is a digest elsewhere as it stands, which cannot be looked up and cannot move", async () => {
        const { sources } = await found(named(`nginx:1.0@${DIGEST}`));
        assert.deepEqual(sources[0]?.source, { kind: "reference", reference: `nginx@${DIGEST}` });
    });

    it("that does not exist is one line before anything is created, without a stack trace", async () => {
        const said = "AWS or the registry said: reading ECR Images: empty result. Nothing was created.";
        await refused(named(`${REPOSITORY}:1.0`), {}, [
            `${key}: ${REPOSITORY}:1.0 was not found. Allowed: an image in ECR in ${REGION} that these credentials may see. ${said}`,
        ]);
        await refused(named("nginx:1.0"), { [REGISTRY_IMAGE]: absent }, [
            `${key}: nginx:1.0 was not found. Allowed: an image that its registry shows without a login. ${said}`,
        ]);
    });

    it("that does not exist is told together with every other one", async () => {
        const services = {
            api: { ...WEB, build: undefined, image: `${REPOSITORY}:2`, route: { paths: ["/api"] } },
            web: { ...WEB, build: undefined, image: `${REPOSITORY}:1` },
        };
        await refused({ ...NAT, services }, {}, [/^fargate:services\.api\.image/, /^fargate:services\.web\.image/]);
    });
});

describe("the source of an image that is built", () => {
    const tag = contentTag({
        context: path.join(PROJECT_FOLDER, "app"),
        dockerfile: path.join(PROJECT_FOLDER, "app/Dockerfile"),
        args: {},
        platform: "linux/arm64",
    });
    const build = { context: "./app", dockerfile: "app/Dockerfile", args: {} };
    const pushed: Call = ({ repositoryName, imageTag }) => {
        assert.deepEqual({ repositoryName, imageTag }, { repositoryName: "fargate-dev-web", imageTag: tag });
        return { imageDigest: DIGEST };
    };
    const stateWith =
        (...tags: string[]): Call =>
        () => ({
            outputs: { a: { type: "aws:ec2/vpc:Vpc", outputs: {} }, b: { type: "docker-build:index:Image", outputs: { tags } } },
        });

    it("is a build under its content's tag where the service's repository has none of that tag", async () => {
        assert.deepEqual((await found(NAT)).sources[0]?.source, { kind: "build", tag, platform: "linux/arm64", build });
    });

    it("is built for the task's architecture, which makes another tag", async () => {
        const { sources } = await found({ ...NAT, services: { web: { ...WEB, architecture: "x86_64" } } });
        const [{ source } = { source: undefined }] = sources;
        assert.ok(source?.kind === "build");
        assert.equal(source.platform, "linux/amd64");
        assert.notEqual(source.tag, tag);
    });

    it("is what the repository has under that tag already, whoever pushed it", async () => {
        const other = `x.dkr.ecr.amazonaws.com/fargate-dev-web:0000000000000000`;
        const { sources } = await found(NAT, { [ECR_IMAGE]: pushed, [STATE]: stateWith(other) });
        assert.deepEqual(sources[0]?.source, { kind: "pushed", digest: DIGEST });
    });

    it("stays a build where the stack's state holds it, or the next preview would show it deleted", async () => {
        const calls = { [ECR_IMAGE]: pushed, [STATE]: stateWith(`x.dkr.ecr.amazonaws.com/fargate-dev-web:${tag}`) };
        assert.deepEqual((await found(NAT, calls)).sources[0]?.source, { kind: "build", tag, platform: "linux/arm64", build });
    });

    it("is no build of another service's repository, though it may have the same content", async () => {
        const calls = { [ECR_IMAGE]: pushed, [STATE]: stateWith(`x.dkr.ecr.amazonaws.com/fargate-dev-api:${tag}`) };
        assert.equal((await found(NAT, calls)).sources[0]?.source.kind, "pushed");
    });
});

/** What the lookups find; every call that is not answered fails. */
async function found(given: Given, calls: Readonly<Record<string, Call>> = {}): Promise<Lookups> {
    let lookups: Lookups | undefined;
    const program = async () => {
        lookups = await lookUp(settings(given), new aws.Provider("aws", { region: REGION }));
    };
    await record(program, { project: "fargate", stack: "dev", calls: { ...CALLS, ...calls } });
    assert.ok(lookups !== undefined);
    return lookups;
}

/** Each line of the one error, which the engine prints without a stack. */
async function refused(given: Given, calls: Readonly<Record<string, Call>>, lines: readonly (string | RegExp)[]): Promise<void> {
    const error: unknown = await found(given, calls).catch((reason: unknown) => reason);
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    const told = error.message.split("\n");
    assert.equal(told.length, lines.length, error.message);
    for (const [index, line] of lines.entries()) {
        if (typeof line === "string") assert.equal(told[index], line);
        else assert.match(told[index] ?? "", line);
    }
}

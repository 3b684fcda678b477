import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildSource } from "../../lookups/images";
import { Call } from "../../tools/inventory/recorder";
import { DIGEST, REGION, REPOSITORY, WEB } from "../support/given";
import { plant } from "../fixtures/docker-ignore/trees";
import { ECR_IMAGE, NAT, REGISTRY_IMAGE, STATE, TAG, absent, found, refused, stateWith } from "./found";

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
    const build = { context: "./app", dockerfile: "app/Dockerfile", args: {} };
    const pushed: Call = ({ repositoryName, imageTag }) => {
        assert.deepEqual({ repositoryName, imageTag }, { repositoryName: "fargate-dev-web", imageTag: TAG });
        return { imageDigest: DIGEST };
    };

    it("is a build under its content's tag where the service's repository has none of that tag", async () => {
        assert.deepEqual((await found(NAT)).sources[0]?.source, { kind: "build", tag: TAG, platform: "linux/arm64", build });
    });

    it("is refused where the provider that builds it would hang at a link", async () => {
        const context = plant(["Dockerfile", "log -> /dev/zero"]);
        const dockerfile = path.join(context, "Dockerfile");
        await assert.rejects(
            buildSource("web", { context, dockerfile, args: {} }, "arm64", {}),
            /^Error: "log" in the build context .* is a link to a pipe or a device, .*Next: make the link in a RUN line/,
        );
        rmSync(context, { recursive: true });
    });

    it("is found from any folder, since its paths are the project's", async () => {
        const folder = process.cwd();
        process.chdir(os.tmpdir());
        try {
            assert.deepEqual((await found(NAT)).sources[0]?.source, { kind: "build", tag: TAG, platform: "linux/arm64", build });
        } finally {
            process.chdir(folder);
        }
    });

    it("is built for the task's architecture, which makes another tag", async () => {
        const { sources } = await found({ ...NAT, services: { web: { ...WEB, architecture: "x86_64" } } });
        const [{ source } = { source: undefined }] = sources;
        assert.ok(source?.kind === "build");
        assert.equal(source.platform, "linux/amd64");
        assert.notEqual(source.tag, TAG);
    });

    it("is what the repository has under that tag already, whoever pushed it", async () => {
        const other = `x.dkr.ecr.amazonaws.com/fargate-dev-web:0000000000000000`;
        const { sources } = await found(NAT, { [ECR_IMAGE]: pushed, [STATE]: stateWith(other) });
        assert.deepEqual(sources[0]?.source, { kind: "pushed", digest: DIGEST });
    });

    it("stays a build where the stack's state holds it, or the next preview would show it deleted", async () => {
        const calls = { [ECR_IMAGE]: pushed, [STATE]: stateWith(`x.dkr.ecr.amazonaws.com/fargate-dev-web:${TAG}`) };
        assert.deepEqual((await found(NAT, calls)).sources[0]?.source, {
            kind: "build",
            tag: TAG,
            platform: "linux/arm64",
            build,
        });
    });

    it("is no build of another service's repository, though it may have the same content", async () => {
        const calls = { [ECR_IMAGE]: pushed, [STATE]: stateWith(`x.dkr.ecr.amazonaws.com/fargate-dev-api:${TAG}`) };
        assert.equal((await found(NAT, calls)).sources[0]?.source.kind, "pushed");
    });
});

import assert from "node:assert/strict";
import { Image, ImageArgs } from "../../components/image";
import { SECRET } from "../../tools/inventory/recorder";
import { cached, declare } from "../support/declared";

const REGISTRY = {
    url: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web",
    arn: "arn:aws:ecr:eu-west-1:123456789012:repository/web",
};
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const BUILD = {
    kind: "build",
    tag: "0123456789abcdef",
    platform: "linux/arm64",
    build: { context: "./app", dockerfile: "app/Dockerfile", args: { BASE: "scratch" }, target: "web" },
} as const;

const made = cached((args: ImageArgs) =>
    declare(() => {
        const { reference, repositoryArn = "none", ready } = new Image("web-image", args);
        return { reference, repositoryArn, ready: ready.map(({ urn }) => urn) };
    }),
);

describe("an image that is built", () => {
    it("is one build in its service's repository", async () => {
        const { list } = await made({ source: BUILD, registry: REGISTRY });
        assert.deepEqual(list, ["Image web-image", "docker-build.Image web-image"]);
    });

    it("is built for the task's platform and pushed under its content's tag, never during a preview", async () => {
        const { inputs } = (await made({ source: BUILD, registry: REGISTRY })).one("docker-build.Image web-image");
        assert.deepEqual(inputs, {
            context: { location: "./app" },
            dockerfile: { location: "app/Dockerfile" },
            buildArgs: { BASE: "scratch" },
            target: "web",
            platforms: ["linux/arm64"],
            tags: ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:0123456789abcdef"],
            push: true,
            buildOnPreview: false,
            network: "default",
            registries: [],
        });
    });

    it("is pushed with the credentials it is given, and keeps the password out of sight", async () => {
        const credentials = { address: "https://ecr", username: "AWS", password: "hunter2" };
        const { inputs } = (await made({ source: BUILD, registry: REGISTRY, credentials })).one("docker-build.Image web-image");
        assert.deepEqual(inputs["registries"], [{ ...credentials, password: SECRET }]);
    });

    it("stays in its repository when another takes its place, since the old one still runs", async () => {
        const declared = await made({ source: BUILD, registry: REGISTRY });
        assert.equal(declared.one("docker-build.Image web-image").retainOnDelete, true);
    });

    it("is known by its digest, and ready when it is pushed", async () => {
        const declared = await made({ source: BUILD, registry: REGISTRY });
        assert.deepEqual(declared.outputs, {
            reference: `${REGISTRY.url}@sha256:Image:web-image`,
            repositoryArn: REGISTRY.arn,
            ready: [declared.one("docker-build.Image web-image").urn],
        });
    });
});

describe("an image that exists", () => {
    it("is used as it is, in the service's repository where a build of the same content pushed it", async () => {
        const { list, outputs } = await made({ source: { kind: "pushed", digest: DIGEST }, registry: REGISTRY });
        assert.deepEqual(list, ["Image web-image"]);
        assert.deepEqual(outputs, { reference: `${REGISTRY.url}@${DIGEST}`, repositoryArn: REGISTRY.arn, ready: [] });
    });

    it("is used as it is named, with the ARN of its repository where that is in ECR", async () => {
        const reference = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web@${DIGEST}`;
        const { list, outputs } = await made({ source: { kind: "reference", reference } });
        assert.deepEqual(list, ["Image web-image"]);
        const repositoryArn = "arn:aws:ecr:eu-west-1:123456789012:repository/team/web";
        assert.deepEqual(outputs, { reference, repositoryArn, ready: [] });

        const elsewhere = await made({ source: { kind: "reference", reference: `nginx@${DIGEST}` } });
        assert.deepEqual(elsewhere.outputs, { reference: `nginx@${DIGEST}`, repositoryArn: "none", ready: [] });
    });
});

describe("every image", () => {
    it("of a service's own repository needs that repository", async () => {
        const error = { propertyPath: "registry", reason: "image web-image is built, so it needs a registry" };
        await assert.rejects(made({ source: BUILD }), error);
        await assert.rejects(made({ source: { kind: "pushed", digest: DIGEST } }), error);
    });

    it("shows in a preview where it comes from", async () => {
        assert.deepEqual((await made({ source: BUILD, registry: REGISTRY })).inputs("Image web-image"), BUILD);
    });
});

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import { settingsOf } from "../../../settings";
import { Deployed, chooseImages, deployedIn, withDeployedImages } from "../../../tools/deployed/images";
import type { Place } from "../../../tools/deployed/stack";
import { ownRepositories, promotable } from "../../../tools/delivery/promote-images";
import { StackFiles } from "../../../tools/cli/stack-files";

const CI = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/fargate/web";
const OWN = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/fargate-dev-web";
const image = (repository: string, digit: string) => `${repository}@sha256:${digit.repeat(64)}`;

const build = { context: "./app" };
const BASE = { "aws:region": "ap-northeast-2", "fargate:network": '{"zones":["ap-northeast-2a","ap-northeast-2c"]}' };

function files(services: object, images?: object): StackFiles {
    const config = {
        ...BASE,
        "fargate:services": JSON.stringify(services),
        ...(images !== undefined && { "fargate:images": JSON.stringify(images) }),
    };
    return { project: "fargate", stack: "prod", config, secretKeys: [] };
}

const settings = (given: StackFiles) => settingsOf(given.config, given);
const choose = (given: StackFiles, deployed: Deployed, wanted?: Record<string, string>) =>
    chooseImages(settings(given), given, deployed, wanted);
const nothing: Deployed = { images: {}, chosen: [] };
const runs = (reference: string): Deployed => ({ images: { web: reference }, chosen: ["web"] });

describe("the images of an update", () => {
    const web = files({ web: { build } });

    it("are the ones that a deployment chose before, so that nobody undoes it", () => {
        assert.deepEqual(choose(web, runs(image(CI, "a"))).images, { web: image(CI, "a") });
    });

    it("are built from the sources where the program did so before, or nothing runs yet", () => {
        assert.deepEqual(choose(web, nothing).images, {});
        assert.deepEqual(choose(web, { images: { web: image(OWN, "a") }, chosen: [] }).images, {});
    });

    it("are the wanted ones, and for every other service the ones that run", () => {
        const two = files({ web: { build }, worker: { build, tasks: 1 } });
        const deployed = { images: { web: image(CI, "a"), worker: image(CI, "b") }, chosen: ["web", "worker"] };
        assert.deepEqual(choose(two, deployed, { web: image(CI, "c") }).images, { web: image(CI, "c"), worker: image(CI, "b") });
    });

    it("are the file's where it names them, whatever runs", () => {
        const pinned = files({ web: { build } }, { web: image(CI, "d") });
        assert.deepEqual(choose(pinned, runs(image(CI, "a"))).images, { web: image(CI, "d") });
    });

    it("are never those of a service whose file names an image instead of a build", () => {
        const named = files({ web: { image: image(CI, "e") } });
        assert.deepEqual(choose(named, runs(image(CI, "a"))), { images: {}, leftOut: [] });
        assert.deepEqual(choose(named, runs(image(CI, "a")), { web: image(CI, "b") }).leftOut, ["web"]);
    });

    it("leave out, and tell, what this stack does not have", () => {
        const { images, leftOut } = choose(web, nothing, { web: image(CI, "a"), worker: image(CI, "b") });
        assert.deepEqual([images, leftOut], [{ web: image(CI, "a") }, ["worker"]]);
    });

    it("are refused where the file would bring another one back", () => {
        const pinned = files({ web: { build } }, { web: image(CI, "d") });
        assert.throws(() => choose(pinned, nothing, { web: image(CI, "a") }), {
            message: `fargate:images.web in Pulumi.prod.yaml is ${image(CI, "d")}, and the next update would bring it back. Allowed: no such line, since deployments choose the image. Next: remove it.`,
        });
        assert.deepEqual(choose(pinned, nothing, { web: image(CI, "d") }).images, { web: image(CI, "d") });
    });
});

describe("what a stack runs", () => {
    const state = (kind: string) => ({
        deployment: {
            resources: [
                {
                    type: "pulumi:pulumi:Stack",
                    urn: "urn:pulumi:dev::fargate::pulumi:pulumi:Stack::fargate-dev",
                    outputs: { images: { web: image(CI, "a") } },
                },
                { type: "fargate:index:Image", urn: "urn:pulumi:dev::fargate::fargate:index:Image::web-image", inputs: { kind } },
            ],
        },
    });

    it("is its output images where nothing else is known, chosen by a deployment where the program was given a reference", () => {
        assert.deepEqual(deployedIn(state("reference")), runs(image(CI, "a")));
    });

    it("is what the task definition says, which an update that was cut off in its wait made, and not its outputs", () => {
        const at = (type: string, name: string) => ({
            type,
            urn: `urn:pulumi:dev::fargate::fargate:index:Service$${type}::${name}`,
        });
        const definition = (of: string, more = {}) => ({
            ...at("aws:ecs/taskDefinition:TaskDefinition", "web-task-definition"),
            outputs: {
                containerDefinitions: JSON.stringify([
                    { name: "proxy", image: "proxy" },
                    { name: "web", image: of },
                ]),
            },
            ...more,
        });
        const { resources } = state("reference").deployment;
        const cutOff = [
            ...resources,
            at("fargate:index:Service", "web"),
            definition(image(CI, "a"), { delete: true }),
            definition(image(CI, "b")),
        ];
        assert.deepEqual(deployedIn({ deployment: { resources: cutOff } }), runs(image(CI, "b")));
        const ofJob = cutOff.map(one => ({
            ...one,
            urn: one.urn.replace(/Service\b/, "Job"),
            type: one.type.replace(/Service$/, "Job"),
        }));
        assert.deepEqual(deployedIn({ deployment: { resources: ofJob } }), runs(image(CI, "b")));
    });

    it("is nobody's choice where the program built it, or found it built", () => {
        for (const kind of ["build", "pushed"])
            assert.deepEqual(deployedIn(state(kind)), { images: { web: image(CI, "a") }, chosen: [] });
    });

    it("is nothing before the first update", () => {
        assert.deepEqual(deployedIn({ deployment: {} }), nothing);
        assert.deepEqual(deployedIn({ deployment: { resources: [{ type: "pulumi:pulumi:Stack", urn: "" }] } }), nothing);
    });
});

describe("a promotion", () => {
    const source = { stack: "dev", images: { web: image(CI, "a"), extra: image(CI, "b") }, chosen: ["web", "extra"] };
    const target = settings(files({ web: { build }, worker: { build, tasks: 1 }, proxy: { image: image(CI, "c"), tasks: 1 } }));

    it("takes every image of a service that the target builds and the source runs", () => {
        assert.deepEqual(promotable(source, target, []), { web: image(CI, "a") });
        assert.deepEqual(promotable(source, target, ["web"]), { web: image(CI, "a") });
    });

    it("is refused for a service that the target does not build, or the source does not run", () => {
        for (const name of ["proxy", "wbe"])
            assert.throws(() => promotable(source, target, [name]), {
                message: `prod builds no service ${name}, so none can be promoted. Allowed: web, worker`,
            });
        assert.throws(() => promotable(source, target, ["worker"]), {
            message: "worker does not run in dev. Allowed: web, extra",
        });
    });

    it("is refused where there is nothing to promote", () => {
        assert.throws(() => promotable({ stack: "dev", ...nothing }, target, []), {
            message: "dev runs no service that prod builds (web, worker). Next: update dev first.",
        });
    });

    it("warns of an image that goes when the source stack is destroyed", () => {
        assert.deepEqual(ownRepositories(source, { web: image(CI, "a") }), []);
        assert.deepEqual(ownRepositories({ ...source, chosen: [] }, { web: image(OWN, "a") }), [
            "web: dev built this image itself, and destroying dev takes its repository fargate-dev-web away.",
        ]);
    });
});

describe("the copy of the stack's file that names images", () => {
    const YAML = [
        "# kept",
        "secretsprovider: awskms://alias/state",
        "encryptedkey: abc",
        "config:",
        "    aws:region: ap-northeast-2",
        "    aws:secretKey: { secure: v1:xyz }",
        "    images: {}",
        "    fargate:services: { web: { build: { context: ./app } } }",
        "",
    ].join("\n");
    let folder: string;

    beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "fargate-test-"))));
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    /** A place whose `pulumi` prints a state in which a deployment chose the image. */
    function place(images: object): Place {
        const state = {
            deployment: {
                resources: [
                    { type: "pulumi:pulumi:Stack", urn: "::", outputs: { images } },
                    { type: "fargate:index:Image", urn: "urn::web-image", inputs: { kind: "reference" } },
                ],
            },
        };
        const pulumi = path.join(folder, "pulumi");
        writeFileSync(pulumi, `#!/bin/sh\ncat <<'END'\n${JSON.stringify(state)}\nEND\n`, { mode: 0o755 });
        writeFileSync(path.join(folder, "Pulumi.prod.yaml"), YAML);
        return { folder, stack: "prod", pulumi, files: files({ web: { build } }) };
    }

    it("differs in nothing else, is readable by nobody else, and is gone afterwards", async () => {
        const used = await withDeployedImages(place({ web: image(CI, "a") }), undefined, async file => {
            assert.ok(file);
            assert.equal(statSync(file).mode & 0o077, 0);
            const expected = parse(YAML) as { config: Record<string, unknown> };
            delete expected.config["images"];
            expected.config["fargate:images"] = { web: image(CI, "a") };
            assert.deepEqual(parse(readFileSync(file, "utf8")), expected);
            return Promise.resolve(file);
        });
        assert.equal(existsSync(path.dirname(used)), false);
        assert.equal(readFileSync(path.join(folder, "Pulumi.prod.yaml"), "utf8"), YAML);
    });

    it("says that no release is run where that is asked, as a rollback does, and only then", async () => {
        const releases = (file?: string) =>
            Promise.resolve((parse(readFileSync(file ?? "", "utf8")) as { config: object }).config as Record<string, unknown>);
        const deployed = place({ web: image(CI, "a") });
        assert.equal((await withDeployedImages(deployed, undefined, releases, true))["fargate:releases"], "skip");
        assert.equal("fargate:releases" in (await withDeployedImages(deployed, undefined, releases)), false);
    });

    it("is gone after a failure as well", async () => {
        let used = "";
        const failing = withDeployedImages(place({ web: image(CI, "a") }), undefined, file => {
            used = file ?? "";
            return Promise.reject(new Error("the update failed"));
        });
        await assert.rejects(failing, { message: "the update failed" });
        assert.notEqual(used, "");
        assert.equal(existsSync(path.dirname(used)), false);
    });

    it("is not made where the file says it all", async () => {
        await withDeployedImages(place({}), undefined, file => Promise.resolve(assert.equal(file, undefined)));
    });
});

import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
    chmodSync,
    cpSync,
    linkSync,
    lstatSync,
    mkdirSync,
    readFileSync,
    readlinkSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import * as path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { Sent, sentBelow, sentFiles } from "../../model/build-context";
import { IgnoreRules } from "../../model/docker-ignore";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { Emulator, startEmulator } from "../../tools/sandbox/emulator";
import { findEngine } from "../../tools/sandbox/engine";
import { openStack, writeStackFile } from "../../tools/sandbox/workspace";
import { BuildTools, PROGRAMS, startBuildTools } from "./registry";

const FOLDER = path.join(PROJECT_FOLDER, ".sandbox", "engine-image");
const CONTEXT = path.join(FOLDER, "context");
const REPOSITORY = "images-test-web";
const REGION = "ap-northeast-2";

/** Programs that are not on the PATH. */
function missing(): string[] {
    return PROGRAMS.filter(program => {
        try {
            execFileSync("which", [program]);
            return false;
        } catch {
            return true;
        }
    });
}

/** A context with all that file systems hold, and an ignore file that other readers of it take for something else. */
function plantNasty(context: string): void {
    mkdirSync(context);
    const write = (name: string, mode = 0o644) => {
        mkdirSync(path.dirname(path.join(context, name)), { recursive: true });
        writeFileSync(path.join(context, name), name);
        chmodSync(path.join(context, name), mode);
    };
    write("Dockerfile");
    writeFileSync(path.join(context, "Dockerfile"), "FROM scratch\nCOPY . /\n");
    const ignored = [
        "Dockerfile",
        "(a|server).js",
        "se+rver.js",
        "app.js|x",
        "*.lo[g]",
        "node_modules/**",
        "!node_modules/kept",
        "b{2}*",
        "data",
    ];
    writeFileSync(path.join(context, ".dockerignore"), ignored.join("\n"));
    const names = [
        "a.js",
        "server.js",
        "app.js",
        "x",
        "x.log",
        "bb",
        "b{2}",
        "node_modules/left/a",
        "node_modules/kept/b",
        "data/x",
    ];
    for (const name of [...names, "new\nline", "é", "日本/語", "back\\slash", "*", " "]) write(name);
    for (const mode of [0o600, 0o755, 0o4755, 0o666]) write(`modes/${mode.toString(8)}`, mode);
    for (const mode of [0o700, 0o777, 0o1777, 0o2755]) {
        mkdirSync(path.join(context, `folder-${mode.toString(8)}`));
        chmodSync(path.join(context, `folder-${mode.toString(8)}`), mode);
    }
    for (const [name, target] of Object.entries({
        "to-file": "a.js",
        "to-folder": "modes",
        "to-nowhere": "no",
        outside: "../../etc/passwd",
    }))
        symlinkSync(target, path.join(context, name));
    linkSync(path.join(context, "a.js"), path.join(context, "second-name.js"));
    execFileSync("mkfifo", [path.join(context, "pipe")]);
}

/** What the test changes from one update to the next. */
interface Wish {
    /** Folder with a Dockerfile. */
    readonly context?: string;
    readonly args?: Record<string, string>;
    readonly architecture?: "arm64" | "x86_64";
    /** Of the neighbour, whose image is not built. */
    readonly neighbourLevel?: string;
}

describe("an image on the real docker-build plugin and BuildKit", function () {
    this.timeout(120_000);
    this.bail(true);
    let emulator: Emulator;
    let tools: BuildTools;
    let stack: Stack;
    const closing: (() => unknown)[] = [];

    before(async function () {
        const absent = missing();
        if (absent.length > 0) {
            console.log(`      skipped: ${absent.join(", ")} not on the PATH`);
            this.skip();
        }
        rmSync(FOLDER, { recursive: true, force: true });
        mkdirSync(FOLDER, { recursive: true });
        cpSync(path.join(PROJECT_FOLDER, "app"), CONTEXT, { recursive: true });
        process.env["SANDBOX_VENV"] ??= path.join(PROJECT_FOLDER, ".sandbox", "venv");
        tools = await startBuildTools(path.join(FOLDER, "tools"));
        closing.push(tools.close);
        emulator = await startEmulator(FOLDER);
        closing.push(emulator.stop);
        const engine = await findEngine(FOLDER, () => undefined, { images: true });
        const program = path.join(__dirname, "image-program");
        stack = await openStack({
            folder: FOLDER,
            stack: "test",
            config: config({}),
            emulator,
            engine,
            program,
            environment: tools.environment,
        });
    });
    after(async () => {
        for (const close of closing) await close();
    });

    function config({
        context = CONTEXT,
        args = {},
        architecture = "arm64",
        neighbourLevel = "info",
    }: Wish): Record<string, string> {
        const build = { context, dockerfile: path.join(context, "Dockerfile"), args: { BASE: "scratch", ...args } };
        const services = {
            web: { build, port: 8080, architecture },
            neighbour: { image: `example/neighbour@sha256:${"1".repeat(64)}`, environment: { LEVEL: neighbourLevel } },
        };
        const network = { zones: ["ap-northeast-2a", "ap-northeast-2c"], egress: "nat" };
        const given = {
            "aws:region": REGION,
            "fargate:services": JSON.stringify(services),
            "fargate:network": JSON.stringify(network),
        };
        const settings = settingsOf(given, { project: "images", stack: "test" });
        const [neighbour, web] = settings.services;
        return {
            "aws:region": REGION,
            "images:repositoryName": REPOSITORY,
            "images:registryUrl": `${tools.registry}/${REPOSITORY}`,
            "images:service": JSON.stringify(web),
            "images:neighbour": JSON.stringify(neighbour),
        };
    }

    async function up(wish: Wish = {}): Promise<{ kind: string; reference: string }> {
        writeStackFile(FOLDER, "test", config(wish));
        const { outputs } = await stack.up();
        return { kind: String(outputs["kind"]?.value), reference: String(outputs["reference"]?.value) };
    }

    async function isEmpty(wish: Wish = {}): Promise<void> {
        writeStackFile(FOLDER, "test", config(wish));
        await stack.preview({ expectNoChanges: true });
    }

    /** What AWS would do by itself: the emulator's ECR is no registry, so it is told what was pushed. */
    async function tellEcr(): Promise<void> {
        const images = await Promise.all(
            (await tools.tags(REPOSITORY)).map(async tag => ({
                repository: REPOSITORY,
                tag,
                digest: (await tools.manifest(REPOSITORY, tag)).digest,
            })),
        );
        await emulator.seed({ region: REGION, zones: [], secretArns: [], images });
    }

    const edit = (file: string, from: string, to: string) => {
        const name = path.join(CONTEXT, file);
        writeFileSync(name, readFileSync(name, "utf8").replace(from, to));
    };

    it("the app's own Dockerfile is built and pushed under a tag of its content, and known by its digest", async () => {
        const { kind, reference } = await up();
        const [tag = "", ...others] = await tools.tags(REPOSITORY);
        assert.deepEqual(others, []);
        assert.match(tag, /^[0-9a-f]{16}$/);
        assert.equal(kind, "build");
        assert.equal(reference, `${tools.registry}/${REPOSITORY}@${(await tools.manifest(REPOSITORY, tag)).digest}`);
        await tellEcr();
    });

    it("an unchanged context builds nothing", async () => {
        await isEmpty();
        await up();
        assert.equal((await tools.tags(REPOSITORY)).length, 1);
    });

    it("a changed file gives a new tag", async () => {
        edit("server.js", "\n", "\n// changed\n");
        await up();
        assert.equal((await tools.tags(REPOSITORY)).length, 2);
        await tellEcr();
        await isEmpty();
    });

    it("another mode, as of a checkout under another umask, gives a new tag", async () => {
        chmodSync(path.join(CONTEXT, "server.js"), 0o640);
        await up();
        assert.equal((await tools.tags(REPOSITORY)).length, 3);
        await tellEcr();
        await isEmpty();
    });

    it("a changed argument gives a new tag", async () => {
        await up({ args: { VERSION: "2" } });
        assert.equal((await tools.tags(REPOSITORY)).length, 4);
        await tellEcr();
        await isEmpty({ args: { VERSION: "2" } });
    });

    it("another architecture gives a new tag, and an image for it", async () => {
        const { reference } = await up({ architecture: "x86_64" });
        assert.equal((await tools.tags(REPOSITORY)).length, 5);
        assert.equal(await architectureOf(reference), "amd64");
        await tellEcr();
        await isEmpty({ architecture: "x86_64" });
    });

    it("an existing tag is used, not pushed again", async () => {
        const before = await tools.tags(REPOSITORY);
        const { kind, reference } = await up();
        assert.equal(kind, "pushed");
        assert.equal(await architectureOf(reference), "arm64");
        assert.deepEqual(await tools.tags(REPOSITORY), before);
        await isEmpty();
    });

    it("an update killed after the push is finished by the next one", async () => {
        const saved = await stack.exportStack();
        edit("server.js", "// changed", "// changed again");
        const { reference: pushed } = await up();
        await tellEcr();
        await stack.importStack(saved);
        const before = await tools.tags(REPOSITORY);
        const { kind, reference } = await up();
        assert.deepEqual({ kind, reference }, { kind: "pushed", reference: pushed });
        assert.deepEqual(await tools.tags(REPOSITORY), before);
        await isEmpty();
    });

    it("a build that fails stops the update before any task definition changes", async () => {
        const before = await taskDefinitions();
        edit("Dockerfile", "COPY", "COPY missing.js ./\nCOPY");
        await assert.rejects(up({ neighbourLevel: "debug" }), /missing\.js/);
        assert.deepEqual(await taskDefinitions(), before);
    });

    it("the image holds what its tag is made of: names, modes, links, pipes and empty folders, after any .dockerignore", async () => {
        const nasty = path.join(FOLDER, "nasty");
        plantNasty(nasty);
        const { reference } = await up({ context: nasty });
        const image = path.join(FOLDER, "image");
        mkdirSync(image);
        for (const layer of await layersOf(reference)) execFileSync("tar", ["-xpzf", "-", "-C", image], { input: layer });
        const told = (folder: string, files: readonly Sent[]) =>
            files.map(({ path: name }) => {
                const stat = lstatSync(path.join(folder, name));
                const content = stat.isSymbolicLink()
                    ? readlinkSync(path.join(folder, name))
                    : stat.isFile()
                      ? stat.size
                      : stat.rdev;
                return { name, mode: stat.mode.toString(8), content };
            });
        const expected = told(nasty, sentFiles({ context: nasty, dockerfile: path.join(nasty, "Dockerfile") }));
        assert.ok(expected.length > 20);
        assert.deepEqual(told(image, sentBelow(image, IgnoreRules.read(Buffer.of()))), expected);
    });

    it("destroy deletes no image", async () => {
        edit("Dockerfile", "COPY missing.js ./\nCOPY", "COPY");
        await up();
        const before = await tools.tags(REPOSITORY);
        await stack.destroy();
        assert.deepEqual(await tools.tags(REPOSITORY), before);
    });

    async function layersOf(reference: string): Promise<Buffer[]> {
        const { body } = await tools.manifest(REPOSITORY, reference.split("@")[1] ?? "");
        const { layers } = JSON.parse(body) as { layers: { digest: string }[] };
        const blobs = layers.map(({ digest }) => fetch(`http://${tools.registry}/v2/${REPOSITORY}/blobs/${digest}`));
        return Promise.all(blobs.map(async blob => Buffer.from(await (await blob).arrayBuffer())));
    }

    async function taskDefinitions(): Promise<string[]> {
        return (await emulator.resources()).filter(({ type }) => type === "task-definition").map(({ id }) => id);
    }

    async function architectureOf(reference: string): Promise<string | undefined> {
        const { body } = await tools.manifest(REPOSITORY, reference.split("@")[1] ?? "");
        const { manifests } = JSON.parse(body) as { manifests?: { platform: { architecture: string } }[] };
        if (manifests !== undefined)
            return manifests.find(({ platform }) => platform.architecture !== "unknown")?.platform.architecture;
        const { config: descriptor } = JSON.parse(body) as { config: { digest: string } };
        const response = await fetch(`http://${tools.registry}/v2/${REPOSITORY}/blobs/${descriptor.digest}`);
        return ((await response.json()) as { architecture: string }).architecture;
    }
});

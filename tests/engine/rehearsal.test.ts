import * as assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "@pulumi/pulumi/automation";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { Emulator, Existing, startEmulator } from "../../tools/sandbox/emulator";
import { findEngine } from "../../tools/sandbox/engine";
import { sandboxConfig, seedsOf } from "../../tools/sandbox/stack-copy";
import { openStack } from "../../tools/sandbox/workspace";
import { imageBuilds } from "../../tools/github/image-builds";
import { readStackFiles } from "../../tools/cli/stack-files";
import { ask } from "../fixtures/review/ecs";
import { command as commandIn } from "./command";
import { isKeptOnPurpose, isNoProof } from "./harness";

const FOLDER = path.join(PROJECT_FOLDER, ".sandbox", "rehearsal");
const REGION = "ap-northeast-2";
/** Where bootstrap lets CI push: in no stack. */
const REPOSITORY = "fargate/web";
const URL = `123456789012.dkr.ecr.${REGION}.amazonaws.com/${REPOSITORY}`;

const digest = (digit: string) => `sha256:${`${digit}0b1c2d3`.repeat(8)}`;
const [FIRST, SECOND, THIRD] = [digest("a"), digest("b"), digest("c")];
const NEVER_PUSHED = digest("f");
const BUILT = digest("d");

const STACKS = ["dev", "prod"] as const;
/** As `npm run test:engine:all` has it; without it, what nothing else rests on is skipped. */
const isLong = process.env["ALL"] === "1";
const NOTHING = { region: REGION, zones: [], secretArns: [] };

describe("a release, rehearsed with the commands of CI and laptops", function () {
    this.timeout(8 * 60_000);
    this.bail(true);
    let emulator: Emulator;
    let untouched: readonly Existing[];
    const stacks = new Map<string, Stack>();
    const written = new Map<string, string>();

    before(async () => {
        rmSync(FOLDER, { recursive: true, force: true });
        mkdirSync(FOLDER, { recursive: true });
        process.env["SANDBOX_VENV"] ??= path.join(PROJECT_FOLDER, ".sandbox", "venv");
        const engine = await findEngine(FOLDER, () => undefined);
        emulator = await startEmulator(FOLDER);
        process.env["AWS_ENDPOINT_URL"] = emulator.url;
        for (const pushed of [FIRST, SECOND, THIRD]) {
            await emulator.seed({ ...NOTHING, images: [{ repository: REPOSITORY, digest: pushed }] });
            // The order of pushes is told to the second.
            await sleep(1100);
        }
        for (const stack of STACKS) {
            const settings = settingsIn(stack);
            const files = readStackFiles(PROJECT_FOLDER, stack);
            // The sandbox names stand-ins for what it cannot build; here, as in CI, a deployment names the images.
            const seeds = { ...seedsOf(settings), images: [] };
            const whole = Object.entries(sandboxConfig(files, settings, await emulator.seed(seeds)));
            const config = Object.fromEntries(whole.filter(([key]) => key !== "fargate:images"));
            stacks.set(stack, await openStack({ folder: FOLDER, stack, config, emulator, engine }));
            written.set(stack, stackFile(stack));
        }
        untouched = await emulator.resources();
    });
    after(() => emulator.stop());
    afterEach("no file is left dirty", () => {
        for (const stack of STACKS) assert.equal(stackFile(stack), written.get(stack));
    });

    it("dev is deployed by digest", async () => {
        const { code, output } = await command("up", "dev", "--images", JSON.stringify({ web: `${URL}@${FIRST}` }), "--yes");
        assert.equal(code, 0, output);
        assert.deepEqual(await running("dev"), [`${URL}@${FIRST}`]);
    });

    it("a pull request that changes the application is told to restart tasks, before and after CI has built it", async () => {
        const { code, output } = await command("review", "dev", "--with-builds");
        assert.equal(code, 0, output);
        const [build] = imageBuilds(STACKS.map(settingsIn));
        const content = build?.contentTag ?? "";
        const because = `web  restarts 1 task because image a0b1c2d→a new build (content ${content.slice(0, 7)}); about 1 min`;
        assert.ok(output.includes(because), output);

        await emulator.seed({ ...NOTHING, images: [{ repository: REPOSITORY, digest: BUILT, tag: content }] });
        const built = await command("review", "dev", "--with-builds");
        assert.match(built.output, /web {2}restarts 1 task because image a0b1c2d→d0b1c2d; about 1 min/);
        await forget(BUILT);
    });

    it("prod gets the same digest", async () => {
        const { code, output } = await command("promote", "dev", "prod", "--yes");
        assert.equal(code, 0, output);
        assert.match(output, /web {2}is new and starts 2 to 10 tasks/);
        assert.deepEqual(await running("prod"), [`${URL}@${FIRST}`]);
    });

    (isLong ? it : it.skip)("a second promotion of the same digest is nothing to do", async () => {
        const { code, output } = await command("promote", "dev", "prod");
        assert.equal(code, 0, output);
        assert.match(output, /prod runs this already: nothing to do\./);
    });

    (isLong ? it : it.skip)("a preview shows no promotion as a change, though no file names the image", async () => {
        for (const stack of STACKS) {
            const { code, output } = await command("review", stack);
            assert.equal(code, 0, output);
            assert.match(output, new RegExp(`^fargate ${stack}  no changes$`, "m"));
            const again = await command("preview", stack, "--expect-no-changes", "--non-interactive");
            assert.equal(again.code, 0, again.output);
        }
    });

    it("the next image changes nothing but the tasks, and the review says so", async () => {
        const { code, output } = await command("up", "dev", "--images", JSON.stringify({ web: `${URL}@${SECOND}` }), "--yes");
        assert.equal(code, 0, output);
        const refused = await command("promote", "dev", "prod");
        assert.equal(refused.code, 1);
        assert.match(
            refused.output,
            /web {2}restarts 2 to 10 tasks because image a0b1c2d→b0b1c2d; about 1 min 10 s, old tasks drain 15 s/,
        );
        assert.match(refused.output, /Update prod\? Nobody is there to answer\. Next: --yes/);
        assert.deepEqual(await running("prod"), [`${URL}@${FIRST}`]);

        const promoted = await command("promote", "dev", "prod", "--yes");
        assert.equal(promoted.code, 0, promoted.output);
        assert.deepEqual(await running("prod"), [`${URL}@${SECOND}`]);
    });

    it("a digest that does not exist is refused before anything happens", async () => {
        const before = await deploymentsOf("prod");
        for (const wanted of [NEVER_PUSHED, NEVER_PUSHED.slice(0, "sha256:".length + 7)]) {
            const { code, output } = await command("rollback", "prod", wanted, "--yes");
            assert.equal(code, 1);
            assert.match(output, new RegExp(`${REPOSITORY} has no image ${wanted}\\. Nothing was changed\\.`));
        }
        const images = JSON.stringify({ web: `${URL}@${NEVER_PUSHED}` });
        const unknown = await command("up", "prod", "--images", images, "--yes");
        assert.equal(unknown.code, 1);
        assert.match(unknown.output, /failure {2}images {2}web: there is no image \S+, or none that may be seen\. Fix: push it/);
        const unasked = await command("up", "prod", "--images", images, "--yes", "--skip-preflight");
        assert.notEqual(unasked.code, 0);
        assert.match(unasked.output, /was not found\. Allowed: an image in ECR/);
        assert.deepEqual(await deploymentsOf("prod"), before);
        assert.deepEqual(await running("prod"), [`${URL}@${SECOND}`]);
    });

    it("an image that dev runs and ECR has lost is not promoted", async () => {
        const { code, output } = await command("up", "dev", "--images", JSON.stringify({ web: `${URL}@${THIRD}` }), "--yes");
        assert.equal(code, 0, output);
        await forget(THIRD);
        const refused = await command("promote", "dev", "prod", "--yes");
        assert.equal(refused.code, 1);
        assert.match(refused.output, new RegExp(`Not in ECR any more, or never: web: ${URL}@${THIRD}\\. Nothing was changed\\.`));
        assert.deepEqual(await running("prod"), [`${URL}@${SECOND}`]);
    });

    it("a rollback goes to the image before, and stays there", async () => {
        const { code, output } = await command("rollback", "prod", "--yes");
        assert.equal(code, 0, output);
        assert.match(output, new RegExp(`^runs  ${SECOND}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC`, "m"));
        assert.match(output, /web {2}restarts 2 to 10 tasks because image b0b1c2d→a0b1c2d/);
        assert.deepEqual(await running("prod"), [`${URL}@${FIRST}`]);
        const { output: shown } = await command("review", "prod");
        assert.match(shown, /^fargate prod {2}no changes$/m);
    });

    (isLong ? it : it.skip)("a rollback may name the digest, or the start of it", async () => {
        const { code, output } = await command("rollback", "prod", SECOND.slice("sha256:".length, "sha256:".length + 7), "--yes");
        assert.equal(code, 0, output);
        assert.deepEqual(await running("prod"), [`${URL}@${SECOND}`]);
    });

    it("destroy leaves nothing", async () => {
        for (const stack of stacks.values()) await stack.destroy();
        const gone = untouched.filter(({ id }) => !id.includes(THIRD));
        const left = (await emulator.resources()).filter(isNoProof);
        assert.deepEqual(
            left.filter(one => !isKeptOnPurpose(one)),
            gone.filter(one => !isKeptOnPurpose(one)),
        );
    });

    function stackFile(stack: string): string {
        return readFileSync(path.join(FOLDER, `Pulumi.${stack}.yaml`), "utf8");
    }

    /** Images of the tasks that ECS runs for a stack. */
    async function running(stack: string): Promise<string[]> {
        const cluster = `fargate-${stack}`;
        const { taskArns } = (await ask("ListTasks", { cluster })) as { taskArns: string[] };
        const { tasks } = (await ask("DescribeTasks", { cluster, tasks: taskArns })) as {
            tasks: { taskDefinitionArn: string }[];
        };
        const definitions = [...new Set(tasks.map(({ taskDefinitionArn }) => taskDefinitionArn))];
        const images = definitions.map(async taskDefinition => {
            const answer = (await ask("DescribeTaskDefinition", { taskDefinition })) as {
                taskDefinition: { containerDefinitions: { image: string }[] };
            };
            return answer.taskDefinition.containerDefinitions.map(({ image }) => image);
        });
        return (await Promise.all(images)).flat();
    }
});

function settingsIn(stack: string) {
    const files = readStackFiles(PROJECT_FOLDER, stack);
    return settingsOf(files.config, files);
}

/** As if a lifecycle policy had taken an image away. */
async function forget(imageDigest: string): Promise<void> {
    const lost = { repositoryName: REPOSITORY, imageIds: [{ imageDigest }] };
    await ask("BatchDeleteImage", lost, "ecr", "AmazonEC2ContainerRegistry_V20150921");
}

async function deploymentsOf(stack: string): Promise<number> {
    const cluster = `fargate-${stack}`;
    const { serviceArns } = (await ask("ListServices", { cluster })) as { serviceArns: string[] };
    const counts = serviceArns.map(async service => {
        const found = (await ask("ListServiceDeployments", { cluster, service })) as { serviceDeployments: unknown[] };
        return found.serviceDeployments.length;
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** A command of this project in the sandbox. */
const command = (name: string, ...args: readonly string[]) => commandIn(FOLDER, name, ...args);

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import sdk from "@pulumi/pulumi/package.json";
import { PROJECT_FOLDER } from "../../settings";
import { stackNames } from "../../tools/cli/stack-files";
import { GitHubServer } from "../support/github-server";
import { files, jobs, steps } from "./files";
import { ImmutableRegistry } from "./immutable-registry";
import { Ran, runStep } from "./shell";

const URN = "urn:pulumi:dev::fargate::fargate:index:Service$aws:cloudwatch/logGroup:LogGroup::web-logs";
const IMAGE = `123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/fargate/web@sha256:${"a".repeat(64)}`;
const IMAGES = JSON.stringify({ web: IMAGE });
const BACKEND = { PULUMI_BACKEND_URL: "s3://state" };

type Exercise = (this: Mocha.Context) => Promise<void>;

/** What each script does that runs none of the project's commands, or one that stands in for npm. One that nothing runs fails a test. */
export const EXERCISES: Readonly<Record<string, Exercise>> = {
    "setup: Version of the Pulumi SDK": async () =>
        assert.deepEqual(succeeded(await runStep("setup: Version of the Pulumi SDK")).outputs, { version: sdk.version }),
    "build-images.yml build: Look for an image of the same content": looksForTheSame,
    "build-images.yml build: Name the image by its commit": namesByCommit,
    "build-images.yml build: Write down the digest": async () => {
        const ran = await runStep("build-images.yml build: Write down the digest", { env: { SERVICE: "web", IMAGE } });
        assert.equal(succeeded(ran).file("image-web.txt"), `${IMAGE}\n`);
    },
    "check.yml check: Tell how the others ended": async () => {
        const isGood = (...results: readonly string[]) => reports("check.yml check: Tell how the others ended", {}, results);
        assert.equal(await isGood("success", "success"), true);
        for (const result of ["failure", "cancelled", "skipped"]) assert.equal(await isGood("success", result), false, result);
    },
    "preview.yml stacks: List the stacks": async () => {
        const at = "preview.yml stacks: List the stacks";
        const ran = succeeded(await runStep(at, { npm: { prints: '["dev","prod"]' } }));
        assert.deepEqual(ran.npm, [["run", "--silent", "pipeline", "--", "stacks", "--change", "change"]]);
        assert.deepEqual(ran.outputs, { stacks: '["dev","prod"]' });
        assert.notEqual((await runStep(at, { npm: { code: 1 } })).code, 0, "a list that fails is no empty list");
    },
    "preview.yml preview: Tell how the others ended": async () => {
        const isGood = (WANTED: string, ...results: readonly string[]) =>
            reports("preview.yml preview: Tell how the others ended", { WANTED, LOOKED_AT: "true" }, results);
        assert.equal(await isGood("success", "success", "success"), true);
        for (const result of ["failure", "cancelled", "skipped"])
            assert.equal(await isGood("success", "success", result), false, result);
        assert.equal(await isGood("skipped", "skipped", "skipped"), true, "a fork's");
        assert.equal(await isGood("skipped", "skipped", "failure"), false);
        const waiting = { WANTED: "success", LOOKED_AT: "false" };
        assert.equal(
            await reports("preview.yml preview: Tell how the others ended", waiting, ["skipped"], /Re-run all jobs/),
            false,
        );
    },
    ...Object.fromEntries(
        steps(files)
            .filter(({ step }) => step.name === "Tell why AWS may have refused the role")
            .map(({ at }) => [at, () => tellsOfSubjects(at)]),
    ),
    "preview-stack.yml preview: Review": async () => {
        const review = (urns: readonly string[], npm = {}) => {
            const env = { ...BACKEND, STACK: "dev", DESCRIPTION: "Adds a queue." };
            return runStep("preview-stack.yml preview: Review", { env, npm: { acknowledged: JSON.stringify(urns), ...npm } });
        };
        const asked = ["run", "--silent", "pipeline", "--", "acknowledged", "--description=Adds a queue."];
        const plain = ["run", "--silent", "review", "--", "dev", "--change", "change", "--with-builds", "--markdown"];

        const ran = await review([], { prints: "## dev\n" });
        assert.deepEqual(succeeded(ran).npm, [asked, plain]);
        assert.equal(ran.file("review-dev.md"), "## dev\n");
        assert.deepEqual(succeeded(await review([URN, `${URN}2`])).npm, [
            asked,
            [...plain, "--allow", URN, "--allow", `${URN}2`],
        ]);

        const blocked = await review([], { prints: "## dev\n\nLost for good\n", code: 2 });
        assert.equal(blocked.code, 2, "the gate closes");
        assert.equal(blocked.file("review-dev.md"), "## dev\n\nLost for good\n", "and says why");
    },
    "preview-stack.yml preview: Preflight": async () => {
        const at = "preview-stack.yml preview: Preflight";
        const env = { ...BACKEND, STACK: "dev" };
        const asked = ["run", "--silent", "preflight", "--", "dev", "--change", "change"];
        for (const code of [0, 1]) {
            const ran = await runStep(at, { env, npm: { prints: "Preflight  1 warning\n! warning  quotas", code } });
            assert.equal(ran.code, code, ran.log);
            assert.deepEqual(ran.npm, [asked]);
            assert.equal(ran.file("summary.md"), "```text\nPreflight  1 warning\n! warning  quotas\n```\n");
        }
    },
    "preview-stack.yml preview: Install the change's packages": () =>
        calls("preview-stack.yml preview: Install the change's packages", {}, [
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]),
    "drift-stack.yml drift: Compare": () =>
        calls("drift-stack.yml drift: Compare", { ...BACKEND, STACK: "dev" }, [
            "run",
            "--silent",
            "drift",
            "--",
            "check",
            "dev",
            "--write",
            "drift-dev.json",
        ]),
    "deploy-stack.yml deploy: Review": () =>
        calls("deploy-stack.yml deploy: Review", { ...BACKEND, STACK: "dev", IMAGES, URNS: JSON.stringify([URN]) }, [
            ...["run", "review", "--", "dev", "--images", IMAGES],
            ...["--allow", URN],
        ]),
    "deploy-stack.yml deploy: Deploy": () =>
        calls("deploy-stack.yml deploy: Deploy", { ...BACKEND, STACK: "dev", IMAGES }, [
            ...["run", "up", "--", "dev", "--images", IMAGES],
            ...["--yes", "--skip-preview", "--skip-preflight"],
        ]),
    "deploy-stack.yml deploy: Preflight": () =>
        calls("deploy-stack.yml deploy: Preflight", { ...BACKEND, STACK: "dev", IMAGES }, [
            ...["run", "preflight", "--", "dev", "--images", IMAGES],
        ]),
    "deploy-stack.yml deploy: Roll back": async () => {
        const at = "deploy-stack.yml deploy: Roll back";
        const env = { ...BACKEND, STACK: "dev", DIGEST: "sha256:1; exit 0", SERVICE: "", URNS: "" };
        const args = ["run", "rollback", "--", "dev", "sha256:1; exit 0", "--yes"];
        await calls(at, env, args);
        await calls(at, { ...env, SERVICE: "web; exit 0", URNS: ` ${URN}  ${URN}2 ` }, [
            ...args,
            "--service=web; exit 0",
            `--allow=${URN}`,
            `--allow=${URN}2`,
        ]);
    },
    "deploy-stack.yml deploy: Smoke test": () =>
        calls("deploy-stack.yml deploy: Smoke test", { ...BACKEND, STACK: "dev" }, ["run", "smoke", "--", "dev"]),
};

/** What each script does that runs a command of the project: with the real npm. */
export const STARTS: Readonly<Record<string, Exercise>> = {
    "check.yml stacks: List the stacks": () => listsStacks("check.yml stacks: List the stacks"),
    "drift.yml stacks: List the stacks": () => listsStacks("drift.yml stacks: List the stacks"),
    "check.yml plan: Plan": async () =>
        assert.match(succeeded(await runStep("check.yml plan: Plan", { env: { STACK: "dev" } })).log, /^\S+ dev {2}/m),
    "build-images.yml list: List the images to build": async () => {
        const { outputs } = succeeded(await runStep("build-images.yml list: List the images to build"));
        assert.match(outputs["builds"] ?? "", /^\[\{"service":"[a-z]/);
    },
    "build-images.yml images: Collect the digests": () =>
        withGitHub(async github => {
            github.upload("image-web.txt", IMAGE);
            const at = "build-images.yml images: Collect the digests";
            const env = { BUILDS: '[{"service":"web"}]', GITHUB_TOKEN: github.environment["GITHUB_TOKEN"] ?? "" };
            const { outputs } = succeeded(await runStep(at, { env, runner: github.environment }));
            assert.deepEqual(JSON.parse(outputs["images"] ?? ""), { web: IMAGE });
            const failed = await runStep(at, { env: { ...env, BUILDS: '[{"service":"api"}]' }, runner: github.environment });
            assert.notEqual(failed.code, 0);
            assert.deepEqual(failed.outputs, {});
        }),
    "preview.yml comment: Comment": () =>
        withGitHub(async github => {
            github.upload("review-dev.md", "## dev");
            const env = { PULL_REQUEST: "12", STACKS: '["dev"]', GITHUB_TOKEN: github.environment["GITHUB_TOKEN"] ?? "" };
            succeeded(await runStep("preview.yml comment: Comment", { env, runner: github.environment }));
            assert.deepEqual(github.writes, ["POST /issues/12/comments"]);
        }),
    "drift.yml issue: Report": () =>
        withGitHub(async github => {
            github.upload("drift-dev.json", JSON.stringify({ stack: "dev", differs: true, markdown: "## dev" }));
            const env = { STACKS: '["dev"]', GITHUB_TOKEN: github.environment["GITHUB_TOKEN"] ?? "" };
            succeeded(await runStep("drift.yml issue: Report", { env, runner: github.environment }));
            assert.deepEqual(github.writes, ["POST /issues"]);
        }),
    "deploy.yml acknowledged: Read what was acknowledged": () =>
        withGitHub(async github => {
            const commit = "c0ffee".padEnd(40, "0");
            github.merged.push({ commit, body: `Moves the logs.\r\n\r\nAllow loss: ${URN}\r\n` });
            github.merged.push({ commit, body: `Allow loss: ${URN}2`, into: "feature" });
            const at = "deploy.yml acknowledged: Read what was acknowledged";
            const env = { GITHUB_TOKEN: github.environment["GITHUB_TOKEN"] ?? "" };
            const runner = { ...github.environment, GITHUB_SHA: commit, GITHUB_REF_NAME: "main" };
            const { outputs } = succeeded(await runStep(at, { env, runner }));
            assert.deepEqual(outputs, { urns: JSON.stringify([URN]) });
        }),
};

function succeeded(ran: Ran): Ran {
    assert.equal(ran.code, 0, ran.log);
    return ran;
}

/** Scripts that were found to be right: three jobs share one. */
const listed = new Set<string | undefined>();

async function listsStacks(at: string): Promise<void> {
    const script = steps(files).find(step => step.at === at)?.step.run;
    if (listed.has(script)) return;
    listed.add(script);
    const { outputs } = succeeded(await runStep(at));
    assert.deepEqual(outputs, { stacks: JSON.stringify(stackNames(PROJECT_FOLDER).sort()) });
    assert.notEqual((await runStep(at, { npm: { code: 1 } })).code, 0, "a list that fails is no empty list");
}

/** The script calls npm with these arguments, and ends as npm does. */
async function calls(at: string, env: Record<string, string>, args: readonly string[]): Promise<void> {
    assert.deepEqual(succeeded(await runStep(at, { env, npm: {} })).npm, [args]);
    assert.equal((await runStep(at, { env, npm: { code: 3 } })).code, 3);
}

async function withGitHub(exercise: (github: GitHubServer) => Promise<void>): Promise<void> {
    const github = new GitHubServer();
    await github.start();
    try {
        await exercise(github);
    } finally {
        github.stop();
    }
}

/** Against a registry on loopback whose tags never move. */
async function withRegistry(
    test: Mocha.Context,
    exercise: (registry: ImmutableRegistry, runner: Record<string, string>) => Promise<void>,
): Promise<void> {
    if (spawnSync("docker", ["buildx", "version"]).status !== 0) {
        console.log("      skipped: docker buildx is not installed here (GitHub's runners have it)");
        return test.skip();
    }
    const config = process.env["DOCKER_CONFIG"];
    const registry = new ImmutableRegistry();
    await registry.start();
    try {
        await exercise(registry, config === undefined ? {} : { DOCKER_CONFIG: config });
    } finally {
        registry.stop();
    }
}

function looksForTheSame(this: Mocha.Context): Promise<void> {
    return withRegistry(this, async (registry, runner) => {
        const digest = registry.push("known", "an image");
        const { repository: REPOSITORY } = registry;
        const look = (CONTENT: string) =>
            runStep("build-images.yml build: Look for an image of the same content", { env: { REPOSITORY, CONTENT }, runner });
        assert.deepEqual(succeeded(await look("known")).outputs, { repository: REPOSITORY, digest });
        assert.deepEqual(succeeded(await look("unknown")).outputs, { repository: REPOSITORY });
    });
}

function namesByCommit(this: Mocha.Context): Promise<void> {
    return withRegistry(this, async (registry, runner) => {
        const name = (digest: string) => {
            const env = { COMMIT: `${registry.repository}:c0ffee`, IMAGE: `${registry.repository}@${digest}` };
            return runStep("build-images.yml build: Name the image by its commit", { env, runner });
        };
        const digest = registry.push("content", "an image");
        for (const attempt of ["first", "second"]) {
            succeeded(await name(digest));
            assert.equal(registry.tags.get("c0ffee"), digest, attempt);
        }
        succeeded(await name(registry.push("other", "another image")));
        assert.equal(registry.tags.get("c0ffee"), digest, "what has a name keeps it");

        registry.tags.delete("c0ffee");
        assert.notEqual((await name(`sha256:${"0".repeat(64)}`)).code, 0, "there is no such image");
        assert.equal(registry.tags.has("c0ffee"), false);
    });
}

/** How a pull request's workflow ended, by what its jobs came to. */
async function reports(at: string, env: Record<string, string>, results: readonly string[], says = /^/): Promise<boolean> {
    const JOBS = JSON.stringify(Object.fromEntries(results.map((result, index) => [`job-${index}`, { result, outputs: {} }])));
    const { code, log } = await runStep(at, { env: { ...env, JOBS } });
    assert.match(log, new RegExp(`^job-0: ${results[0] ?? ""}$`, "m"));
    assert.match(log, says);
    return code === 0;
}

/** Instead of a bare AccessDenied, for whichever job. */
async function tellsOfSubjects(at: string): Promise<void> {
    const env = Object.keys(jobs(files).find(job => at.startsWith(`${job.at}: `))?.job.env ?? {}).map(name => [name, "-"]);
    const ran = await runStep(at, {
        env: Object.fromEntries(env) as Record<string, string>,
        runner: { GITHUB_REPOSITORY: "acme/shop" },
    });
    const { log } = succeeded(ran);
    assert.match(log, /^::error title=AWS gave no role::.*subjectPrefix/m);
    assert.match(log, /^gh api repos\/acme\/shop --jq '"repo:\\\(\.owner\.login\)@/m);
}

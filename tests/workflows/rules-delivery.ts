import { existsSync } from "node:fs";
import * as path from "node:path";
import packageJson from "../../package.json";
import { PROJECT_FOLDER } from "../../settings";
import { stackNames } from "../../tools/cli/stack-files";
import { Files, Job, Step, calledFile, files as shipped, jobs, steps, textOf, workflow, workflows } from "./files";
import type { Rule } from "./rule";

const scripts: Readonly<Record<string, string>> = packageJson.scripts;
const DEPLOY_ROLE = "${{ vars.AWS_DEPLOY_ROLE }}";
const LONGEST_MINUTES = 60;

/** How a commit reaches the stacks, and what every step rests on. */
export const DELIVERY_RULES: readonly Rule[] = [
    {
        name: "updates of a stack wait for each other, and none is cancelled",
        problems: files =>
            deployJobs(files).flatMap(({ at, job }) => {
                const expected = { group: "stack-${{ inputs.stack }}", "cancel-in-progress": false, queue: "max" };
                return same(job.concurrency, expected) ? [] : [`${at}: ${JSON.stringify(job.concurrency)}`];
            }),
        broken: [
            ["workflows/deploy-stack.yml", "cancel-in-progress: false", "cancel-in-progress: true"],
            ["workflows/deploy-stack.yml", "            queue: max\n", ""],
            ["workflows/deploy-stack.yml", "group: stack-${{ inputs.stack }}", "group: ${{ github.ref }}"],
        ],
    },
    {
        name: "a role that AWS refuses is followed by what to compare, and artifacts of a run that is run again take the place of the old ones",
        problems: files =>
            steps(files).flatMap(({ at, step }, index, all) => [
                ...(step.uses?.startsWith("aws-actions/configure-aws-credentials@") &&
                !(step.id === "aws" && tellsOfRefusal(all[index + 1]?.step))
                    ? [`${at}: a refused role is a bare AccessDenied`]
                    : []),
                ...(step.uses?.startsWith("actions/upload-artifact@") && step.with?.["overwrite"] !== true
                    ? [`${at} overwrites nothing`]
                    : []),
            ]),
        broken: [
            ["workflows/deploy-stack.yml", "              id: aws\n", ""],
            ["workflows/preview-stack.yml", "steps.aws.outcome == 'failure'", "steps.aws.outcome == 'success'"],
            ["workflows/build-images.yml", "                  overwrite: true\n", ""],
        ],
    },
    {
        name: "every queue keeps all that wait, and is in nothing that cancels",
        problems: files =>
            [...workflows(files), ...jobs(files).map(({ at, job }) => [at, job] as const)].flatMap(([at, { concurrency }]) => {
                if (concurrency === undefined || concurrency["cancel-in-progress"] !== false)
                    return concurrency?.queue === undefined ? [] : [`${at} cancels what it queues`];
                return concurrency.queue === "max" ? [] : [`${at}: a newer run would cancel the one that waits`];
            }),
        broken: [
            ["workflows/drift.yml", "    queue: max\n", ""],
            ["workflows/drift.yml", "cancel-in-progress: false", "cancel-in-progress: true"],
        ],
    },
    {
        name: "a stack is updated from the GitHub environment of its name, where its approvals and its role are",
        problems: files => [
            ...deployJobs(files).flatMap(({ at, job }) =>
                job.environment === "${{ inputs.stack }}" ? [] : [`${at}: environment ${String(job.environment)}`],
            ),
            ...jobs(files).flatMap(({ at, job }) => {
                const commands = (job.steps ?? []).filter(({ run }) =>
                    /npm run (up|rollback|promote)\b|pulumi (up|destroy|refresh)/.test(run ?? ""),
                );
                return commands.length > 0 && !deployJobs(files).some(other => other.at === at)
                    ? [`${at} updates without that role`]
                    : [];
            }),
        ],
        broken: [
            ["workflows/deploy-stack.yml", "        environment: ${{ inputs.stack }}\n", ""],
            ["workflows/drift-stack.yml", "npm run --silent drift -- check", "npm run up -- --yes"],
        ],
    },
    {
        name: "a commit is checked, built once, and deployed with the same images to every stack, one after another or side by side",
        problems: files => {
            const { on, jobs: of } = workflow(files, "deploy.yml");
            const stages = stagesIn(files);
            const ids = stages.map(({ id }) => id);
            const given = {
                images: "${{ needs.images.outputs.images }}",
                acknowledged: "${{ needs.acknowledged.outputs.urns }}",
            };
            return [
                ...differences(
                    { on, check: of["check"]?.uses, images: of["images"]?.uses },
                    {
                        on: { push: { branches: ["main"] } },
                        check: "./.github/workflows/check.yml",
                        images: "./.github/workflows/build-images.yml",
                    },
                ),
                ...stages.flatMap(({ id, job }) => {
                    const { stack, ...inputs } = job.with ?? {};
                    const needs = [...needsOf(job)];
                    const before = needs.filter(name => ids.includes(name));
                    // What comes after another stack was checked before that one.
                    const rest = ["acknowledged", ...(before.length === 0 ? ["check"] : []), "images"];
                    return differences(
                        { file: calledFile(job), inputs, stack: typeof stack, needs: needs.sort() },
                        { file: "deploy-stack.yml", inputs: given, stack: "string", needs: [...rest, ...before].sort() },
                    ).map(problem => `${id}: ${problem}`);
                }),
            ];
        },
        broken: [
            ["workflows/deploy.yml", "needs: [acknowledged, check, images]", "needs: [acknowledged, images]"],
            ["workflows/deploy.yml", "            images: ${{ needs.images.outputs.images }}\n", ""],
            ["workflows/deploy.yml", "branches: [main]", "branches: [main, dev]"],
            // The last one waits for another, where there are several.
            ...stagesIn(shipped)
                .slice(1, 2)
                .map(
                    ({ job }) =>
                        ["workflows/deploy.yml", `needs: [${needsOf(job).join(", ")}]`, "needs: [acknowledged, images]"] as const,
                ),
        ],
    },
    {
        name: "deploy and rollback know every stack that has a file",
        problems: files => {
            const stacks = stackNames(PROJECT_FOLDER).sort();
            const { inputs } = workflow(files, "rollback.yml").on["workflow_dispatch"] as {
                inputs: { stack: { options: string[] } };
            };
            const deployed = stagesIn(files).map(({ job }) => job.with?.["stack"]);
            return differences(
                { rollback: [...inputs.stack.options].sort(), deploy: deployed.sort() },
                { rollback: stacks, deploy: stacks },
            );
        },
        broken: [
            ["workflows/rollback.yml", "options: [", "options: [nobody, "],
            ["workflows/deploy.yml", "stack: ", "stack: nobody-"],
        ],
    },
    {
        name: "whoever rolls back can say all that the command may ask for",
        problems: files => {
            const { on, jobs: of } = workflow(files, "rollback.yml");
            const { inputs } = on["workflow_dispatch"] as { inputs: Record<string, { required?: boolean }> };
            const required = Object.keys(inputs).filter(name => inputs[name]?.required);
            return differences(
                { required, with: of["rollback"]?.with },
                {
                    required: ["stack", "digest"],
                    with: {
                        stack: "${{ inputs.stack }}",
                        "rollback-to": "${{ inputs.digest }}",
                        "rollback-service": "${{ inputs.service }}",
                        "rollback-allow": "${{ inputs.allow }}",
                    },
                },
            );
        },
        broken: [
            ["workflows/rollback.yml", "            rollback-service: ${{ inputs.service }}\n", ""],
            ["workflows/rollback.yml", "            rollback-allow: ${{ inputs.allow }}\n", ""],
            ["workflows/rollback.yml", "description: Service,", "required: true\n                description: Service,"],
        ],
    },
    {
        name: "an image is pushed under its content alone, and then named by its commit, with provenance, a list of its parts, and a cache",
        problems: files => {
            const all = jobs(files).flatMap(({ job }) => job.steps ?? []);
            const builds = all.filter(({ uses }) => uses?.startsWith("docker/build-push-action@"));
            const [inputs = {}] = builds.map(step => step.with ?? {});
            const name = all.find(({ name: title }) => title === "Name the image by its commit");
            const repository = "${{ steps.same.outputs.repository }}";
            return differences(
                {
                    builds: builds.length,
                    platforms: inputs["platforms"],
                    provenance: inputs["provenance"],
                    sbom: inputs["sbom"],
                    push: inputs["push"],
                    tags: inputs["tags"],
                    name: { if: name?.if, env: name?.env },
                    isCached: [inputs["cache-from"], inputs["cache-to"]].every(cache =>
                        String(cache).startsWith("type=gha,scope=${{ matrix.image.service }}"),
                    ),
                },
                {
                    builds: 1,
                    platforms: "${{ matrix.image.platforms }}",
                    provenance: "mode=max",
                    sbom: true,
                    push: true,
                    tags: `${repository}:\${{ matrix.image.contentTag }}`,
                    name: {
                        if: "steps.same.outputs.digest == '' || github.run_attempt != '1'",
                        env: {
                            COMMIT: `${repository}:\${{ github.sha }}`,
                            IMAGE: `${repository}@\${{ steps.same.outputs.digest || steps.build.outputs.digest }}`,
                        },
                    },
                    isCached: true,
                },
            );
        },
        broken: [
            ["workflows/build-images.yml", "provenance: mode=max", "provenance: false"],
            ["workflows/build-images.yml", "sbom: true", "sbom: false"],
            ["workflows/build-images.yml", "COMMIT: ${{ steps.same.outputs.repository }}:${{ github.sha }}", "COMMIT: latest"],
            ["workflows/build-images.yml", "}}:${{ matrix.image.contentTag }}", "}}:${{ github.sha }}"],
            ["workflows/build-images.yml", "github.run_attempt != '1'", "always()"],
            ["workflows/build-images.yml", "platforms: ${{ matrix.image.platforms }}", "platforms: linux/amd64"],
            ["workflows/build-images.yml", "cache-from: type=gha", "cache-from: type=local"],
        ],
    },
    {
        name: "a pull request's workflow ends in one job of its name, which reports whatever became of the others",
        problems: files =>
            ["check", "preview"].flatMap(name => {
                const { jobs: of } = workflow(files, `${name}.yml`);
                const { [name]: last, ...others } = of;
                const found = { needs: last?.needs, if: last?.if, name: last?.name };
                return differences(found, { needs: Object.keys(others), if: "always()", name }).map(text => `${name}: ${text}`);
            }),
        broken: [
            ["workflows/check.yml", "needs: [code, stacks, plan]", "needs: [code, stacks]"],
            ["workflows/check.yml", "        if: always()\n", ""],
            ["workflows/preview.yml", "if: always()", "if: github.event_name == 'push'"],
            ["workflows/preview.yml", "        name: preview\n", "        name: previewed\n"],
        ],
    },
    {
        name: "every job ends by itself",
        problems: files =>
            jobs(files).flatMap(({ at, job }) => {
                const minutes = job["timeout-minutes"];
                if (job.steps === undefined || (minutes !== undefined && minutes <= LONGEST_MINUTES)) return [];
                return [`${at}: timeout-minutes is ${String(minutes)}; allowed: 1 to ${LONGEST_MINUTES}`];
            }),
        broken: [
            ["workflows/check.yml", "        timeout-minutes: 10\n", ""],
            ["workflows/deploy-stack.yml", "timeout-minutes: 60", "timeout-minutes: 600"],
        ],
    },
    {
        name: "every npm command and every file that a workflow names exists",
        problems: files => [
            ...steps(files).flatMap(({ at, step }) =>
                [...(step.run ?? "").matchAll(/npm (?:run )(?:--silent )?(?<script>[\w:-]+)/g)]
                    .map(({ groups }) => groups?.["script"] ?? "")
                    .filter(script => !(script in scripts))
                    .map(script => `${at}: npm run ${script}`),
            ),
            ...[...files].flatMap(([file, text]) =>
                [...text.matchAll(/\.\/\.github\/[\w./-]+|(?<=[\s])\.github\/[\w./-]+/g)]
                    .map(([found]) => found)
                    .filter(found => !existsSync(path.join(PROJECT_FOLDER, found)))
                    .map(found => `${file}: ${found}`),
            ),
            ...jobs(files).flatMap(({ at, job }) => {
                const called = calledFile(job);
                return called === undefined || files.has(`workflows/${called}`) ? [] : [`${at}: ${called}`];
            }),
        ],
        broken: [
            ["workflows/check.yml", "npm run lint", "npm run lints"],
            ["workflows/check.yml", ".github/requirements.txt", ".github/requirement.txt"],
            ["workflows/check.yml", "./.github/actions/setup", "./.github/actions/set-up"],
            ["workflows/preview.yml", "preview-stack.yml@main", "previews-stack.yml@main"],
        ],
    },
    {
        name: "a called workflow gets the inputs that it declares",
        problems: files =>
            jobs(files).flatMap(({ at, job }) => {
                const called = calledFile(job);
                if (called === undefined) return [];
                const declared =
                    (workflow(files, called).on["workflow_call"] as { inputs?: Record<string, { required?: boolean }> } | null)
                        ?.inputs ?? {};
                const given = Object.keys(job.with ?? {});
                return [
                    ...given.filter(input => !(input in declared)).map(input => `${at}: ${called} has no input ${input}`),
                    ...Object.keys(declared)
                        .filter(input => declared[input]?.required && !given.includes(input))
                        .map(input => `${at}: ${called} needs ${input}`),
                ];
            }),
        broken: [
            ["workflows/preview.yml", "            stack: ${{ matrix.stack }}", "            name: ${{ matrix.stack }}"],
            ["workflows/rollback.yml", "rollback-to: ${{", "digest: ${{"],
        ],
    },
    {
        name: "a step fails when any command in it fails, in a pipe or in a text",
        problems: files => [
            ...workflows(files).flatMap(([file, { jobs: of, defaults }]) =>
                Object.values(of).some(({ steps: own }) => own?.some(({ run }) => run)) && defaults?.run?.shell !== "bash"
                    ? [`${file}: defaults.run.shell is not bash, which alone sets pipefail`]
                    : [],
            ),
            ...steps(files).flatMap(({ at, step }) =>
                /^\s*(echo|printf) .*\$\(/m.test(step.run ?? "") ? [`${at}: the failure of $(…) is lost`] : [],
            ),
        ],
        broken: [
            ["workflows/preview-stack.yml", "defaults:\n    run:\n        shell: bash\n", ""],
            ["workflows/drift.yml", 'echo "stacks=$stacks"', 'echo "stacks=$(npm run --silent pipeline -- stacks)"'],
        ],
    },
];

/** The jobs that deploy a stack each, in the order of the file. */
function stagesIn(files: Files): { readonly id: string; readonly job: Job }[] {
    return Object.entries(workflow(files, "deploy.yml").jobs).flatMap(([id, job]) =>
        job.with !== undefined && "stack" in job.with ? [{ id, job }] : [],
    );
}

function needsOf({ needs = [] }: Job): readonly string[] {
    return typeof needs === "string" ? [needs] : needs;
}

/** The jobs that hold the role of deployments. */
function deployJobs(files: Files) {
    textOf(files, "workflows/deploy-stack.yml");
    return jobs(files).filter(({ job }) => job.steps?.some(step => step.with?.["role-to-assume"] === DEPLOY_ROLE));
}

function differences(found: Readonly<Record<string, unknown>>, expected: Readonly<Record<string, unknown>>): string[] {
    return Object.keys(expected)
        .filter(key => !same(found[key], expected[key]))
        .map(key => `${key} is ${JSON.stringify(found[key])}, not ${JSON.stringify(expected[key])}`);
}

function same(found: unknown, expected: unknown): boolean {
    return JSON.stringify(found) === JSON.stringify(expected);
}

function tellsOfRefusal({ if: when = "", run = "" }: Step = {}): boolean {
    return when.includes("steps.aws.outcome == 'failure'") && run.includes("subjectPrefix");
}

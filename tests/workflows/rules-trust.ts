import { nextSteps } from "../../bootstrap/next-steps";
import { WORKFLOWS } from "../../iam/trust";
import { ACCOUNT, calledFile, files as shipped, jobs, steps, trusted, workflows } from "./files";
import type { Rule } from "./rule";
import { requires } from "./conditions";

const { preview, drift, build, deploy } = WORKFLOWS;

/** The job that writes what a pull request changes; the file that the role of previews trusts is called by its full name. */
const CALLED_AT_MAIN = /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+@main$/;
const NOT_A_FORK = "github.event.pull_request.head.repo.full_name == github.repository";

const MAIN = "${{ github.event.repository.default_branch }}";
/** The checkout of the job that comments. */
const WRITES =
    "            # Main's code, never the pull request's: this job's token may write.\n" +
    "            - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n" +
    "              with:\n";

/** Which role each file may take, by the variable that names it. */
const ROLE_OF: Readonly<Record<string, string>> = {
    [preview]: "AWS_PREVIEW_ROLE",
    [drift]: "AWS_PREVIEW_ROLE",
    [build]: "AWS_BUILD_ROLE",
    [deploy]: "AWS_DEPLOY_ROLE",
};

const { repository: REPOSITORY } = trusted(shipped);

/** Values do not matter: what counts is which variables they are told for. */
const MADE = {
    stack: "main",
    region: "ap-northeast-2",
    github: { repository: REPOSITORY, branch: "main", subjectPrefix: `repo:${REPOSITORY}` },
    backend: "s3://state",
    secretsProviders: {},
    roles: { preview: "arn", build: "arn", deploy: { dev: "arn" } },
    permissionsBoundaries: {},
};

/** What decides who may run what, and with which rights. */
export const TRUST_RULES: readonly Rule[] = [
    {
        name: "no checkout leaves its token behind",
        problems: files =>
            steps(files).flatMap(({ at, step }) =>
                step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false ? [at] : [],
            ),
        broken: [["workflows/deploy-stack.yml", "persist-credentials: false", "fetch-depth: 1"]],
    },
    {
        name: "no workflow of a privileged event meets a pull request's code",
        problems: files =>
            workflows(files).flatMap(([file, { on }]) =>
                ["pull_request_target", "workflow_run", "issue_comment"]
                    .filter(event => event in on)
                    .map(event => `${file}: ${event}`),
            ),
        broken: [["workflows/preview.yml", "    pull_request:\n", "    pull_request_target:\n"]],
    },
    {
        name: "a fork's pull request gets neither credentials nor a token that may write",
        problems: files =>
            jobs(files).flatMap(({ at, file, of, job }) => {
                const isForPullRequests = "pull_request" in of.on || file === preview;
                const isPrivileged = Object.values(job.permissions ?? {}).includes("write");
                if (!isForPullRequests || !isPrivileged || requires(job.if, NOT_A_FORK)) return [];
                return [`${at} does not require ${NOT_A_FORK}`];
            }),
        broken: [
            ["workflows/preview-stack.yml", `            ${NOT_A_FORK} &&\n`, ""],
            [
                "workflows/preview.yml",
                `        needs: stacks\n        if: >-\n            ${NOT_A_FORK} &&\n`,
                "        needs: stacks\n        if: >-\n",
            ],
            ["workflows/preview.yml", `success' &&\n            ${NOT_A_FORK}`, "success'"],
            ["workflows/preview.yml", `success' &&\n            ${NOT_A_FORK}`, `success' ||\n            ${NOT_A_FORK}`],
        ],
    },
    {
        name: "on a pull request, a token that may write is held by main's code alone",
        problems: files =>
            jobs(files).flatMap(({ at, of, job }) => {
                const mayWrite = Object.entries(job.permissions ?? {}).some(
                    ([scope, access]) => scope !== "id-token" && access === "write",
                );
                if (!("pull_request" in of.on) || !mayWrite) return [];
                const [checkout] = job.steps ?? [];
                const ref = checkout?.uses?.startsWith("actions/checkout@") ? checkout.with?.["ref"] : undefined;
                return ref === "${{ github.event.repository.default_branch }}"
                    ? []
                    : [`${at} checks out ${JSON.stringify({ ref })}`];
            }),
        broken: [
            ["workflows/preview.yml", `${WRITES}                  ref: ${MAIN}\n`, WRITES],
            [
                "workflows/preview.yml",
                `${WRITES}                  ref: ${MAIN}`,
                `${WRITES}                  ref: \${{ github.head_ref }}`,
            ],
        ],
    },
    {
        name: "a role is taken in the file that it trusts, and in no other",
        problems: files =>
            jobs(files).flatMap(({ at, file, job }) => {
                const taken = (job.steps ?? []).flatMap(({ uses, with: inputs }) =>
                    uses?.startsWith("aws-actions/configure-aws-credentials@") ? [String(inputs?.["role-to-assume"])] : [],
                );
                return taken
                    .filter(role => role !== `\${{ vars.${ROLE_OF[file] ?? "none"} }}`)
                    .map(role => `${at} takes ${role}`);
            }),
        broken: [
            ["workflows/preview-stack.yml", "vars.AWS_PREVIEW_ROLE", "vars.AWS_DEPLOY_ROLE"],
            ["workflows/build-images.yml", "vars.AWS_BUILD_ROLE", "vars.AWS_DEPLOY_ROLE"],
        ],
    },
    {
        name: "a role that a pull request has no use for is asked for on the trusted branch alone",
        problems: files =>
            jobs(files).flatMap(({ at, file, job }) => {
                const onBranch = `github.ref == 'refs/heads/${trusted(files).branch}'`;
                const isTaking = job.steps?.some(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
                return !isTaking || file === preview || requires(job.if, onBranch) ? [] : [`${at} does not require ${onBranch}`];
            }),
        broken: [
            ["workflows/deploy-stack.yml", "        if: github.ref == 'refs/heads/main'\n", ""],
            ["workflows/drift-stack.yml", "refs/heads/main", "refs/heads/dev"],
            ["workflows/build-images.yml", "'refs/heads/main' && ", "'refs/heads/main' || "],
            [ACCOUNT, `repository: ${REPOSITORY}`, `repository: ${REPOSITORY}, branch: trunk`],
        ],
    },
    {
        name: "a pull request calls the job with credentials as it is on main, and the branch's own workflows call theirs by path",
        problems: files =>
            jobs(files).flatMap(({ at, of, job }) => {
                if (job.uses === undefined) return [];
                const isTaking = ROLE_OF[calledFile(job) ?? ""] !== undefined;
                const isRight = "pull_request" in of.on && isTaking ? CALLED_AT_MAIN.test(job.uses) : job.uses.startsWith("./");
                return isRight ? [] : [`${at} calls ${job.uses}`];
            }),
        broken: [
            [
                "workflows/preview.yml",
                `${REPOSITORY}/.github/workflows/preview-stack.yml@main`,
                "./.github/workflows/preview-stack.yml",
            ],
            ["workflows/preview.yml", "preview-stack.yml@main", "preview-stack.yml@dev"],
            [
                "workflows/deploy.yml",
                "./.github/workflows/deploy-stack.yml",
                `${REPOSITORY}/.github/workflows/deploy-stack.yml@main`,
            ],
        ],
    },
    {
        name: "a pull request's workflow calls this repository, as the account's bootstrap names it, at the branch that the roles trust",
        problems: files =>
            jobs(files).flatMap(({ at, job: { uses } }) => {
                if (uses === undefined || uses.startsWith("./")) return [];
                const { repository, branch } = trusted(files);
                const [name, ref] = [uses.split("/.github/", 1)[0], uses.split("@").pop()];
                return name === repository && ref === branch
                    ? []
                    : [`${at} calls ${uses}; bootstrap/Pulumi.main.yaml says ${repository}, branch ${branch}`];
            }),
        broken: [
            ["workflows/preview.yml", `${REPOSITORY}/.github`, "someone/else/.github"],
            [ACCOUNT, `repository: ${REPOSITORY}`, "repository: someone/else"],
            [ACCOUNT, `repository: ${REPOSITORY}`, `repository: ${REPOSITORY}, branch: trunk`],
        ],
    },
    {
        name: "the variables that are read are the ones that the bootstrap says to set",
        problems: files => {
            const told = new Set([...nextSteps(MADE).matchAll(/gh variable set (\w+)/g)].map(([, name]) => name));
            const used = new Set(
                [...files.values()].flatMap(text => [...text.matchAll(/\bvars\.(\w+)/g)].map(([, name]) => name)),
            );
            return [...[...used].filter(name => !told.has(name)), ...[...told].filter(name => !used.has(name))].map(String);
        },
        broken: [
            ["workflows/drift-stack.yml", "vars.AWS_REGION", "vars.REGION"],
            ["workflows/build-images.yml", "vars.AWS_BUILD_ROLE", "vars.AWS_DEPLOY_ROLE"],
        ],
    },
    {
        name: "no long-lived key is used: no workflow reads a secret",
        problems: files => [...files].flatMap(([file, text]) => (/\bsecrets\s*[.[:]/.test(text) ? [file] : [])),
        broken: [["workflows/drift.yml", "${{ github.token }}", "${{ secrets.TOKEN }}"]],
    },
    {
        name: "no expression is written into a script, whoever wrote its value",
        problems: files => steps(files).flatMap(({ at, step }) => (step.run?.includes("${{") ? [at] : [])),
        broken: [
            [
                "workflows/preview-stack.yml",
                '--description="$DESCRIPTION"',
                '--description="${{ github.event.pull_request.body }}"',
            ],
            ["workflows/check.yml", 'npm run plan -- "$STACK"', "npm run plan -- ${{ matrix.stack }}"],
        ],
    },
];

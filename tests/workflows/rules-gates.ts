import { WORKFLOWS } from "../../iam/trust";
import { requires } from "./conditions";
import { Files, Job, jobs, steps } from "./files";
import type { Rule } from "./rule";

const MAIN = "${{ github.event.repository.default_branch }}";
const CHANGE = "change";
const LOOKED_AT = "(github.event.pull_request.user.type == 'User' || github.run_attempt != '1')";

/** The files whose jobs judge a pull request with a role, or write what was judged. */
const JUDGES: readonly string[] = [WORKFLOWS.preview, "preview.yml"];

/** What keeps a pull request from passing judgement on itself. */
export const GATE_RULES: readonly Rule[] = [
    {
        name: "what judges a pull request is main's code, and the change lies in a folder beside it",
        problems: files =>
            judging(files).flatMap(({ at, job }) => {
                const [first, ...others] = checkouts(job);
                return [
                    ...(first?.["ref"] === MAIN && !("path" in first) ? [] : [`${at} has not main's code at its top`]),
                    ...others
                        .filter(({ path, ref }) => path !== CHANGE || ref !== undefined)
                        .map(other => `${at} checks out ${JSON.stringify(other)}`),
                ];
            }),
        broken: [
            ["workflows/preview-stack.yml", `                  ref: ${MAIN}\n`, ""],
            ["workflows/preview-stack.yml", "                  path: change\n", ""],
            ["workflows/preview.yml", `                  ref: ${MAIN}\n`, ""],
            ["workflows/preview.yml", "                  path: change\n", "                  ref: ${{ github.head_ref }}\n"],
        ],
    },
    {
        name: "of the change a step runs nothing by itself, and says so to main's commands",
        problems: files => [
            ...steps(files).flatMap(({ at, step }) =>
                step["working-directory"] !== undefined && !/^npm ci --ignore-scripts( --no-\w+)*$/.test(step.run ?? "")
                    ? [`${at} runs in ${step["working-directory"]}`]
                    : [],
            ),
            ...steps(files).flatMap(({ at, step }) => (/\bcd |change\//.test(step.run ?? "") ? [`${at} goes there`] : [])),
            ...judging(files)
                .filter(({ job }) => checkouts(job).length > 1)
                .flatMap(({ at, job }) => (saysItOfAll(job) ? [] : [at])),
        ],
        broken: [
            ["workflows/preview-stack.yml", "run: npm ci --ignore-scripts", "run: npm test && npm ci --ignore-scripts"],
            ["workflows/preview-stack.yml", "npm run --silent review", "cd change; npm run --silent review"],
            ["workflows/preview-stack.yml", 'review -- "$STACK" --change change', 'review -- "$STACK"'],
            ["workflows/preview-stack.yml", 'preflight -- "$STACK" --change change', 'preflight -- "$STACK"'],
            ["workflows/preview.yml", " --change change", ""],
        ],
    },
    {
        name: "packages are installed without their scripts",
        problems: files =>
            steps(files).flatMap(({ at, step }) =>
                (step.run ?? "")
                    .split("\n")
                    .some(line => /\bnpm (ci|install|i)\b/.test(line) && !line.includes(" --ignore-scripts"))
                    ? [at]
                    : [],
            ),
        broken: [
            ["actions/setup/action.yml", "npm ci --ignore-scripts", "npm ci"],
            ["workflows/preview-stack.yml", "npm ci --ignore-scripts", "npm ci"],
        ],
    },
    {
        name: "what a bot wrote gets no role and no comment until a person runs it again",
        problems: files =>
            jobs(files).flatMap(({ at, file, job }) =>
                JUDGES.includes(file) && job.if !== "always()" && !requires(job.if, LOOKED_AT)
                    ? [`${at} does not require ${LOOKED_AT}`]
                    : [],
            ),
        broken: [
            ["workflows/preview-stack.yml", ` &&\n            ${LOOKED_AT}`, ""],
            ["workflows/preview-stack.yml", LOOKED_AT, "github.actor != 'dependabot[bot]'"],
            ["workflows/preview.yml", ` &&\n            ${LOOKED_AT}`, ` ||\n            ${LOOKED_AT}`],
        ],
    },
    {
        name: "a package cache is read where nothing is judged, no role is held and nothing may be written",
        problems: files =>
            jobs(files).flatMap(({ at, file, job }) => {
                const reads = (job.steps ?? []).some(({ with: inputs }) => "cache" in (inputs ?? {}));
                return reads && file !== "check.yml" ? [`${at} reads a cache`] : [];
            }),
        broken: [
            ["workflows/preview-stack.yml", 'pulumi: "true"', 'pulumi: "true"\n                  cache: npm'],
            ["workflows/deploy-stack.yml", 'pulumi: "true"', 'pulumi: "true"\n                  cache: npm'],
        ],
    },
    {
        name: "a pull request's own cache is no source of plugins",
        problems: files =>
            steps(files).flatMap(({ at, step: { uses, if: condition } }) =>
                uses?.startsWith("actions/cache") && !requires(condition, "github.event_name != 'pull_request'") ? [at] : [],
            ),
        broken: [
            ["actions/setup/action.yml", " && github.event_name != 'pull_request'", ""],
            ["actions/setup/action.yml", "&& github.event_name", "|| github.event_name"],
        ],
    },
    {
        name: "the set-up reads no cache unless it is asked to",
        problems: files =>
            steps(files).flatMap(({ at, step: { uses, with: inputs } }) =>
                uses?.startsWith("actions/setup-node@") &&
                (inputs?.["cache"] !== "${{ inputs.cache }}" || inputs["package-manager-cache"] !== false)
                    ? [at]
                    : [],
            ),
        broken: [
            ["actions/setup/action.yml", "cache: ${{ inputs.cache }}", "cache: npm"],
            ["actions/setup/action.yml", "              package-manager-cache: false\n", ""],
        ],
    },
];

/** Jobs for a pull request that run this project's commands. */
/** Every command that looks at a stack, and one at least. */
function saysItOfAll({ steps: of = [] }: Job): boolean {
    const calls = of.flatMap(({ run = "" }) =>
        run.split("\n").filter(line => /\bnpm run .*(preflight --|review --|pipeline -- stacks)/.test(line)),
    );
    return calls.length > 0 && calls.every(line => line.includes("--change change"));
}

function judging(files: Files) {
    return jobs(files).filter(({ file, job }) => JUDGES.includes(file) && checkouts(job).length > 0);
}

function checkouts({ steps: of = [] }: Job) {
    return of.filter(({ uses }) => uses?.startsWith("actions/checkout@")).map(step => step.with ?? {});
}

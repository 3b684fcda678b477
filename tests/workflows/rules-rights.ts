import { Files, Job, calledFile, jobs, workflow, workflows } from "./files";
import { PINS, isNewer } from "./pins";
import type { Rule } from "./rule";

const PINNED = /^\s*(?:- )?uses: (?<action>[\w.-]+\/[\w.-]+)@(?<commit>[0-9a-f]{40}) # (?<tag>v\d+\.\d+\.\d+)$/;

/** Whose code runs, and with which rights on GitHub. */
export const RIGHTS_RULES: readonly Rule[] = [
    {
        name: "every action is pinned by the commit of its tag, and its tag is told beside it",
        problems: files =>
            [...files].flatMap(([file, text]) =>
                text
                    .split("\n")
                    .filter(
                        line => /^\s*(- )?uses:/.test(line) && !/uses: \.\//.test(line) && !line.includes("/.github/workflows/"),
                    )
                    .flatMap(line => pinProblems(line).map(problem => `${file}: ${problem}`)),
            ),
        broken: [
            ["workflows/check.yml", "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "actions/checkout@v7"],
            ["workflows/check.yml", "# v7.0.1", ""],
            ["workflows/check.yml", "# v7.0.1", "# v7.0.0"],
            ["actions/setup/action.yml", "pulumi/actions@8e5e406f", "pulumi/actions@9e5e406f"],
            ["workflows/check.yml", "actions/checkout@", "someone/checkout@"],
        ],
    },
    {
        name: "a workflow grants nothing; each job says what it needs",
        problems: files => [
            ...workflows(files).flatMap(([file, { permissions }]) =>
                JSON.stringify(permissions) === "{}" ? [] : [`${file}: permissions are ${JSON.stringify(permissions)}, not {}`],
            ),
            ...jobs(files).flatMap(({ at, job }) => (job.permissions === undefined ? [`${at} says no permissions`] : [])),
        ],
        broken: [
            ["workflows/drift.yml", "permissions: {}", "permissions: { contents: read }"],
            ["workflows/check.yml", "        permissions:\n            contents: read\n", ""],
        ],
    },
    {
        name: "a job's permissions are what its steps need, and no more",
        problems: files =>
            jobs(files).flatMap(({ at, job }) => {
                const needed = show(neededBy(files, job));
                const given = show(job.permissions ?? {});
                return needed === given ? [] : [`${at} is given ${given}; it needs ${needed}`];
            }),
        broken: [
            ["workflows/check.yml", "contents: read", "contents: write"],
            ["workflows/preview.yml", "            pull-requests: write # for the comment\n", ""],
            ["workflows/rollback.yml", "            id-token: write # for a role in AWS\n", ""],
            ["workflows/drift.yml", "issues: write # for the issue", "issues: write\n            pull-requests: write"],
        ],
    },
];

function pinProblems(line: string): string[] {
    const found = PINNED.exec(line)?.groups;
    if (found === undefined) return [`${line.trim()} is no "<action>@<commit> # <tag>"`];
    const { action = "", commit = "", tag = "" } = found;
    const known = PINS[action];
    if (known === undefined) return [`${action} is not among the known actions`];
    if (tag === known.tag) return commit === known.commit ? [] : [`${action} ${tag} is not ${commit}`];
    return isNewer(tag, known.tag) ? [] : [`${action} ${tag} is older than ${known.tag}`];
}

type Permissions = Readonly<Record<string, string>>;

function neededBy(files: Files, job: Job): Permissions {
    const called = calledFile(job);
    if (called !== undefined)
        return Object.assign(
            {},
            ...Object.values(workflow(files, called).jobs).map(inner => neededBy(files, inner)),
        ) as Permissions;
    const of = job.steps ?? [];
    const uses = (action: string) => of.some(step => step.uses?.startsWith(action));
    const runs = (text: string) => of.some(step => step.run?.includes(text));
    const reports = { comment: runs("comment --"), issue: runs("drift -- report"), images: runs("pipeline -- images") };
    return {
        ...(uses("actions/checkout@") && { contents: "read" }),
        ...(uses("aws-actions/configure-aws-credentials@") && { "id-token": "write" }),
        ...(Object.values(reports).includes(true) && { actions: "read" }),
        ...(runs("acknowledged --commit") && { "pull-requests": "read" }),
        ...(reports.comment && { "pull-requests": "write" }),
        ...(reports.issue && { issues: "write" }),
    };
}

function show(permissions: Permissions): string {
    return Object.entries(permissions)
        .map(([scope, access]) => `${scope}: ${access}`)
        .sort()
        .join(", ");
}

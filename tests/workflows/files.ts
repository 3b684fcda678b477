import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { PROJECT_FOLDER } from "../../settings";

export interface Step {
    readonly name?: string;
    readonly id?: string;
    readonly if?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly "working-directory"?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
}

export interface Concurrency {
    readonly group: string;
    readonly "cancel-in-progress": unknown;
    readonly queue?: string;
}

export interface Job {
    readonly env?: Readonly<Record<string, string>>;
    readonly name?: string;
    readonly needs?: string | readonly string[];
    readonly if?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly "timeout-minutes"?: number;
    readonly environment?: unknown;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly concurrency?: Concurrency;
    readonly steps?: readonly Step[];
}

export interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions?: unknown;
    readonly concurrency?: Concurrency;
    readonly defaults?: { readonly run?: { readonly shell?: string } };
    readonly jobs: Readonly<Record<string, Job>>;
}

/** The text of every file that GitHub Actions reads, and of the one that says whom AWS trusts, by its path below `.github`. */
export type Files = ReadonlyMap<string, string>;

export const SETUP = "actions/setup/action.yml";
export const ACCOUNT = "../bootstrap/Pulumi.main.yaml";

/** The files of a project. */
export function filesOf(project: string): Files {
    const folder = path.join(project, ".github");
    const names = [...readdirSync(path.join(folder, "workflows")).map(name => `workflows/${name}`), SETUP, ACCOUNT];
    return new Map(names.map(name => [name, readFileSync(path.join(folder, name), "utf8")]));
}

export const files = filesOf(PROJECT_FOLDER);

export const textOf = (from: Files, name: string): string => {
    const text = from.get(name);
    if (text === undefined) throw new Error(`.github/${name} does not exist`);
    return text;
};

/** The repository whose workflows the account trusts, and the branch that it trusts them on. */
export function trusted(from: Files): { readonly repository: string; readonly branch: string } {
    const { config } = contentOf(textOf(from, ACCOUNT)) as {
        readonly config: { readonly "fargate-bootstrap:github": { readonly repository: string; readonly branch?: string } };
    };
    return { branch: "main", ...config["fargate-bootstrap:github"] };
}

/** Parsed once for the same text: tests look at it and change nothing. */
const parsed = new Map<string, unknown>();
function contentOf(text: string): unknown {
    const known: unknown = parsed.get(text) ?? parse(text);
    parsed.set(text, known);
    return known;
}

export const workflow = (from: Files, name: string) => contentOf(textOf(from, `workflows/${name}`)) as Workflow;

/** Every workflow by its file's name. */
export function workflows(from: Files): [name: string, workflow: Workflow][] {
    return [...from.keys()]
        .filter(name => name.startsWith("workflows/"))
        .map(name => path.basename(name))
        .map(name => [name, workflow(from, name)]);
}

/** Every job, with a name to tell it by. */
export function jobs(from: Files): { readonly at: string; readonly file: string; readonly of: Workflow; readonly job: Job }[] {
    return workflows(from).flatMap(([file, of]) =>
        Object.entries(of.jobs).map(([id, job]) => ({ at: `${file} ${id}`, file, of, job })),
    );
}

/** Every step, those of the set-up too. */
export function steps(from: Files): { readonly at: string; readonly step: Step }[] {
    const setup = contentOf(textOf(from, SETUP)) as { readonly runs: { readonly steps: readonly Step[] } };
    return [
        ...jobs(from).flatMap(({ at, job }) => (job.steps ?? []).map(step => ({ at: `${at}: ${title(step)}`, step }))),
        ...setup.runs.steps.map(step => ({ at: `setup: ${title(step)}`, step })),
    ];
}

const title = ({ name, uses, run }: Step) => name ?? uses ?? run ?? "a step";

/** The workflow of this repository that a job calls, whether by path or by full name. */
export const calledFile = ({ uses }: Job): string | undefined => /\.github\/workflows\/([\w.-]+\.yml)(@|$)/.exec(uses ?? "")?.[1];

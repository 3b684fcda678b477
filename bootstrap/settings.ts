import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { PROJECT_FOLDER, fileBehind } from "../settings";
import { withAltered } from "../settings/altered";
import { readAws } from "../settings/aws";
import { knownKeys, regionProblems, section } from "../settings/configuration";
import { Problem, describeProblems, fromIssues } from "../settings/problems";
import type { StackFile } from "../settings/stack-file";
import { partitionProblems, ruleProblems } from "./rules";
import { BootstrapSettings, schema } from "./schema";

const NAMESPACE = "fargate-bootstrap";

/**
 * Reads the running stack's configuration, once.
 *
 * @throws pulumi.RunError that lists every problem, before anything exists.
 */
export function readSettings(): BootstrapSettings {
    const configuration = pulumi.runtime.allConfig();
    const stack = pulumi.getStack();
    const file =
        pulumi.runtime.getEngine() && fileBehind(configuration, { project: pulumi.getProject(), stack, root: __dirname });
    return settingsOf(file?.config ?? configuration, stack, projectOfStacks(), file);
}

/** The settings that a configuration, by full keys, amounts to. */
export function settingsOf(
    configuration: Readonly<Record<string, string>>,
    stack: string,
    project = projectOfStacks(),
    { altered = [], misplaced = [] }: Partial<Pick<StackFile, "altered" | "misplaced">> = {},
): BootstrapSettings {
    const values = section(configuration, NAMESPACE);
    const aws = section(configuration, "aws");
    const region = String(aws["region"]);
    const wrong = regionProblems(aws["region"]);
    const problems = wrong.length > 0 ? wrong : partitionProblems(region);

    const { data, error } = schema.safeParse(values);
    if (error !== undefined)
        problems.push(...fromIssues(error.issues, values, { keysAt: keys => knownKeys(schema, keys) }).problems.map(inNamespace));
    problems.unshift(...misplaced, ...readAws(configuration, [], {}).problems);
    problems.splice(0, Infinity, ...withAltered(problems, altered, byFullKey(values), byFullKey(data ?? {})));
    if (data === undefined) throw new pulumi.RunError(describeProblems(stack, problems));

    const { github, services, readers, environments } = data;
    const settings = {
        stack,
        region,
        aws,
        project,
        github: { ...github, subjectPrefix: github.subjectPrefix ?? `repo:${github.repository}` },
        services,
        readers,
        environments: Object.entries(environments)
            .map(([name, given]) => ({ name, ...given }))
            .sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
    problems.push(...ruleProblems(settings).map(inNamespace));
    if (problems.length > 0) throw new pulumi.RunError(describeProblems(stack, problems));
    return Object.freeze(settings);
}

/** The project's own file says its name. */
function projectOfStacks(): string {
    const { name } = parse(readFileSync(path.join(PROJECT_FOLDER, "Pulumi.yaml"), "utf8")) as { name: string };
    return name;
}

function byFullKey(values: object): Record<string, unknown> {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${NAMESPACE}:${key}`, value]));
}

function inNamespace({ path: [first = "", ...rest], ...problem }: Problem): Problem {
    return { ...problem, path: [`${NAMESPACE}:${first}`, ...rest] };
}

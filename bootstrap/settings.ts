import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { z } from "zod";
import { PROJECT_FOLDER } from "../settings";
import { Problem, describeProblems, fromIssues, show } from "../settings/problems";
import { ruleProblems } from "./rules";
import { BootstrapSettings, schema } from "./schema";

const NAMESPACE = "fargate-bootstrap";
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * Reads the running stack's configuration, once.
 *
 * @throws pulumi.RunError that lists every problem, before anything exists.
 */
export function readSettings(): BootstrapSettings {
    return settingsOf(pulumi.runtime.allConfig(), pulumi.getStack());
}

/** The settings that a configuration, by full keys, amounts to. */
export function settingsOf(
    configuration: Readonly<Record<string, string>>,
    stack: string,
    project = projectOfStacks(),
): BootstrapSettings {
    const values = section(configuration, NAMESPACE);
    const aws = section(configuration, "aws");
    const region = String(aws["region"]);
    const problems: Problem[] = REGION.test(region)
        ? []
        : [{ path: ["aws:region"], found: show(aws["region"]), allowed: "a region, such as ap-northeast-2" }];

    const { data, error } = schema.safeParse(values);
    if (error !== undefined) problems.push(...fromIssues(error.issues, values, knownKeys).map(inNamespace));
    if (data === undefined) throw new pulumi.RunError(describeProblems(stack, problems));

    const { github, services, environments } = data;
    const settings = {
        stack,
        region,
        aws,
        project,
        github: { ...github, subjectPrefix: github.subjectPrefix ?? `repo:${github.repository}` },
        services,
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

function section(configuration: Readonly<Record<string, string>>, namespace: string): Record<string, unknown> {
    const entries = Object.entries(configuration).filter(([key]) => key.startsWith(`${namespace}:`));
    return Object.fromEntries(entries.map(([key, value]) => [key.slice(namespace.length + 1), fromText(value)]));
}

function fromText(value: string): unknown {
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
}

function inNamespace({ path: [first = "", ...rest], ...problem }: Problem): Problem {
    return { ...problem, path: [`${NAMESPACE}:${first}`, ...rest] };
}

interface JsonSchema {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly additionalProperties?: JsonSchema;
    readonly items?: JsonSchema;
}

function knownKeys(at: readonly string[]): readonly string[] {
    const root = z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
    const node = at.reduce<JsonSchema | undefined>(
        (inner, key) => inner?.properties?.[key] ?? inner?.items ?? inner?.additionalProperties,
        root,
    );
    return Object.keys(node?.properties ?? {});
}

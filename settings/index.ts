import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { distance } from "fastest-levenshtein";
import { Configuration, knownKeys, regionProblems, section } from "./configuration";
import { Finding, HIDDEN, KeyPath, Problem, describeProblems, fromIssues, placesOf } from "./problems";
import { originalPlace, restsOn, without } from "./salvage";
import { CHECKS, Parsed, schemaFor, withDefaults } from "./stack";
import type { Settings } from "./types";

export type * from "./types";

/** Folder that paths in the configuration are relative to: the project's. */
export const PROJECT_FOLDER = path.dirname(__dirname);

const NAMESPACE = "fargate";

/** The SDK has this function and leaves it out of its types. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean };

/**
 * Reads the running stack's configuration, once, for the whole program.
 *
 * @throws pulumi.RunError that lists every problem, before anything exists.
 */
export function readSettings(): Settings {
    const configuration = pulumi.runtime.allConfig();
    const secretKeys = Object.keys(configuration).filter(isConfigSecret);
    return settingsOf(configuration, { project: pulumi.getProject(), stack: pulumi.getStack(), secretKeys });
}

export interface Origin {
    readonly project: string;
    readonly stack: string;
    /** Full keys that hold a `secure:` value, whole or in part. */
    readonly secretKeys?: readonly string[];
    /** @default the project's folder */
    readonly root?: string;
}

/** The settings that a configuration amounts to. Pure but for a look whether build contexts exist, and at what a boundary allows. */
export function settingsOf(
    configuration: Configuration,
    { project, stack, secretKeys = [], root = PROJECT_FOLDER }: Origin,
): Settings {
    const values = section(configuration, NAMESPACE);
    const aws = section(configuration, "aws");
    const region = typeof aws["region"] === "string" ? aws["region"] : "";

    const { parsed, issues, removed } = parseWhatIsWell(values);
    const settings = { project, stack, region, aws, ...withDefaults(parsed) };

    const ofRegion = regionProblems(aws["region"]);
    const untrusted = [...removed, ...ofRegion.map(problem => problem.path)];
    const isSecure = ([key = ""]: KeyPath) => secretKeys.includes(`${NAMESPACE}:${key}`);
    const quotesSecure = ({ path: [own], because = [] }: Finding) => because.some(keys => keys[0] !== own && isSecure(keys));
    const findings = CHECKS.flatMap(check => check({ settings, parsed, root }))
        .map(finding => ({ ...finding, path: originalPlace(finding.path, removed) }))
        .filter(finding => !restsOn(finding, untrusted) && !quotesSecure(finding));
    const told = [...issues, ...findings].map(problem => (isSecure(problem.path) ? { ...problem, found: HIDDEN } : problem));

    const problems = [...ofRegion, ...namespaceProblems(configuration), ...secureProblems(secretKeys), ...told];
    if (problems.length > 0) throw new pulumi.RunError(describeProblems(stack, problems));
    return deepFreeze(settings);
}

/** A mistyped namespace would be somebody else's, and nobody would miss what it says. */
function namespaceProblems(configuration: Configuration): Problem[] {
    return Object.keys(configuration).flatMap(key => {
        const [namespace = ""] = key.split(":", 1);
        const edits = distance(namespace, NAMESPACE);
        if (edits === 0 || edits > 2) return [];
        return [{ path: [key], found: `the namespace ${namespace}`, allowed: `did you mean ${NAMESPACE}?` }];
    });
}

/** Structured configuration hands secrets over in plain text, and a task definition would show them to everyone who may read it. */
function secureProblems(secretKeys: readonly string[]): Problem[] {
    return secretKeys
        .filter(key => key.startsWith(`${NAMESPACE}:`))
        .map(key => ({
            path: [key],
            found: "a secure value",
            allowed: "no secret in the configuration: store it in Secrets Manager or SSM and name its ARN under secrets",
        }));
}

/**
 * Everything that is wrong, and what is left when that is taken away: one mistake must not hide the others, which checks between keys find.
 */
function parseWhatIsWell(values: Readonly<Record<string, unknown>>): { parsed: Parsed; issues: Problem[]; removed: KeyPath[] } {
    const schema = schemaFor(values);
    let attempt: ReturnType<typeof schema.safeParse> = schema.safeParse(values);
    const issues = fromIssues(attempt.error?.issues ?? [], values, keys => knownKeys(schema, keys));
    const removed: KeyPath[] = [];
    for (let rest = values; !attempt.success; attempt = schemaFor(rest).safeParse(rest)) {
        const left = without(rest, attempt.error.issues.flatMap(placesOf));
        removed.push(...left.removed);
        rest = left.rest;
    }
    return { parsed: attempt.data, issues, removed };
}

function deepFreeze<T>(value: T): T {
    if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}

import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { distance } from "fastest-levenshtein";
import { withAltered } from "./altered";
import { awsSchema, readAws } from "./aws";
import { nativeCredentialProblems } from "./aws-credentials";
import { Configuration, knownKeys, regionProblems, section } from "./configuration";
import { meantBy, strayed, unkept, unkeptProblem } from "./misplaced";
import { Finding, HIDDEN, KeyPath, Meant, Problem, describeProblems, fromIssues, placesOf } from "./problems";
import { originalPlace, restsOn, without } from "./salvage";
import { CHECKS, Parsed, SCHEMAS, schemaFor, withDefaults } from "./stack";
import { StackFile, readStackFile } from "./stack-file";
import type { Settings } from "./types";
import { Altered, UnreadableFile } from "./yaml";

export type * from "./alarm-types";
export type { ScalingSettings, ScalingStep } from "./scaling";
export type * from "./network-types";
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
    const stack = pulumi.getStack();
    const project = pulumi.getProject();
    // A plan has no engine, and has read the file itself.
    const file = pulumi.runtime.getEngine() ? fileBehind(configuration, { project, stack }) : undefined;
    return settingsOf(file?.config ?? configuration, { ...file, project, stack, secretKeys });
}

/**
 * The stack's file beside the program, since what the engine hands over does not show what was written: `1.10` is 1.1, and a key at the top of the
 * file is nothing at all. Where the engine was given another file, nothing in here is told that is not so in that one.
 */
export function fileBehind(
    configuration: Configuration,
    { project, stack, root = PROJECT_FOLDER }: Origin,
): Pick<StackFile, "config" | "altered" | "misplaced"> | undefined {
    const name = path.join(root, `Pulumi.${stack}.yaml`);
    if (!existsSync(name)) return undefined;
    try {
        const { config, altered, misplaced } = readStackFile(readFileSync(name), project);
        const isComplete = Object.keys(config).every(key => Object.hasOwn(configuration, key));
        if (isComplete || misplaced.length === 0) return { config: configuration, altered, misplaced: [] };
        return { config: { ...config, ...configuration }, altered, misplaced };
    } catch (error) {
        if (error instanceof UnreadableFile) throw new pulumi.RunError(`${path.basename(name)} cannot be read: ${error.message}`);
        throw error;
    }
}

export interface Origin {
    readonly project: string;
    readonly stack: string;
    /** Full keys that hold a `secure:` value, whole or in part. */
    readonly secretKeys?: readonly string[];
    /** What reaches the program as something else than the file says, by full keys. */
    readonly altered?: readonly Altered[];
    /** What is wrong with the file's own form. */
    readonly misplaced?: readonly Problem[];
    /** @default the project's folder */
    readonly root?: string;
}

/** The settings that a configuration amounts to. Pure but for a look whether build contexts exist, and at what a boundary allows. */
export function settingsOf(
    configuration: Configuration,
    { project, stack, secretKeys = [], altered = [], misplaced = [], root = PROJECT_FOLDER }: Origin,
): Settings {
    const values = section(configuration, NAMESPACE);
    const { parsed, issues, removed, meant } = parseWhatIsWell(values);
    const { aws, problems: problemsOfAws, meant: meantOfAws } = readAws(configuration, secretKeys, parsed.tags);
    const region = typeof aws.region === "string" ? aws.region : "";
    const settings = { project, stack, region, aws, ...withDefaults(parsed) };

    const ofNamespaces = namespaceProblems(configuration);
    const absent = [...meantOfAws.map(([key = ""]) => [`aws:${key}`]), ...ofNamespaces.meant, ...meant];
    const ofRegion = absent.some(([key]) => key === "aws:region") ? [] : regionProblems(aws.region);
    const untrusted = [...removed, ...inEachService(absent, parsed), ...ofRegion.map(problem => problem.path)];
    const isSecure = ([key = ""]: KeyPath) => secretKeys.includes(`${NAMESPACE}:${key}`);
    const quotesSecure = ({ path: [own], because = [] }: Finding) => because.some(keys => keys[0] !== own && isSecure(keys));
    const findings = CHECKS.flatMap(check => check({ settings, parsed, root }))
        .map(finding => ({ ...finding, path: originalPlace(finding.path, removed) }))
        .filter(finding => !restsOn(finding, untrusted) && !quotesSecure(finding));
    const told = withAltered([...issues, ...findings], ofOwn(altered), values, parsed).map(problem =>
        isSecure(problem.path) ? { ...problem, found: HIDDEN } : problem,
    );
    const valuesOfAws = inNamespaces(section(configuration, "aws"));
    const toldOfAws = withAltered(problemsOfAws, altered, valuesOfAws, inNamespaces(aws));

    const problems = [
        ...misplaced,
        ...ofRegion,
        ...ofNamespaces.problems,
        ...nativeCredentialProblems(configuration),
        ...secureProblems(secretKeys),
        ...toldOfAws,
        ...told,
    ];
    if (problems.length > 0) throw new pulumi.RunError(describeProblems(stack, problems, { ...values, ...valuesOfAws }));
    return deepFreeze(settings);
}

/**
 * What can be read of a stack's settings, where services may be refused still: who makes what they lack reads with this.
 *
 * @throws pulumi.RunError where AWS or its region is not well said
 */
export function readableSettingsOf(configuration: Configuration, { project, stack, secretKeys = [] }: Origin): Settings {
    const { parsed } = parseWhatIsWell(section(configuration, NAMESPACE));
    const { aws, problems } = readAws(configuration, secretKeys, parsed.tags);
    const told = [...regionProblems(aws.region), ...problems];
    if (told.length > 0) throw new pulumi.RunError(describeProblems(stack, told, inNamespaces(section(configuration, "aws"))));
    return deepFreeze({ project, stack, region: String(aws.region), aws, ...withDefaults(parsed) });
}

/** Those of this project, by the keys of its schema. */
function ofOwn(altered: readonly Altered[]): Altered[] {
    const own = `${NAMESPACE}:`;
    return altered.flatMap(({ path: [key = "", ...rest], ...one }) =>
        key.startsWith(own) ? [{ ...one, path: [key.slice(own.length), ...rest] }] : [],
    );
}

function inNamespaces(aws: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(aws).map(([key, value]) => [`aws:${key}`, value]));
}

/** A mistyped namespace would be somebody else's, and nobody would miss what it says. */
function namespaceProblems(configuration: Configuration): { readonly problems: Problem[]; readonly meant: KeyPath[] } {
    const found = Object.keys(configuration).flatMap(key => {
        const [namespace = ""] = key.split(":", 1);
        const plain = namespace.trim().toLowerCase();
        if (namespace === NAMESPACE || namespace === "aws" || plain === "awsx") return [];
        const meant = distance(plain, NAMESPACE) <= 2 ? NAMESPACE : isNearAws(plain) ? "aws" : undefined;
        if (meant === undefined) return [];
        const problem = { path: [key], found: `the namespace ${namespace}`, allowed: `did you mean ${meant}?` };
        const name = key.slice(namespace.length + 1);
        return [{ problem, meant: [meant === NAMESPACE ? name : `${meant}:${name}`] }];
    });
    return { problems: found.map(({ problem }) => problem), meant: found.map(({ meant }) => meant) };
}

/** One edit away, or in another order. */
function isNearAws(plain: string): boolean {
    return distance(plain, "aws") <= 1 || ["asw", "was"].includes(plain);
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
function parseWhatIsWell(values: Readonly<Record<string, unknown>>): {
    parsed: Parsed;
    issues: Problem[];
    removed: KeyPath[];
    /** Keys that unknown ones were meant to be. */
    meant: readonly KeyPath[];
} {
    const schema = schemaFor(values);
    const vanishing = unkept(values);
    const stray = strayed(schema, values);
    const { rest: kept, removed } = without(values, [...vanishing, ...stray.places]);
    let attempt: ReturnType<typeof schema.safeParse> = schema.safeParse(kept);
    const known = {
        keysAt: (at: KeyPath) => knownKeys(schema, at),
        meantBy: (place: KeyPath, value: unknown) => ofAws(place) ?? meantBy(SCHEMAS, place, value),
    };
    const found = fromIssues(attempt.error?.issues ?? [], values, known);
    const issues = [...vanishing.map(unkeptProblem), ...stray.problems, ...found.problems];
    for (let rest = kept; !attempt.success; attempt = schemaFor(rest).safeParse(rest)) {
        const left = without(rest, attempt.error.issues.flatMap(placesOf));
        removed.push(...left.removed);
        rest = left.rest;
    }
    return { parsed: attempt.data, issues, removed, meant: found.meant };
}

/** A key that stands above the services may be meant for any of them. */
function inEachService(places: readonly KeyPath[], { services }: Parsed): KeyPath[] {
    return places.flatMap(place => {
        const [first = "", name, ...rest] = place;
        return name === "<name>" ? Object.keys(services).map(service => [first, service, ...rest]) : [place];
    });
}

/** A key without a namespace is this project's. */
function ofAws([key = "", ...deeper]: KeyPath): Meant | undefined {
    const isOne = deeper.length === 0 && Object.hasOwn(awsSchema.shape, key);
    return isOne ? { allowed: `it stands at aws:${key}`, places: [[`aws:${key}`]] } : undefined;
}

function deepFreeze<T>(value: T): T {
    if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}

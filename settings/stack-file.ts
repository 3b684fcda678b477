import { visible } from "../model/inert-text";
import { Problem, nearestOf, show } from "./problems";
import { Altered, readYaml } from "./yaml";

/** What a stack's file says, as the engine would hand it to the program. */
export interface StackFile {
    /** Full keys; values as text, what is no text as JSON. */
    readonly config: Readonly<Record<string, string>>;
    /** Full keys that hold a `secure:` value, whole or in part. */
    readonly secretKeys: readonly string[];
    /** By full keys. */
    readonly altered: readonly Altered[];
    /** What is wrong with the file's own form. What it puts in a wrong place is in `config` all the same, so that it is looked at. */
    readonly misplaced: readonly Problem[];
}

const TOP = ["config", "secretsprovider", "encryptedkey", "encryptionsalt", "environment"];
const DEEPER = "two spaces further in";

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Reads a `Pulumi.<stack>.yaml` of a project.
 *
 * @throws UnreadableFile where it is no YAML, or YAML that the engine does not read
 */
export function readStackFile(bytes: Uint8Array | string, project: string): StackFile {
    const { value, altered, anchored } = readYaml(bytes);
    const misplaced: Problem[] = [];
    const file = mappingAt([], value, misplaced);
    const config = new Map<string, { readonly name: string; readonly value: unknown }>();
    const places = new Map<string, string>();
    for (const { at, entries } of sectionsOf(file, anchored, misplaced)) {
        for (const [name, inner] of entries) {
            const key = fullKey(name, project);
            if (key === undefined)
                misplaced.push({ path: [`${name}:`], found: "a key with more than one colon", allowed: "<namespace>:<name>" });
            else if (config.has(key))
                misplaced.push({ path: [key], found: `${name}, beside ${config.get(key)?.name}`, allowed: "one of the two" });
            else config.set(key, { name, value: inner });
            if (key !== undefined) places.set([...at, name].join("\n"), key);
        }
    }
    const entries = [...config].map(([key, { value: inner }]) => [key, inner] as const);
    return {
        config: Object.fromEntries(entries.map(([key, inner]) => [key, textOf(inner)])),
        secretKeys: entries.filter(([, inner]) => hasSecure(inner)).map(([key]) => key),
        altered: altered.flatMap(({ path, ...rest }) => {
            const depth = path[0] !== undefined && places.has(path[0]) ? 1 : 2;
            const key = places.get(path.slice(0, depth).join("\n"));
            return key === undefined ? [] : [{ ...rest, path: [key, ...path.slice(depth)] }];
        }),
        misplaced,
    };
}

interface Section {
    /** Keys from the top of the file. */
    readonly at: readonly string[];
    readonly entries: readonly (readonly [string, unknown])[];
}

/** Where configuration stands, and where it was meant to stand. */
function sectionsOf(file: Mapping, anchored: readonly string[], misplaced: Problem[]): Section[] {
    const others = Object.keys(file).filter(key => !TOP.includes(key) && !anchored.includes(key));
    const keys = others.filter(key => key.includes(":"));
    const typo = Object.hasOwn(file, "config") ? undefined : others.find(key => nearestOf(key, TOP) === "config");
    const sections: Section[] = [{ at: ["config"], entries: Object.entries(mappingAt(["config"], file["config"], misplaced)) }];
    if (typo !== undefined) {
        misplaced.push({ path: ["config:"], found: `the key ${show(typo)}`, allowed: "did you mean config?" });
        sections.push({ at: [typo], entries: Object.entries(mappingAt([typo], file[typo], misplaced)) });
    }
    if (keys.length > 0) {
        const found = `${keys.map(show).join(", ")} at the top of the file`;
        const isMissing = !Object.hasOwn(file, "config") && typo === undefined;
        const allowed = isMissing ? `config: above them, and the keys ${DEEPER}` : `below config:, ${DEEPER}`;
        misplaced.push({ path: ["config:"], found: isMissing ? `nothing, and ${found}` : found, allowed });
        sections.push({ at: [], entries: keys.map(key => [key, file[key]]) });
    }
    for (const key of others.filter(each => each !== typo && !each.includes(":"))) {
        const allowed = `${TOP.join(", ")}; configuration stands below config:, ${DEEPER}, as fargate:<key>`;
        misplaced.push({ path: [`${visible(key)}:`], found: "a key at the top of the file that Pulumi does not know", allowed });
    }
    return sections;
}

function mappingAt(at: readonly string[], value: unknown, misplaced: Problem[]): Mapping {
    if (value === null || value === undefined) return {};
    if (typeof value === "object" && !Array.isArray(value)) return value as Mapping;
    misplaced.push({ path: [`${at[0] ?? "config"}:`], found: show(value), allowed: "a mapping of keys to values" });
    return {};
}

/** A key without a namespace is the project's; `<namespace>:config:<name>` is an old form. */
function fullKey(name: string, project: string): string | undefined {
    const [first = "", second, third, ...rest] = name.split(":");
    if (second === undefined) return `${project}:${first}`;
    if (third === undefined) return name;
    return second === "config" && rest.length === 0 ? `${first}:${third}` : undefined;
}

function textOf(value: unknown): string {
    if (typeof value === "string") return value;
    // The engine's text for nothing, at the top alone.
    return value === null ? "" : JSON.stringify(value);
}

/** Whether the engine finds a secret in there: a mapping with nothing but a text under `secure`. */
function hasSecure(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return false;
    const [only, ...others] = Object.entries(value);
    if (!Array.isArray(value) && only?.[0] === "secure" && others.length === 0 && typeof only[1] === "string") return true;
    return Object.values(value).some(hasSecure);
}

import * as pulumi from "@pulumi/pulumi";
import type { StackFiles } from "../cli/stack-files";
import { SettingChange, settingText } from "./savings";
import { Inventory, inventory } from "../inventory/inventory";
import { evaluate } from "../policy/evaluate";

/** Why a stack cannot have a setting; undefined where it can. */
export type Refusal = (change: SettingChange) => Promise<string | undefined>;

/**
 * Asks the program and the policy's rules about a changed setting: the settings may not allow it, and a rule may object to what it makes. What
 * rules object to already is not held against it. @param today YYYY-MM-DD
 */
export function refusals(found: Inventory, files: StackFiles, today: string): Refusal {
    const objections = ({ settings, resources }: Inventory) => {
        const { profile, policyExceptions: exceptions, turnedOff } = settings;
        const { findings } = evaluate(resources, { profile, exceptions, turnedOff, today });
        return findings.map(({ rule, resource, what }) => `policy rule ${rule}, ${resource}: ${what}`);
    };
    const before = objections(found);
    const ask: Refusal = async change => {
        try {
            const after = objections(await inventory(files.stack, withSetting(files, change)));
            return after.find(objection => !before.includes(objection));
        } catch (error) {
            if (!pulumi.RunError.isInstance(error)) throw error;
            return reasonOf(error.message);
        }
    };
    const asked = new Map<string, Promise<string | undefined>>();
    return change => {
        const key = settingText(change);
        const answer = asked.get(key) ?? ask(change);
        asked.set(key, answer);
        return answer;
    };
}

/** A stack's files with another value for one setting. */
function withSetting(files: StackFiles, { path: [top = "", ...below], value }: SettingChange): StackFiles {
    const key = `fargate:${top}`;
    const old: unknown = below.length === 0 ? undefined : JSON.parse(files.config[key] ?? "{}");
    return { ...files, config: { ...files.config, [key]: JSON.stringify(withValue(old, below, value)) } };
}

function withValue(holder: unknown, [key, ...below]: readonly string[], value: unknown): unknown {
    if (key === undefined) return value;
    const fields = (holder ?? {}) as Record<string, unknown>;
    return { ...fields, [key]: withValue(fields[key], below, value) };
}

/** The first problem of a configuration in one line, without the title above it. */
function reasonOf(message: string): string {
    const [title = "", problem = title, ...more] = message.replace(/\n +allowed:/g, ", allowed:").split("\n");
    const others = more.length === 0 ? "" : `; and ${more.length} more`;
    return `${problem.trim().replace(/ {2,}/g, " ")}${others}`;
}

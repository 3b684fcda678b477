import type { Resource } from "../inventory/resource";
import type { RuleName } from "../../settings/rule-names";
import { Graph } from "../inventory/graph";

export type Severity = "critical" | "high" | "medium" | "low";

/** How this program stands to a rule. */
export type Standing =
    /** It meets the rule in this file. */
    | { readonly is: "met"; readonly where: string }
    /** It makes nothing of the kind yet. The rule blocks as soon as it does. */
    | { readonly is: "absent"; readonly part: string }
    /** It cannot or should not meet the rule where `covers` says so; elsewhere the rule blocks. */
    | { readonly is: "excepted"; readonly reason: string; readonly covers: (resource: Resource) => boolean };

export interface About {
    readonly name: RuleName;
    /** What has to be so, as a sentence. */
    readonly title: string;
    /** AWS Security Hub's controls that ask for the same. */
    readonly controls: readonly string[];
    readonly severity: Severity;
    /** What could happen otherwise, as a sentence. */
    readonly reason: string;
    /** The next step, as a sentence. */
    readonly fix: string;
    readonly standing: Standing;
    /** Where the rule applies. @default every profile */
    readonly profile?: "production";
    /** Types of the resources that the rule is about. */
    readonly types: readonly string[];
}

/** Something that is not as a rule has it. */
export interface Found {
    readonly resource: Resource;
    /** What is wrong, as the start of a sentence. */
    readonly what: string;
}

export interface Rule extends About {
    /** `resource`: looks at one at a time, before the engine touches it. `stack`: looks at all of them together. */
    readonly scope: "resource" | "stack";
    readonly find: (stack: Graph) => readonly Found[];
}

/** A rule about one resource at a time; `check` says what is wrong with it. */
export function resourceRule({
    check,
    ...about
}: About & { readonly check: (resource: Resource) => string | readonly string[] | undefined }): Rule {
    const found = (resource: Resource): Found[] => {
        const wrong = check(resource) ?? [];
        return (typeof wrong === "string" ? [wrong] : wrong).map(what => ({ resource, what }));
    };
    return { ...about, scope: "resource", find: stack => stack.ofType(...about.types).flatMap(found) };
}

/** A rule about how the resources of a stack hang together. */
export function stackRule(rule: About & { readonly find: (stack: Graph) => readonly Found[] }): Rule {
    return { ...rule, scope: "stack" };
}

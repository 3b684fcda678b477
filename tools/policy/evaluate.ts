import type { PolicyException, TurnedOff } from "../../settings";
import type { Resource } from "../inventory/resource";
import type { Found, Rule, Severity } from "./rule";
import type { RuleName } from "../../settings/rule-names";
import { RULES } from "./rules";
import { Graph } from "../inventory/graph";
import { Refused, refusedOf } from "./exceptions";

/** What the rules are applied under. */
export interface Circumstances {
    readonly profile: "development" | "production";
    readonly exceptions: readonly PolicyException[];
    /**
     * Parts that a key of the stack file turns off, with its reason.
     *
     * @default none
     */
    readonly turnedOff?: readonly TurnedOff[];
    /** YYYY-MM-DD. An exception holds until its last day is over. */
    readonly today: string;
}

/** A resource that is not as a rule has it. */
export interface Finding {
    readonly rule: RuleName;
    readonly severity: Severity;
    /** AWS Security Hub's controls that ask for the same. */
    readonly controls: readonly string[];
    readonly urn: string;
    readonly type: string;
    /** Logical name, as an exception has it. */
    readonly resource: string;
    /** What is wrong. */
    readonly what: string;
    readonly reason: string;
    readonly fix: string;
}

/** A finding that somebody took responsibility for. */
export interface Excepted {
    readonly finding: Finding;
    readonly reason: string;
    /** Last day, YYYY-MM-DD; absent for a known conflict, which is written into its rule, and for what is turned off. */
    readonly until?: string;
    /** Key of the stack file that turns the part off, from `fargate:` down. */
    readonly key?: string;
}

export interface Verdict {
    /** They block. */
    readonly findings: readonly Finding[];
    readonly excepted: readonly Excepted[];
    /** Exceptions that do not hold. */
    readonly refused: readonly Refused[];
    /** Exceptions from something that is not there. */
    readonly unused: readonly PolicyException[];
    /** What would block the same resources in production, where this is none; it never blocks. */
    readonly inProduction: readonly Finding[];
}

/** Applies rules to resources. Pure: the day is given. */
export function evaluate(
    resources: readonly Resource[],
    { profile, exceptions, turnedOff = [], today }: Circumstances,
    rules: readonly Rule[] = RULES,
): Verdict {
    const stack = new Graph(resources);
    const refused = refusedOf(exceptions, today);
    const current = exceptions.filter(exception => !refused.some(one => one.exception === exception));
    const used = new Set<PolicyException>();
    const findings: Finding[] = [];
    const excepted: Excepted[] = [];

    for (const rule of rules.filter(({ profile: only }) => only === undefined || only === profile)) {
        const off = turnedOff.find(one => one.rule === rule.name);
        for (const found of rule.find(stack)) {
            const finding = findingOf(rule, found);
            const exception = current.find(candidate => covers(candidate, finding));
            if (rule.standing.is === "excepted" && rule.standing.covers(found.resource))
                excepted.push({ finding, reason: rule.standing.reason });
            else if (off !== undefined) excepted.push({ finding, reason: off.reason, key: off.key });
            else if (exception === undefined) findings.push(finding);
            else excepted.push({ finding, reason: exception.reason, until: exception.until });
            if (exception !== undefined) used.add(exception);
        }
    }
    const unused = current.filter(exception => !used.has(exception));
    const inProduction = rules.filter(({ profile: only }) => only !== undefined && only !== profile).flatMap(objectsTo);
    return { findings, excepted, refused, unused, inProduction };

    function objectsTo(rule: Rule): Finding[] {
        const { standing } = rule;
        const isKnown = (found: Found) => standing.is === "excepted" && standing.covers(found.resource);
        return rule
            .find(stack)
            .filter(found => !isKnown(found))
            .map(found => findingOf(rule, found));
    }
}

/** Whether a verdict keeps a stack from being deployed. */
export function blocks({ findings, refused }: Pick<Verdict, "findings" | "refused">): boolean {
    return findings.length > 0 || refused.length > 0;
}

/** A finding as one text. */
export function messageOf({ resource, what, reason, fix }: Finding): string {
    return `${resource}: ${what}. ${reason} Fix: ${fix}`;
}

function covers({ rule, resource }: PolicyException, finding: Finding): boolean {
    return rule === finding.rule && (resource === undefined || resource === finding.resource);
}

function findingOf({ name, severity, controls, reason, fix }: Rule, { resource, what }: Found): Finding {
    const { urn, type, name: logicalName } = resource;
    return { rule: name, severity, controls, urn, type, resource: logicalName, what, reason, fix };
}

import { colours as pc } from "../cli/colours";
import type { Declared } from "../inventory/inventory";
import type { Section } from "../inventory/section";
import type { PolicyException } from "../../settings";
import { Finding, Verdict, blocks, evaluate } from "./evaluate";
import { aboutText, newAmong, refusedText } from "./exceptions";
import { RULES } from "./rules";

const TABLE = "docs/controls.md";

/** What the rules say of a stack, and how many exceptions that rests on. */
export interface PolicyJson extends Verdict {
    readonly rules: number;
    readonly blocks: boolean;
    readonly exceptions: number;
    /** Those that a change brings, or gives longer; absent where there is no change to judge. */
    readonly newExceptions?: readonly PolicyException[];
}

/**
 * What the rules say about a stack.
 *
 * @param today YYYY-MM-DD
 * @param before the exceptions that a change finds. Default: there is no change
 */
export function policySection(
    { settings, resources }: Declared,
    today: string,
    before?: readonly PolicyException[],
): Section<PolicyJson> {
    const { profile, policyExceptions: exceptions, turnedOff } = settings;
    const verdict = evaluate(resources, { profile, exceptions, turnedOff, today });
    const newExceptions = before && newAmong(exceptions, before);
    const json = { ...verdict, rules: RULES.length, blocks: blocks(verdict), exceptions: exceptions.length, newExceptions };
    return {
        title: "Policy",
        summary: headline(json),
        text: describe(json),
        json,
        blocks: json.blocks,
        isLoud: newExceptions !== undefined && newExceptions.length > 0,
    };
}

function describe({ findings, excepted, refused, unused, inProduction, newExceptions = [] }: PolicyJson): string {
    const off = excepted.filter(({ key }) => key !== undefined);
    const conflicts = excepted.filter(({ until, key }) => until === undefined && key === undefined);
    const chosen = excepted.filter(({ until }) => until !== undefined);
    const known = conflicts.map(({ finding }) => finding);
    const others = [
        ...named(count(known.length, "known conflict"), known),
        ...named(count(inProduction.length, "finding", "that would block production"), inProduction),
    ];
    return [
        ...newExceptions.map(exception =>
            pc.yellow(`new exception until ${exception.until}: ${aboutText(exception)} (${exception.reason})`),
        ),
        ...together(findings).flatMap(findingLines),
        ...refused.map(one => `${pc.red("✗")} ${refusedText(one)}`),
        ...lettingPass(chosen, ({ until }) => `excepted until ${until ?? ""}`),
        ...lettingPass(off, ({ key }) => `off by fargate:${key ?? ""}`),
        ...unused.map(exception => pc.yellow(`unused exception: ${aboutText(exception)} finds nothing; remove it`)),
        ...(others.length === 0 ? [] : [...others, `${TABLE} tells more of each`].map(pc.dim)),
    ].join("\n");
}

/** What is let pass, and by what; a line for all resources of which the same is said. */
function lettingPass(excepted: Verdict["excepted"], by: (one: Verdict["excepted"][number]) => string): string[] {
    const groups = grouped(excepted, one => [by(one), one.finding.rule, one.finding.what, one.reason].join("\n"));
    return groups.map(([first, ...others]) => {
        const { rule, what } = first.finding;
        const on = [first, ...others].map(({ finding }) => finding.resource).join(", ");
        return pc.yellow(`${by(first)}: ${rule} on ${on}, ${what} (${first.reason})`);
    });
}

/** One finding for all resources of which the same is said. */
function together(findings: readonly Finding[]): Finding[] {
    const groups = grouped(findings, ({ rule, what, reason, fix }) => [rule, what, reason, fix].join("\n"));
    return groups.map(group => ({ ...group[0], resource: group.map(({ resource }) => resource).join(", ") }));
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): [T, ...T[]][] {
    const groups = new Map<string, [T, ...T[]]>();
    for (const one of all) {
        const group = groups.get(keyOf(one));
        if (group === undefined) groups.set(keyOf(one), [one]);
        else group.push(one);
    }
    return [...groups.values()];
}

/** A number of findings, with the rules that have them, and how often where one has several. */
function named(number: string, findings: readonly Finding[]): string[] {
    const times = new Map<string, number>();
    for (const { rule } of findings) times.set(rule, (times.get(rule) ?? 0) + 1);
    const rules = [...times].map(([rule, found]) => (found === 1 ? rule : `${rule} (${found})`));
    return rules.length === 0 ? [] : [`${number}: ${rules.join(", ")}`];
}

function headline(json: PolicyJson): string {
    const { findings, refused, exceptions, excepted } = json;
    const total = findings.length + refused.length;
    const off = excepted.flatMap(({ key }) => key ?? []).map(key => `fargate:${key}`);
    const holding = [
        ...(exceptions === refused.length ? [] : [exceptionsText(json)]),
        ...(off.length === 0 ? [] : [`${off.join(", ")} ${off.length === 1 ? "is" : "are"} set`]),
    ];
    if (total > 0) {
        const objections = [count(findings.length, "finding"), count(refused.length, "refused exception")];
        const objection = `${objections.filter(part => part !== "").join(" and ")} ${total === 1 ? "blocks" : "block"} this stack`;
        return pc.red([objection, ...holding].join("; "));
    }
    return holding.length === 0
        ? pc.green(`${RULES.length} rules, nothing to object to`)
        : pc.yellow([...holding, `nothing else by ${RULES.length} rules`].join("; "));
}

/** `3 exceptions, 2 of them new, let 5 findings pass` */
function exceptionsText({ exceptions, refused, excepted, newExceptions = [] }: PolicyJson): string {
    const holding = exceptions - refused.length;
    const passed = excepted.filter(({ until }) => until !== undefined).length;
    const fresh = newExceptions.filter(exception => !refused.some(one => one.exception === exception)).length;
    const among = fresh === 0 ? "" : `, ${fresh} of them new,`;
    return `${count(holding, "exception")}${among} ${holding === 1 ? "lets" : "let"} ${count(passed, "finding") || "no finding"} pass`;
}

function findingLines({ severity, rule, controls, resource, what, reason, fix }: Finding): string[] {
    const ids = controls.length === 0 ? "" : ` ${controls.join(" ")}`;
    return [
        `${pc.red("✗")} ${pc.bold(resource)}: ${what}  ${pc.dim(`${severity} · ${rule}${ids}`)}`,
        `  ${reason}`,
        `  Fix: ${fix}`,
    ];
}

function count(number: number, noun: string, rest = ""): string {
    if (number === 0) return "";
    return [`${number} ${noun}${number === 1 ? "" : "s"}`, rest].filter(part => part !== "").join(" ");
}

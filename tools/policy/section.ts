import { colours as pc } from "../cli/colours";
import type { Inventory } from "../inventory/inventory";
import type { Section } from "../inventory/section";
import { Finding, Verdict, blocks, evaluate, expiredText } from "./evaluate";
import { RULES } from "./rules";

const TABLE = "docs/controls.md";

/** What the rules say about a stack. @param today YYYY-MM-DD */
export function policySection(
    { settings, resources }: Inventory,
    today: string,
): Section<Verdict & { readonly rules: number; readonly blocks: boolean }> {
    const { profile, policyExceptions: exceptions } = settings;
    const verdict = evaluate(resources, { profile, exceptions, today });
    const isBlocked = blocks(verdict);
    return {
        title: "Policy",
        summary: headline(verdict),
        text: describe(verdict),
        json: { ...verdict, rules: RULES.length, blocks: isBlocked },
        blocks: isBlocked,
    };
}

function describe(verdict: Verdict): string {
    const { findings, excepted, expired, unused, notYet } = verdict;
    const conflicts = excepted.filter(({ until }) => until === undefined);
    const chosen = excepted.filter(({ until }) => until !== undefined);
    const known = conflicts.map(({ finding }) => finding);
    const others = [
        ...named(count(known.length, "known conflict"), known),
        ...named(count(notYet.length, "finding", "about parts that are not built yet"), notYet),
    ];
    return [
        ...findings.flatMap(findingLines),
        ...expired.map(exception => `${pc.red("✗")} ${expiredText(exception)}`),
        ...chosen.map(({ finding, reason, until }) =>
            pc.dim(`excepted until ${until ?? ""}: ${finding.rule} on ${finding.resource}, ${finding.what} (${reason})`),
        ),
        ...unused.map(({ rule, resource }) =>
            pc.yellow(`unused exception: ${rule}${resource === undefined ? "" : ` on ${resource}`} finds nothing; remove it`),
        ),
        ...(others.length === 0 ? [] : [...others, `${TABLE} tells more of each`].map(pc.dim)),
    ].join("\n");
}

/** A number of findings, with the rules that have them. */
function named(number: string, findings: readonly Finding[]): string[] {
    const rules = [...new Set(findings.map(({ rule }) => rule))];
    return rules.length === 0 ? [] : [`${number}: ${rules.join(", ")}`];
}

function headline({ findings, expired }: Verdict): string {
    if (!blocks({ findings, expired })) return pc.green(`${RULES.length} rules, nothing to object to`);
    const objections = [count(findings.length, "finding"), count(expired.length, "expired exception")];
    const total = findings.length + expired.length;
    return pc.red(`${objections.filter(part => part !== "").join(" and ")} ${total === 1 ? "blocks" : "block"} this stack`);
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

import assert from "node:assert/strict";
import { Circumstances, Verdict, evaluate } from "../../tools/policy/evaluate";
import type { Resource } from "../../tools/inventory/resource";
import type { Rule } from "../../tools/policy/rule";
import { RULES } from "../../tools/policy/rules";
import type { RuleName } from "../../settings/rule-names";
import { Change, programOf } from "./resources";

export interface Proof {
    /** Resources that are as the rule has it, by what they show. */
    readonly meets: Readonly<Record<string, readonly Resource[]>>;
    /** Resources that are not, by what they show, with what the rule says about them. */
    readonly breaks: Readonly<Record<string, readonly [resources: readonly Resource[], what: RegExp]>>;
    /** Resources whose decisive value only the deployment will tell. */
    readonly unknown?: readonly Resource[];
    /** This program without the line that protects it. Needed where the program meets the rule. */
    readonly broken?: {
        readonly by: Change;
        /** @default prod */
        readonly stack?: "dev" | "prod";
        /** Rules that have to fire too. */
        readonly with?: readonly RuleName[];
    };
}

const PRODUCTION: Circumstances = { profile: "production", exceptions: [], today: "2026-01-01" };
const DEVELOPMENT: Circumstances = { ...PRODUCTION, profile: "development" };

export function ruleNamed(name: RuleName): Rule {
    const rule = RULES.find(each => each.name === name);
    assert.ok(rule, `${name} is in no list of tools/policy/rules`);
    return rule;
}

/** Shows that a rule passes what is right, finds what is wrong, and stands to this program as it says it does. */
export function prove(name: RuleName, { meets, breaks, unknown, broken }: Proof): void {
    const rule = ruleNamed(name);
    const { standing } = rule;

    describe(`policy rule ${name}`, () => {
        for (const [label, resources] of Object.entries(meets)) {
            it(`passes ${label}`, () => {
                assert.deepEqual(whats(judge(rule, resources)), []);
            });
        }
        for (const [label, [resources, what]] of Object.entries(breaks)) {
            it(`finds ${label}`, () => {
                const found = whats(judge(rule, resources));
                assert.equal(found.length, 1, `one finding, not ${JSON.stringify(found)}`);
                assert.match(found[0] ?? "", what);
            });
        }
        if (unknown !== undefined) {
            it("says nothing about what is not known yet", () => {
                assert.deepEqual(whats(judge(rule, unknown)), []);
            });
        }
        it("looks at the types that it names, and at no others", () => {
            for (const [resources] of Object.values(breaks)) {
                const { findings, excepted } = judge(rule, resources);
                for (const { type } of [...findings, ...excepted.map(({ finding }) => finding)])
                    assert.ok(rule.types.includes(type), `${type} is not among the rule's types`);
            }
        });
        switch (standing.is) {
            case "met":
                it("fires where this program lacks the line that protects it", async () => {
                    assert.ok(broken, "the proof lacks `broken`");
                    const stack = broken.stack ?? "prod";
                    const verdict = evaluate(broken.by(await programOf(stack)), stack === "prod" ? PRODUCTION : DEVELOPMENT);
                    assert.deepEqual(ruleNames(verdict), [name, ...(broken.with ?? [])].sort());
                });
                break;
            case "absent":
                it("is about something that this program does not make: else its standing has to change", async () => {
                    const all = [...(await programOf("dev")), ...(await programOf("prod"))];
                    assert.deepEqual(
                        all.filter(({ type }) => rule.types.includes(type)),
                        [],
                    );
                });
                break;
            case "excepted":
                it("is excepted in this program, for the reason that it gives", async () => {
                    const { findings, excepted } = judge(rule, await programOf("prod"));
                    assert.deepEqual(findings, []);
                    assert.ok(excepted.length > 0);
                    for (const { reason, until } of excepted) {
                        assert.equal(reason, standing.reason);
                        assert.equal(until, undefined);
                    }
                });
        }
    });
}

function judge(rule: Rule, resources: readonly Resource[]): Verdict {
    return evaluate(resources, PRODUCTION, [rule]);
}

function whats({ findings, excepted }: Verdict): string[] {
    return [...findings, ...excepted.map(({ finding }) => finding)].map(({ what }) => what);
}

function ruleNames({ findings }: Verdict): string[] {
    return [...new Set(findings.map(({ rule }) => rule))].sort();
}

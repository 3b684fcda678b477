import assert from "node:assert/strict";
import { Firewall, firewallRules } from "../../model/firewall";

const FIREWALL: Firewall = { mode: "block", rateLimit: 2000, allowCidrs: [], blockCidrs: [] };
const NONE = { blocked: [], allowed: [] };
const SETS = { blocked: ["arn:b4"], allowed: ["arn:a4", "arn:a6"] };

const actions = (firewall: Firewall) =>
    Object.fromEntries(
        firewallRules(firewall, SETS).map(rule => [rule.name, "action" in rule ? rule.action : rule.overrideAction]),
    );

describe("the rules of a firewall", () => {
    it("are four by default, since each costs", () => {
        assert.deepEqual(
            firewallRules(FIREWALL, NONE).map(({ name }) => name),
            ["rate-limit", "ip-reputation", "known-bad-inputs", "core-rules"],
        );
    });

    it("stop what they match, but what is let through before", () => {
        const stop = { block: {} };
        const asTheySay = { none: {} };
        assert.deepEqual(actions(FIREWALL), {
            blocked: stop,
            allowed: { allow: {} },
            "rate-limit": stop,
            "ip-reputation": asTheySay,
            "known-bad-inputs": asTheySay,
            "core-rules": asTheySay,
        });
    });

    it("stop nothing while they count", () => {
        const { allowed, ...others } = actions({ ...FIREWALL, mode: "count" });
        for (const [name, action] of Object.entries(others)) assert.deepEqual(action, { count: {} }, name);
        assert.deepEqual(allowed, { allow: {} });
    });

    it("try blocked addresses first and allowed ones second, and have priorities that a further list does not change", () => {
        const all = firewallRules(FIREWALL, SETS);
        assert.deepEqual(all.map(({ name, priority }) => [name, priority]).slice(0, 2), [
            ["blocked", 0],
            ["allowed", 1],
        ]);
        const priorities = all.map(({ priority }) => priority);
        assert.deepEqual(priorities, [...new Set(priorities)].sort());
        assert.deepEqual(firewallRules(FIREWALL, NONE), all.slice(2));
    });

    it("are one a list, whichever families it has", () => {
        const [blocked, allowed] = firewallRules(FIREWALL, SETS).map(({ statement }) => statement);
        const set = (arn: string) => ({ ipSetReferenceStatement: { arn } });
        assert.deepEqual(blocked, set("arn:b4"));
        assert.deepEqual(allowed, { orStatement: { statements: [set("arn:a4"), set("arn:a6")] } });
    });

    it("limit an address to its requests in five minutes", () => {
        const [rate] = firewallRules({ ...FIREWALL, rateLimit: 500 }, NONE);
        assert.deepEqual(rate?.statement, {
            rateBasedStatement: { limit: 500, evaluationWindowSec: 300, aggregateKeyType: "IP" },
        });
    });

    it("count bodies over 8 KB and never stop them", () => {
        assert.deepEqual(firewallRules(FIREWALL, NONE).at(-1)?.statement, {
            managedRuleGroupStatement: {
                vendorName: "AWS",
                name: "AWSManagedRulesCommonRuleSet",
                ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
            },
        });
    });

    it("are measured and sampled, each by its name", () => {
        for (const { name, visibilityConfig } of firewallRules(FIREWALL, SETS))
            assert.deepEqual(visibilityConfig, {
                metricName: name,
                cloudwatchMetricsEnabled: true,
                sampledRequestsEnabled: true,
            });
    });
});

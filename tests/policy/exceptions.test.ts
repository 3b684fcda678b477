import assert from "node:assert/strict";
import type { StackValidationArgs } from "@pulumi/policy";
import type { Circumstances } from "../../policy/circumstances";
import { exceptionPolicies } from "../../policy/exceptions";
import type { PolicyException } from "../../settings";

const TODAY = "2026-11-22";
const RESOURCES = [{ urn: "urn:pulumi:dev::fargate::pulumi:pulumi:Stack::fargate-dev" }] as StackValidationArgs["resources"];
const HOLDS: PolicyException = { rule: "services-roll-back", resource: "web", reason: "A trial.", until: "2026-12-31" };

/** What the pack says, by policy. */
const told = (...exceptions: readonly PolicyException[]) => toldUnder({ exceptions });

async function toldUnder(given: Pick<Circumstances, "exceptions" | "turnedOff">) {
    const policies = exceptionPolicies(() => ({ profile: "production", ...given, today: TODAY }));
    const reports = policies.map(async ({ name, enforcementLevel, validateStack }) => {
        const messages: string[] = [];
        assert.ok(typeof validateStack === "function");
        await validateStack({ resources: RESOURCES } as StackValidationArgs, message => messages.push(message));
        return [name, { enforcementLevel, messages }] as const;
    });
    return Object.fromEntries(await Promise.all(reports));
}

describe("exceptions in a policy pack", () => {
    it("are counted with every preview, and block nothing while they hold", async () => {
        const { exceptions, "exceptions-hold": hold } = await told(HOLDS, { ...HOLDS, resource: undefined });
        assert.deepEqual(exceptions, {
            enforcementLevel: "advisory",
            messages: [
                "1 of 2 exceptions, until 2026-12-31: services-roll-back on web (A trial.)",
                "2 of 2 exceptions, until 2026-12-31: services-roll-back (A trial.)",
            ],
        });
        assert.deepEqual(hold?.messages, []);
    });

    it("are told with what a key of the stack file turns off", async () => {
        const turnedOff = [
            { key: "firewall.off", rule: "load-balancers-have-a-firewall", reason: "CloudFront has one." } as const,
        ];
        const { exceptions } = await toldUnder({ exceptions: [], turnedOff });
        assert.deepEqual(exceptions?.messages, [
            "off by fargate:firewall.off: load-balancers-have-a-firewall (CloudFront has one.)",
        ]);
    });

    it("block when they have ended, last too long, or excuse a critical rule everywhere", async () => {
        const { "exceptions-hold": hold } = await told(
            { ...HOLDS, until: "2026-11-21" },
            { ...HOLDS, until: "9999-12-31" },
            { ...HOLDS, rule: "no-task-passes-roles", resource: undefined },
        );
        assert.equal(hold?.enforcementLevel, "mandatory");
        assert.match(hold.messages.join("\n"), /ended on 2026-11-21[^]*lasts until 9999-12-31[^]*names no resource/);
        assert.equal(hold.messages.length, 3);
    });
});

import assert from "node:assert/strict";
import type { StackValidationArgs } from "@pulumi/policy";
import { Configured, Estimate, costPolicies } from "../../policy/cost";

const RESOURCES = [{ urn: "urn:pulumi:dev::fargate::pulumi:pulumi:Stack::fargate-dev" }] as StackValidationArgs["resources"];

/** What the pack says of a stack, by policy; `estimate` is made in place of the one in a process of its own. */
export async function told(
    configured: () => Configured,
    estimate?: (configured: Configured) => Promise<Estimate>,
): Promise<Record<string, string[]>> {
    const policies = costPolicies(configured, estimate);
    const reports = policies.map(async ({ name, validateStack }) => {
        const messages: string[] = [];
        assert.ok(typeof validateStack === "function");
        await validateStack({ resources: RESOURCES } as StackValidationArgs, message => messages.push(message));
        return [name, messages] as const;
    });
    return Object.fromEntries(await Promise.all(reports));
}

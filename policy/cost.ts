import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import type { ReportViolation, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import type { configurationOf } from "./circumstances";

/** What a stack's configuration says, and whose it is. */
export type Configured = ReturnType<typeof configurationOf>;

/** What a stack costs, as the engine shows it. */
export interface Estimate {
    /** In one line. */
    readonly summary: string;
    /** Why its budget forbids to deploy it; absent where it may be. */
    readonly objection?: string;
}

/** The policies that tell a stack's cost with every preview, and block where its budget does not hold. `configured` gets a URN of the stack. */
export function costPolicies(
    configured: (urn: string) => Configured,
    run: (configured: Configured) => Promise<Estimate> = runEstimate,
): StackValidationPolicy[] {
    let estimate: Promise<Estimate> | undefined;
    const report =
        (say: (estimate: Estimate) => string | undefined) =>
        async ({ resources }: StackValidationArgs, tell: ReportViolation) => {
            const [first] = resources;
            if (first === undefined) return;
            estimate ??= estimateOf(() => configured(first.urn), run);
            const text = say(await estimate);
            if (text !== undefined) tell(text);
        };
    return [
        {
            name: "cost",
            description: "What the stack costs a month, by list prices.",
            enforcementLevel: "advisory",
            validateStack: report(({ summary }) => summary),
        },
        {
            name: "cost-is-within-budget",
            description: "The expected cost is within fargate:budget.",
            enforcementLevel: "mandatory",
            validateStack: report(({ objection }) => objection),
        },
    ];
}

/** Where nobody can tell what the stack costs, a budget does not hold. */
async function estimateOf(configured: () => Configured, run: (configured: Configured) => Promise<Estimate>): Promise<Estimate> {
    let hasBudget = false;
    try {
        const given = configured();
        hasBudget = given.config["fargate:budget"] !== undefined;
        return await run(given);
    } catch (error) {
        const { stderr, message } = error as Error & { readonly stderr?: string };
        const summary = `unknown: ${stderr?.trim() || message}`;
        return hasBudget ? { summary, objection: `fargate:budget is set, and the cost is ${summary}` } : { summary };
    }
}

/** In a process of its own: the SDK has one set of mocks a process, and this one serves the engine. */
async function runEstimate(configured: Configured): Promise<Estimate> {
    const run = promisify(execFile)(process.execPath, ["-r", "sucrase/register/ts", path.join(__dirname, "estimate.ts")], {
        cwd: path.dirname(__dirname),
        env: { ...process.env, NO_COLOR: "1" },
    });
    run.child.stdin?.end(JSON.stringify(configured));
    return JSON.parse((await run).stdout) as Estimate;
}

import { policySection } from "../policy/section";
import { costSection } from "../cost/section";
import type { StackFiles } from "../cli/stack-files";
import { inventory } from "../inventory/inventory";
import { indented, sectionText } from "../inventory/section";
import { planOf } from "./tree";
import { describePlan } from "./text";

/** Everything that is known of a stack before it exists: its resources, what it costs, and what the policy rules say. */
export interface PlanReport {
    readonly text: string;
    /** The same as data. */
    readonly json: Readonly<Record<string, unknown>>;
    /** The budget is exceeded or nobody can tell, or a policy rule blocks. */
    readonly fails: boolean;
}

/**
 * @param today YYYY-MM-DD, for exceptions that end
 * @param files by default those of this project
 * @param width of the terminal, in columns
 * @param now after which jobs run next
 */
export async function planReport(
    stack: string,
    today: string,
    files?: StackFiles,
    width?: number,
    now = new Date(),
): Promise<PlanReport> {
    const found = await inventory(stack, files);
    const plan = planOf(found, now);
    const cost = costSection(found, width);
    const policy = policySection(found, today);
    return {
        text: [describePlan(plan, width), sectionText(cost), sectionText({ ...policy, text: indented(policy.text) })].join(
            "\n\n",
        ),
        json: { ...plan, cost: cost.json, policy: policy.json },
        fails: cost.blocks || policy.blocks,
    };
}

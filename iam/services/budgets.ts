import { Scope } from "../scope";
import { stackPrefix } from "../../model/names";
import { partitionOf } from "../../model/partitions";
import type { AwsService } from "./actions";

/** IAM's word for whatever makes, changes and removes a budget, its notifications and who is told (service authorization reference, AWS Budget Service). */
const MODIFY = ["budgets:ModifyBudget"];

/** The budget, by its name. */
export const BUDGETS: AwsService = {
    types: {
        "aws:budgets/budget:Budget": {
            create: MODIFY,
            read: ["budgets:ListTagsForResource", "budgets:ViewBudget"],
            update: MODIFY,
            delete: MODIFY,
            tag: ["budgets:TagResource", "budgets:UntagResource"],
        },
    },
    lookUps: {},
    limits: [
        {
            sid: "OwnBudget",
            actions: [
                "budgets:ListTagsForResource",
                "budgets:ModifyBudget",
                "budgets:TagResource",
                "budgets:UntagResource",
                "budgets:ViewBudget",
            ],
            on: budgets,
        },
    ],
};

/** They are in no region. */
function budgets({ project, stacks, region, account }: Scope): string[] {
    return stacks.map(stack => `arn:${partitionOf(region)}:budgets::${account}:budget/${stackPrefix({ project, stack })}`);
}

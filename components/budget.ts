import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { COMPONENT, Deployment, stackPrefix } from "../model/names";
import { costTag } from "../model/tags";

export interface BudgetArgs {
    /** Whose costs count. */
    readonly deployment: Deployment;
    /** USD a month. */
    readonly monthlyUsd: number;
    /** ARN of the topic that is told, in the same account; its policy lets in `budgets.amazonaws.com`. */
    readonly topicArn: pulumi.Input<string>;
}

/**
 * A budget of AWS over what the stack spends in a month, by its tag `stack`. It sees nothing before the account that pays has activated that tag as a
 * cost allocation tag, and then what is spent from that day on.
 *
 * Cost: nothing; a budget without actions is free.
 *
 * @example
 * ```ts
 * import { Budget } from "./components/budget";
 *
 * new Budget("stack-budget", {
 *     deployment: { project: "shop", stack: "staging" },
 *     monthlyUsd: 200,
 *     topicArn: "arn:aws:sns:ap-northeast-2:123456789012:shop-staging-alarms",
 * });
 * ```
 */
export class Budget extends pulumi.ComponentResource {
    constructor(name: string, args: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
        const { deployment, monthlyUsd, topicArn } = args;
        super(COMPONENT.budget, name, { monthlyUsd }, opts);

        new aws.budgets.Budget(
            name,
            {
                name: stackPrefix(deployment),
                budgetType: "COST",
                timeUnit: "MONTHLY",
                limitAmount: String(monthlyUsd),
                limitUnit: "USD",
                costFilters: [{ name: "TagKeyValue", values: [costTag(deployment)] }],
                // Or a stack would be told of only once the account's credits are used up.
                costTypes: { includeCredit: false, includeRefund: false },
                notifications: ALERTS.map(alert => ({
                    ...alert,
                    comparisonOperator: "GREATER_THAN",
                    thresholdType: "PERCENTAGE",
                    subscriberSnsTopicArns: [topicArn],
                })),
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}

/** AWS forecasts nothing before some five weeks of costs (Cost Management user guide, AWS Budgets best practices): until then 80 percent is the early one. */
const ALERTS = [
    { notificationType: "ACTUAL", threshold: 80 },
    { notificationType: "FORECASTED", threshold: 100 },
    { notificationType: "ACTUAL", threshold: 100 },
] as const;

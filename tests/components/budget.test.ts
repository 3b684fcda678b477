import assert from "node:assert/strict";
import { Budget, BudgetArgs } from "../../components/budget";
import { defaultTags } from "../../model/tags";
import { cached, declare } from "../support/declared";

const DEPLOYMENT = { project: "fargate", stack: "prod" };
const TOPIC = "arn:aws:sns:ap-northeast-2:123456789012:fargate-prod-alarms";
const ARGS: BudgetArgs = { deployment: DEPLOYMENT, monthlyUsd: 200.5, topicArn: TOPIC };

const made = cached((changes: Partial<BudgetArgs> = {}) => declare(() => new Budget("stack-budget", { ...ARGS, ...changes })));
const inputs = async (changes: Partial<BudgetArgs> = {}) => (await made(changes)).inputs("budgets.Budget stack-budget");

describe("the budget of a stack", () => {
    it("is one of costs a month, under the stack's name", async () => {
        assert.deepEqual((await made()).list, ["Budget stack-budget", "budgets.Budget stack-budget"]);
        const { name, budgetType, timeUnit, limitAmount, limitUnit } = await inputs();
        assert.deepEqual(
            [name, budgetType, timeUnit, limitAmount, limitUnit],
            ["fargate-prod", "COST", "MONTHLY", "200.5", "USD"],
        );
    });

    it("writes every amount that a stack's file may hold as AWS wants it", async () => {
        for (const monthlyUsd of [0.01, 300, 123456.78, 1e9])
            assert.match(String((await inputs({ monthlyUsd }))["limitAmount"]), /^\d+(\.\d+)?$/);
    });

    it("counts what carries the stack's own tag, whoever pays: by one tag that everything of the stack has", async () => {
        const { costFilters, costTypes } = await inputs();
        assert.deepEqual(costFilters, [{ name: "TagKeyValue", values: [`user:stack$${defaultTags(DEPLOYMENT).stack}`] }]);
        assert.deepEqual(costTypes, { includeCredit: false, includeRefund: false });
    });

    it("tells the topic alone: at 80 percent, when the month is forecast to be above it, and when it is", async () => {
        const told = { comparisonOperator: "GREATER_THAN", thresholdType: "PERCENTAGE", subscriberSnsTopicArns: [TOPIC] };
        assert.deepEqual((await inputs())["notifications"], [
            { ...told, notificationType: "ACTUAL", threshold: 80 },
            { ...told, notificationType: "FORECASTED", threshold: 100 },
            { ...told, notificationType: "ACTUAL", threshold: 100 },
        ]);
    });
});

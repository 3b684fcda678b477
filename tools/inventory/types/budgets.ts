import { fieldsOf, listOf, textOf } from "../inputs";
import { NOTHING, NO_OUTPUTS, Rows, forNow } from "./row";

export const BUDGET = "aws:budgets/budget:Budget";

export const ROWS: Rows = {
    [BUDGET]: {
        facts: inputs => [
            `${textOf(inputs["limitAmount"])} ${textOf(inputs["limitUnit"])} a month`,
            ...listOf(inputs["costFilters"])
                .flatMap(filter => listOf(fieldsOf(filter)["values"]).map(textOf))
                .map(tag => `sees costs with the tag ${inWords(tag)} once the payer has activated it`),
        ],
        loss: forNow(NOTHING),
        cost: { free: "free without actions, of which this has none (AWS Budgets, by second-hand sources)" },
        outputs: NO_OUTPUTS,
    },
};

/** `user:stack$prod` is AWS's form of `stack=prod`. */
function inWords(tag: string): string {
    return tag.replace(/^user:/, "").replace("$", "=");
}

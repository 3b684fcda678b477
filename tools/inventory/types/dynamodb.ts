import { NO_FACTS, NO_OUTPUTS, Rows, forGood, named } from "./row";

export const DYNAMODB_TABLE = "aws:dynamodb/table:Table";

export const ROWS: Rows = {
    [DYNAMODB_TABLE]: {
        facts: NO_FACTS,
        loss: forGood(named("all items in")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
};

import { NO_FACTS, NO_OUTPUTS, Rows, forGood, named } from "./row";

export const QUEUE = "aws:sqs/queue:Queue";

export const ROWS: Rows = {
    [QUEUE]: {
        facts: NO_FACTS,
        loss: forGood(named("all messages in")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
};

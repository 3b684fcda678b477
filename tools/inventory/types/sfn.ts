import { textOf } from "../inputs";
import { NO_OUTPUTS, PRICED, Rows, forGood, named } from "./row";

export const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";

export const ROWS: Rows = {
    [STATE_MACHINE]: {
        facts: inputs => [textOf(inputs["name"])],
        loss: forGood(named("the history of the runs of")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
};

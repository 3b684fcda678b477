import { textOf } from "../inputs";
import { NO_OUTPUTS, PRICED, Rows, forNow, says } from "./row";

export const SCHEDULE = "aws:scheduler/schedule:Schedule";

export const ROWS: Rows = {
    [SCHEDULE]: {
        facts: inputs => [textOf(inputs["scheduleExpression"]), textOf(inputs["scheduleExpressionTimezone"])],
        loss: forNow(says("runs that are due meanwhile")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
};

import { textOf } from "../inputs";
import { NOTHING, NO_FACTS, NO_OUTPUTS, Rows, forNow } from "./row";

export const EVENT_RULE = "aws:cloudwatch/eventRule:EventRule";
export const EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget";

export const ROWS: Rows = {
    [EVENT_RULE]: {
        facts: inputs => [textOf(inputs["description"])],
        loss: forNow(NOTHING),
        cost: { free: "events of AWS itself are free" },
        outputs: NO_OUTPUTS,
    },
    [EVENT_TARGET]: {
        facts: NO_FACTS,
        loss: forNow(NOTHING),
        cost: { free: "events of AWS itself are free" },
        outputs: NO_OUTPUTS,
    },
};

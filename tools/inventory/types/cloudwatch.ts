import { textOf } from "../inputs";
import { NOTHING, NO_FACTS, NO_OUTPUTS, PRICED, Rows, forGood, forNow, named } from "./row";

export const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
export const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const QUERY_DEFINITION = "aws:cloudwatch/queryDefinition:QueryDefinition";
export const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export const ROWS: Rows = {
    [COMPOSITE_ALARM]: {
        facts: NO_FACTS,
        loss: forNow(NOTHING),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [DASHBOARD]: {
        facts: inputs => [textOf(inputs["dashboardName"])],
        loss: forNow(NOTHING),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [LOG_GROUP]: {
        facts: inputs => [textOf(inputs["name"]), `kept ${textOf(inputs["retentionInDays"])} days`],
        loss: forGood(named("all log lines in")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [METRIC_ALARM]: {
        facts: inputs => [textOf(inputs["alarmDescription"])],
        loss: forNow(NOTHING),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [QUERY_DEFINITION]: {
        facts: inputs => [textOf(inputs["name"])],
        loss: forNow(NOTHING),
        cost: { free: "a saved query costs when it is run" },
        outputs: NO_OUTPUTS,
    },
};

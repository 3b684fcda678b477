import { containersLogToAKeptGroup } from "../../../../tools/policy/rules/containers";
import { LOG_GROUP } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource, task, without } from "../../../support/resources";

const loggingTo = (options: Readonly<Record<string, string>>) => ({ logConfiguration: { logDriver: "awslogs", options } });

prove(containersLogToAKeptGroup, {
    meets: {
        "a group of the stack": [resource(LOG_GROUP, { name: "logs" }), task(loggingTo({ "awslogs-group": "logs" }))],
        "another driver, which knows no group": [task({ logConfiguration: { logDriver: "splunk" } })],
    },
    breaks: {
        "a group of somebody else": [
            [resource(LOG_GROUP, { name: "logs" }), task(loggingTo({ "awslogs-group": "others" }))],
            /logs to others, which this stack does not make/,
        ],
        "a group that the task makes": [
            [resource(LOG_GROUP, { name: "logs" }), task(loggingTo({ "awslogs-group": "logs", "awslogs-create-group": "true" }))],
            /makes its log group itself/,
        ],
    },
    unknown: [resource(LOG_GROUP, { name: UNKNOWN }), task(loggingTo({ "awslogs-group": "logs" }))],
    broken: { by: without(LOG_GROUP, "web-task-logs") },
});

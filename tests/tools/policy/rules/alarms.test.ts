import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../../../../tools/inventory/types/cloudwatch";
import { prove } from "../../../support/prove";
import { having, plus, resource } from "../../../support/resources";

prove("alarms-notify", {
    meets: { "an action": [resource(METRIC_ALARM, { alarmActions: ["arn:aws:sns:…"] })] },
    breaks: {
        none: [[resource(METRIC_ALARM)], /it has no action/],
        "an action that is off": [
            [resource(METRIC_ALARM, { alarmActions: ["arn:…"], actionsEnabled: false })],
            /its actions are off/,
        ],
        "a composite alarm without any": [[resource(COMPOSITE_ALARM, { alarmActions: [] })], /it has no action/],
    },
    unknown: [resource(METRIC_ALARM, { alarmActions: UNKNOWN, actionsEnabled: UNKNOWN })],
    // What a job brings.
    lacking: plus(resource(METRIC_ALARM, { tags: { project: "fargate", stack: "prod", "managed-by": "pulumi" } })),
    mended: having(METRIC_ALARM, resource(METRIC_ALARM).name, { alarmActions: ["arn:aws:sns:…"] }),
});

import { logGroupsExpire } from "../../../../tools/policy/rules/log-groups-expire";
import { LOG_GROUP } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(logGroupsExpire, {
    meets: { "a number of days": [resource(LOG_GROUP, { retentionInDays: 7 })] },
    breaks: {
        "the default": [[resource(LOG_GROUP)], /it keeps logs for ever/],
        zero: [[resource(LOG_GROUP, { retentionInDays: 0 })], /for ever/],
    },
    unknown: [resource(LOG_GROUP, { retentionInDays: UNKNOWN })],
    broken: { stack: "dev", by: having(LOG_GROUP, "web-task-logs", { retentionInDays: undefined }) },
});

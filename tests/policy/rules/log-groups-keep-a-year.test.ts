import { logGroupsKeepAYear } from "../../../policy/rules/log-groups-keep-a-year";
import { LOG_GROUP } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(logGroupsKeepAYear, {
    meets: { "a year": [resource(LOG_GROUP, { retentionInDays: 365 })], "for ever": [resource(LOG_GROUP)] },
    breaks: { "a month": [[resource(LOG_GROUP, { retentionInDays: 30 })], /it keeps logs for 30 days/] },
    unknown: [resource(LOG_GROUP, { retentionInDays: UNKNOWN })],
    broken: { by: having(LOG_GROUP, "web-task-logs", { retentionInDays: 30 }) },
});

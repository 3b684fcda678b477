import { logGroupsKeepAYear } from "../../../../tools/policy/rules/log-groups";
import { LOG_GROUP } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(logGroupsKeepAYear, {
    meets: { "a year": [resource(LOG_GROUP, { retentionInDays: 365 })], "for ever": [resource(LOG_GROUP)] },
    breaks: { "a month": [[resource(LOG_GROUP, { retentionInDays: 30 })], /it keeps logs for 30 days/] },
    unknown: [resource(LOG_GROUP, { retentionInDays: UNKNOWN })],
    broken: { by: having(LOG_GROUP, "web-task-logs", { retentionInDays: 30 }) },
});

import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { LOG_GROUP } from "../../../../tools/inventory/types/cloudwatch";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove("log-groups-expire", {
    meets: { "a number of days": [resource(LOG_GROUP, { retentionInDays: 7 })] },
    breaks: {
        "the default": [[resource(LOG_GROUP)], /it keeps logs for ever/],
        zero: [[resource(LOG_GROUP, { retentionInDays: 0 })], /for ever/],
    },
    unknown: [resource(LOG_GROUP, { retentionInDays: UNKNOWN })],
    broken: { stack: "dev", by: having(LOG_GROUP, "web-task-logs", { retentionInDays: undefined }) },
});

prove("log-groups-keep-a-year", {
    meets: { "a year": [resource(LOG_GROUP, { retentionInDays: 365 })], "for ever": [resource(LOG_GROUP)] },
    breaks: { "a month": [[resource(LOG_GROUP, { retentionInDays: 30 })], /it keeps logs for 30 days/] },
    unknown: [resource(LOG_GROUP, { retentionInDays: UNKNOWN })],
    broken: { by: having(LOG_GROUP, "web-task-logs", { retentionInDays: 30 }) },
});

prove("log-groups-use-a-customer-key", {
    meets: { "a key": [resource(LOG_GROUP, { kmsKeyId: "arn:…" })] },
    breaks: { "CloudWatch's own": [[resource(LOG_GROUP)], /CloudWatch's own key/] },
    unknown: [resource(LOG_GROUP, { kmsKeyId: UNKNOWN })],
    broken: { by: having(LOG_GROUP, "web-task-logs", { kmsKeyId: undefined }) },
});

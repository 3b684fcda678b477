import { resourceRule } from "../rule";
import { LOG_GROUP } from "../../inventory/types";

const YEAR = 365;

export const logGroupsKeepAYear = resourceRule({
    name: "log-groups-keep-a-year",
    title: "Log groups keep logs for a year at least.",
    controls: ["CloudWatch.16"],
    severity: "medium",
    reason: "Intrusions are found months after they began.",
    fix: "Set fargate:logRetentionDays to 365, which is production's default.",
    standing: { is: "met", where: "settings/profiles.ts" },
    profile: "production",
    types: [LOG_GROUP],
    // No number means for ever.
    check: ({ inputs: { retentionInDays: days } }) =>
        typeof days === "number" && days > 0 && days < YEAR ? `it keeps logs for ${days} days` : undefined,
});

import { isAbsent } from "../../inventory/inputs";
import { LOG_GROUP } from "../../inventory/types/cloudwatch";
import { Rule, resourceRule } from "../rule";

const logGroupsExpire = resourceRule({
    name: "log-groups-expire",
    title: "Log groups say how long they keep logs.",
    controls: [],
    severity: "low",
    reason: "Without a number they keep and bill everything for ever, personal data included.",
    fix: "Set fargate:logRetentionDays.",
    standing: { is: "met", where: "components/task.ts" },
    types: [LOG_GROUP],
    check: ({ inputs: { retentionInDays } }) =>
        isAbsent(retentionInDays) || retentionInDays === 0 ? "it keeps logs for ever" : undefined,
});

const YEAR = 365;

const logGroupsKeepAYear = resourceRule({
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

const logGroupsUseACustomerKey = resourceRule({
    name: "log-groups-use-a-customer-key",
    title: "Log groups are encrypted under a customer key.",
    controls: [],
    severity: "medium",
    reason: "Under CloudWatch's own key nobody can be kept from logs by the key's policy, nor seen reading them.",
    fix: "Set fargate:encryption to { customerKey: true }, which is production's default.",
    standing: { is: "met", where: "components/task.ts" },
    profile: "production",
    types: [LOG_GROUP],
    check: ({ inputs: { kmsKeyId } }) => (isAbsent(kmsKeyId) ? "it is encrypted under CloudWatch's own key" : undefined),
});

export const logGroupRules: readonly Rule[] = [logGroupsExpire, logGroupsKeepAYear, logGroupsUseACustomerKey];

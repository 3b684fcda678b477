import { resourceRule } from "../rule";
import { LOG_GROUP } from "../../inventory/types";
import { isAbsent } from "../../inventory/inputs";

export const logGroupsExpire = resourceRule({
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

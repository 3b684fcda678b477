import { resourceRule } from "../rule";
import { TOPIC } from "../../inventory/types";
import { isAbsent } from "../../inventory/inputs";

export const topicsAreEncrypted = resourceRule({
    name: "topics-are-encrypted",
    title: "SNS topics are encrypted at rest.",
    controls: ["SNS.1"],
    severity: "medium",
    reason: "Alarms carry names and numbers of what is going on.",
    fix: "Set kmsMasterKeyId to a customer key that lets in cloudwatch.amazonaws.com.",
    standing: { is: "absent", part: "topics" },
    types: [TOPIC],
    check: ({ inputs: { kmsMasterKeyId } }) => (isAbsent(kmsMasterKeyId) ? "it is not encrypted" : undefined),
});

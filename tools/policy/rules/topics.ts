import { isAbsent } from "../../inventory/inputs";
import { TOPIC, TOPIC_POLICY } from "../../inventory/types/sns";
import { statements } from "../reading/statements";
import { Rule, resourceRule } from "../rule";

const topicsAreEncrypted = resourceRule({
    name: "topics-are-encrypted",
    title: "SNS topics are encrypted at rest.",
    controls: ["SNS.1"],
    severity: "medium",
    reason: "Alarms carry names and numbers of what is going on.",
    fix: "Set fargate:encryption to { customerKey: true }, which is production's default: AWS's own key for SNS lets in no alarm.",
    standing: { is: "met", where: "components/topic.ts" },
    profile: "production",
    types: [TOPIC],
    check: ({ inputs: { kmsMasterKeyId } }) => (isAbsent(kmsMasterKeyId) ? "it is not encrypted" : undefined),
});

const topicsAreNotPublic = resourceRule({
    name: "topics-are-not-public",
    title: "SNS topics are closed to other accounts.",
    controls: ["SNS.4"],
    severity: "high",
    reason: "Anybody could subscribe to your alarms, or raise false ones.",
    fix: "Name the principals in the topic's policy, or add a condition on aws:SourceAccount.",
    standing: { is: "met", where: "iam/topic.ts" },
    types: [TOPIC, TOPIC_POLICY],
    check: ({ inputs }) =>
        statements(inputs["policy"])
            .filter(
                ({ effect, principals, conditionKeys }) =>
                    effect === "Allow" && conditionKeys.length === 0 && principals.some(([, name]) => name === "*"),
            )
            .map(() => "its policy lets in everybody"),
});

export const topicRules: readonly Rule[] = [topicsAreEncrypted, topicsAreNotPublic];

import { resourceRule } from "../rule";
import { statements } from "../reading/statements";
import { TOPIC, TOPIC_POLICY } from "../../inventory/types";

export const topicsAreNotPublic = resourceRule({
    name: "topics-are-not-public",
    title: "SNS topics are closed to other accounts.",
    controls: ["SNS.4"],
    severity: "high",
    reason: "Anybody could subscribe to your alarms, or raise false ones.",
    fix: "Name the principals in the topic's policy, or add a condition on aws:SourceAccount.",
    standing: { is: "absent", part: "topics" },
    types: [TOPIC, TOPIC_POLICY],
    check: ({ inputs }) =>
        statements(inputs["policy"])
            .filter(
                ({ effect, principals, conditionKeys }) =>
                    effect === "Allow" && conditionKeys.length === 0 && principals.some(([, name]) => name === "*"),
            )
            .map(() => "its policy lets in everybody"),
});

import { named } from "../scope";
import type { AwsService } from "./actions";

/** The topic of the alarms, by its name. */
export const SNS: AwsService = {
    types: {
        "aws:sns/topic:Topic": {
            create: ["sns:CreateTopic", "sns:SetTopicAttributes"],
            read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
            update: [],
            delete: ["sns:DeleteTopic"],
            tag: ["sns:TagResource", "sns:UntagResource"],
        },
        "aws:sns/topicSubscription:TopicSubscription": {
            create: ["sns:Subscribe"],
            read: ["sns:GetSubscriptionAttributes"],
            update: [],
            delete: ["sns:Unsubscribe"],
            tag: [],
        },
    },
    lookUps: {},
    limits: [
        {
            sid: "OwnTopic",
            actions: [
                "sns:CreateTopic",
                "sns:DeleteTopic",
                // What is done to a subscription is authorized on its topic.
                "sns:GetSubscriptionAttributes",
                "sns:GetTopicAttributes",
                "sns:ListTagsForResource",
                "sns:SetTopicAttributes",
                "sns:Subscribe",
                "sns:TagResource",
                "sns:Unsubscribe",
                "sns:UntagResource",
            ],
            on: named("sns", "PREFIX-alarms"),
        },
    ],
};

import { named } from "../scope";
import type { AwsService } from "./actions";

/** Rules of EventBridge, by their names on the default bus. */
export const EVENTS: AwsService = {
    types: {
        "aws:cloudwatch/eventRule:EventRule": {
            create: ["events:PutRule"],
            read: ["events:DescribeRule", "events:ListTagsForResource"],
            update: [],
            delete: ["events:DeleteRule"],
            tag: ["events:TagResource", "events:UntagResource"],
        },
        "aws:cloudwatch/eventTarget:EventTarget": {
            create: ["events:PutTargets"],
            read: ["events:ListTargetsByRule"],
            update: [],
            delete: ["events:RemoveTargets"],
            tag: [],
        },
    },
    lookUps: {},
    limits: [
        {
            sid: "OwnRules",
            actions: [
                "events:DeleteRule",
                "events:DescribeRule",
                "events:ListTagsForResource",
                "events:ListTargetsByRule",
                "events:PutRule",
                "events:PutTargets",
                "events:RemoveTargets",
                "events:TagResource",
                "events:UntagResource",
            ],
            on: named("events", "rule/PREFIX-*"),
        },
    ],
};

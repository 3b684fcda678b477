import { any, inRegion, named } from "../scope";
import type { AwsService } from "./actions";

/** State machines that run jobs, by their names. */
export const STATES: AwsService = {
    types: {
        "aws:sfn/stateMachine:StateMachine": {
            create: ["states:CreateStateMachine", "iam:PassRole"],
            // Providers have AWS validate a definition that changes, in previews too.
            read: [
                "states:DescribeStateMachine",
                "states:ListStateMachineVersions",
                "states:ListTagsForResource",
                "states:ValidateStateMachineDefinition",
            ],
            update: ["states:UpdateStateMachine"],
            delete: ["states:DeleteStateMachine"],
            tag: ["states:TagResource", "states:UntagResource"],
        },
    },
    lookUps: {},
    limits: [
        {
            sid: "OwnStateMachines",
            actions: [
                "states:CreateStateMachine",
                "states:DeleteStateMachine",
                "states:DescribeStateMachine",
                "states:ListStateMachineVersions",
                "states:ListTagsForResource",
                "states:TagResource",
                "states:UntagResource",
                "states:UpdateStateMachine",
            ],
            on: named("states", "stateMachine:PREFIX-*"),
        },
        { sid: "ValidateStateMachines", actions: ["states:ValidateStateMachineDefinition"], on: any, when: inRegion },
    ],
};

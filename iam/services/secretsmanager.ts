import { secretsOf } from "../boundary";
import type { AwsService } from "./actions";

/** Secrets of the stacks' tasks, by their names. Nobody here reads what is in one. */
export const SECRETS_MANAGER: AwsService = {
    types: {},
    lookUps: {},
    preflight: ["secretsmanager:DescribeSecret"],
    limits: [{ sid: "SeeSecrets", actions: ["secretsmanager:DescribeSecret"], on: secretsOf }],
    operates: [
        {
            sid: "WriteSecrets",
            actions: ["secretsmanager:CreateSecret", "secretsmanager:PutSecretValue", "secretsmanager:TagResource"],
            on: secretsOf,
        },
    ],
};

import { UNKNOWN } from "../../../../tools/inventory/inputs";
import {
    MANAGED_POLICY,
    POLICY_ATTACHMENT,
    ROLE,
    ROLE_POLICY,
    ROLE_POLICY_ATTACHMENT,
    ROLE_POLICY_ATTACHMENTS_EXCLUSIVE,
} from "../../../../tools/inventory/types/iam";
import { prove } from "../../../support/prove";
import { allow, having, resource } from "../../../support/resources";

const trust = (service: string) => allow({ Principal: { Service: service }, Action: "sts:AssumeRole" });
const ROLE_OF_TASKS = resource(ROLE, { assumeRolePolicy: trust("ecs-tasks.amazonaws.com") });
const allowing = (action: string) =>
    resource(ROLE_POLICY, { role: "Role", policy: allow({ Action: [action], Resource: ["arn:aws:iam::123456789012:role/a"] }) });
const PASSING = resource(MANAGED_POLICY, { policy: allow({ Action: "iam:PassRole", Resource: "arn:aws:iam::1:role/a" }) });
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

prove("no-task-passes-roles", {
    meets: {
        "a role that reads": [ROLE_OF_TASKS, allowing("s3:GetObject")],
        "a role that something else takes": [
            resource(ROLE, { assumeRolePolicy: trust("scheduler.amazonaws.com") }),
            allowing("iam:PassRole"),
        ],
    },
    breaks: {
        "the right to pass roles": [[ROLE_OF_TASKS, allowing("iam:PassRole")], /Role, which tasks take, may do iam:PassRole/],
        "the right to rewrite one": [[ROLE_OF_TASKS, allowing("iam:PutRolePol*")], /may do iam:PutRolePolicy/],
        "the right to make a user's keys": [[ROLE_OF_TASKS, allowing("iam:CreateAccessKey")], /may do iam:CreateAccessKey/],
        "the right in an attached policy": [
            [ROLE_OF_TASKS, PASSING, resource(ROLE_POLICY_ATTACHMENT, { role: "Role", policyArn: "Policy" })],
            /may do iam:PassRole/,
        ],
        "the right in a policy on the role's own list": [
            [resource(ROLE, { ...ROLE_OF_TASKS.inputs, managedPolicyArns: ["Policy"] }), PASSING],
            /may do iam:PassRole/,
        ],
        "the right among all that a role has": [
            [ROLE_OF_TASKS, PASSING, resource(ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, { roleName: "Role", policyArns: ["Policy"] })],
            /may do iam:PassRole/,
        ],
        "the right in a policy for several roles": [
            [ROLE_OF_TASKS, PASSING, resource(POLICY_ATTACHMENT, { roles: ["other", "Role"], policyArn: "Policy" })],
            /may do iam:PassRole/,
        ],
        "every right, by AWS's own policy": [
            [ROLE_OF_TASKS, resource(POLICY_ATTACHMENT, { roles: ["Role"], policyArn: ADMINISTRATOR })],
            /Role, which tasks take, may do what AdministratorAccess allows/,
        ],
        "every right, in the list of all that a role has": [
            [ROLE_OF_TASKS, resource(ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, { roleName: "Role", policyArns: [ADMINISTRATOR] })],
            /may do what AdministratorAccess allows/,
        ],
    },
    unknown: [
        ROLE_OF_TASKS,
        resource(ROLE, { assumeRolePolicy: UNKNOWN }, { name: "later" }),
        resource(ROLE_POLICY, { role: "Role", policy: UNKNOWN }),
    ],
    broken: {
        by: having(ROLE_POLICY, "web-task-execution", {
            policy: allow({ Action: ["iam:PassRole"], Resource: ["arn:aws:iam::000000000000:role/admin"] }),
        }),
    },
});

const decrypting = (statement: object) => resource(ROLE_POLICY, { policy: allow({ Action: ["kms:Decrypt"], ...statement }) });

prove("policies-decrypt-named-keys", {
    meets: {
        "a named key": [decrypting({ Resource: ["arn:aws:kms:eu-west-1:123456789012:key/1234"] })],
        "what an encryption context names": [
            decrypting({
                Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"],
                Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": ["arn:aws:secretsmanager:…"] } },
            }),
        ],
    },
    breaks: {
        "every key of the account": [
            [decrypting({ Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"] })],
            /it allows kms:Decrypt with every key/,
        ],
        "every key, in other words": [[decrypting({ Resource: ["arn:aws:kms:*:*:key?*"] })], /with every key/],
        "all that an encryption context does not name": [
            [
                decrypting({
                    Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"],
                    Condition: { StringNotEquals: { "kms:EncryptionContext:SecretARN": ["arn:aws:secretsmanager:…"] } },
                }),
            ],
            /with every key/,
        ],
        "every key, by way of a service": [
            [
                decrypting({
                    Resource: ["*"],
                    Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
                }),
            ],
            /with every key/,
        ],
    },
    unknown: [resource(ROLE_POLICY, { policy: UNKNOWN })],
    broken: {
        by: having(ROLE_POLICY, "web-task-execution", {
            policy: allow({ Action: ["kms:Decrypt"], Resource: ["arn:aws:kms:ap-northeast-2:000000000000:key/*"] }),
        }),
        with: ["policies-name-resources"],
    },
});

const policy = (statement: object) => resource(ROLE_POLICY, { policy: allow({ ...statement }) });

prove("policies-name-actions", {
    meets: {
        "named actions": [policy({ Action: ["s3:GetObject", "s3:List*"], Resource: ["arn:aws:s3:::assets/*"] })],
        "a denial of everything": [
            resource(ROLE_POLICY, { policy: JSON.stringify({ Statement: { Effect: "Deny", Action: "*", Resource: "*" } }) }),
        ],
    },
    breaks: {
        everything: [[policy({ Action: "*", Resource: "arn:aws:s3:::assets/*" })], /it allows \*/],
        "everything of a service": [[policy({ Action: ["s3:*"], Resource: ["arn:aws:s3:::assets/*"] })], /it allows s3:\*/],
        "everything of a service, in other words": [
            [policy({ Action: ["s3:?**"], Resource: ["arn:aws:s3:::assets/*"] })],
            /it allows s3:\?\*\*/,
        ],
        "everything but something": [[policy({ NotAction: ["iam:PassRole"], Resource: ["arn:aws:s3:::a"] })], /everything but/],
        "an inline policy of a role": [
            [resource(ROLE, { inlinePolicies: [{ policy: allow({ Action: "s3:*", Resource: "arn:aws:s3:::a" }) }] })],
            /it allows s3:\*/,
        ],
        "a managed policy of the stack": [
            [resource(MANAGED_POLICY, { policy: allow({ Action: "s3:*", Resource: "arn:aws:s3:::a" }) })],
            /it allows s3:\*/,
        ],
    },
    unknown: [resource(ROLE_POLICY, { policy: UNKNOWN }), resource(ROLE, { inlinePolicies: UNKNOWN })],
    broken: {
        by: having(ROLE_POLICY, "web-task-execution", {
            policy: allow({ Action: ["logs:*"], Resource: ["arn:aws:logs:::log-group:web"] }),
        }),
    },
});

prove("policies-name-resources", {
    meets: {
        "named resources": [policy({ Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::assets/*"] })],
        "resources in every Region behind a prefix": [
            policy({ Action: ["sqs:SendMessage"], Resource: ["arn:aws:sqs:*:123456789012:orders-*"] }),
        ],
        "actions that know none": [
            policy({ Action: ["ecr:GetAuthorizationToken", "sqs:ListQueues", "textract:DetectDocumentText"], Resource: ["*"] }),
        ],
        "one table, bucket, secret and path of parameters": [
            policy({
                Action: ["dynamodb:Query", "s3:GetObject", "secretsmanager:GetSecretValue", "ssm:GetParameter"],
                Resource: [
                    "arn:aws:dynamodb:*:123456789012:table/orders/index/*",
                    "arn:aws:s3:::assets/*",
                    "arn:aws:secretsmanager:*:123456789012:secret:shop/*",
                    "arn:aws:ssm:*:123456789012:parameter/shop/*",
                ],
            }),
        ],
        "what an encryption context names, under any key": [
            policy({
                Action: ["kms:Decrypt"],
                Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"],
                Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": ["arn:aws:secretsmanager:…"] } },
            }),
        ],
    },
    breaks: {
        "every resource": [[policy({ Action: ["sqs:SendMessage"], Resource: ["*"] })], /it allows sqs:SendMessage on everything/],
        "every resource of a service": [
            [policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*" })],
            /s3:GetObject on everything/,
        ],
        "every resource, in other words": [[policy({ Action: "s3:GetObject", Resource: "**" })], /s3:GetObject on everything/],
        "every resource of a partition": [[policy({ Action: "s3:GetObject", Resource: "arn:aws:*" })], /on everything/],
        "every resource of what begins a service's name": [
            [policy({ Action: "s3:GetObject", Resource: "arn:*:s3*" })],
            /on everything/,
        ],
        "every secret": [
            [policy({ Action: "secretsmanager:GetSecretValue", Resource: "arn:aws:secretsmanager:*:*:secret:*" })],
            /GetSecretValue on everything by arn:aws:secretsmanager:\*:\*:secret:\*/,
        ],
        "every object of every bucket": [[policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*/*" })], /on everything by/],
        "every key, by way of a service": [
            [
                policy({
                    Action: "kms:Decrypt",
                    Resource: "arn:aws:kms:eu-west-1:123456789012:key/*",
                    Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
                }),
            ],
            /kms:Decrypt on everything/,
        ],
        "an action that administers the account": [[policy({ Action: "kms:CreateKey", Resource: "*" })], /kms:CreateKey/],
        "an action beside one that knows none": [
            [policy({ Action: ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], Resource: ["*"] })],
            /ecr:BatchGetImage on everything/,
        ],
    },
    unknown: [resource(ROLE_POLICY, { policy: UNKNOWN })],
    broken: {
        by: having(ROLE_POLICY, "web-task-execution", { policy: allow({ Action: ["logs:PutLogEvents"], Resource: ["*"] }) }),
    },
});

const EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

prove("roles-carry-own-policies", {
    meets: {
        "no managed policy": [resource(ROLE)],
        "a managed policy of the account": [
            resource(ROLE_POLICY_ATTACHMENT, { policyArn: "arn:aws:iam::123456789012:policy/mine" }),
        ],
        "one of AWS for a group of people": [resource(POLICY_ATTACHMENT, { groups: ["developers"], policyArn: EXECUTION })],
    },
    breaks: {
        "one of AWS": [[resource(ROLE, { managedPolicyArns: [EXECUTION] })], /it carries AmazonECSTaskExecutionRolePolicy/],
        "one of AWS that is attached": [
            [resource(ROLE_POLICY_ATTACHMENT, { policyArn: EXECUTION })],
            /it carries AmazonECSTaskExecutionRolePolicy/,
        ],
        "one of AWS among all that a role has": [
            [resource(ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, { roleName: "web", policyArns: [EXECUTION] })],
            /it carries AmazonECSTaskExecutionRolePolicy/,
        ],
        "one of AWS that is attached to several": [
            [resource(POLICY_ATTACHMENT, { roles: ["web"], policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" })],
            /it carries AdministratorAccess/,
        ],
    },
    unknown: [
        resource(ROLE, { managedPolicyArns: UNKNOWN }),
        resource(ROLE_POLICY_ATTACHMENT, { policyArn: UNKNOWN }),
        resource(POLICY_ATTACHMENT, { roles: UNKNOWN, policyArn: UNKNOWN }),
    ],
    broken: { by: having(ROLE, "web-task-execution", { managedPolicyArns: [EXECUTION] }) },
});

const role = (statement: object, name = "Role") =>
    resource(ROLE, { assumeRolePolicy: allow({ Action: ["sts:AssumeRole"], ...statement }) }, { name });
const OWN = role(
    {
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
    "own",
);
const tasks = (condition: object) => role({ Principal: { Service: "ecs-tasks.amazonaws.com" }, Condition: condition });

prove("roles-trust-this-account-only", {
    meets: {
        "a service in this account's name": [OWN],
        "a service in the name of one resource": [
            tasks({ ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-west-1:123456789012:*" } }),
        ],
        "this account": [OWN, role({ Principal: { AWS: ["arn:aws:iam::123456789012:root", "123456789012"] } })],
        "this account, told by what the stack made": [
            resource(ROLE, {}, { name: "made", ids: ["arn:aws:iam::123456789012:role/made"] }),
            role({ Principal: { AWS: "arn:aws:iam::123456789012:root" } }),
        ],
        "another account under a condition": [
            OWN,
            role({
                Principal: { AWS: "arn:aws:iam::999999999999:root" },
                Condition: { StringEquals: { "sts:ExternalId": "shop" } },
            }),
        ],
        "a role of this account": [role({ Principal: { AWS: "arn:aws:iam::123456789012:role/deploy" } })],
        "an identity provider with a condition": [
            role({ Principal: { Federated: "arn:aws:iam::…" }, Condition: { StringEquals: { "token:sub": "repo" } } }),
        ],
    },
    breaks: {
        "a service in anybody's name": [[role({ Principal: { Service: "ecs-tasks.amazonaws.com" } })], /in anybody's name/],
        everybody: [[role({ Principal: "*" })], /it trusts everybody/],
        "every account": [[role({ Principal: { AWS: "*" } })], /it trusts everybody/],
        "everybody but somebody": [[role({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } })], /it trusts everybody/],
        "a role of another account": [
            [OWN, role({ Principal: { AWS: "arn:aws:iam::999999999999:role/vendor" } })],
            /it trusts arn:aws:iam::999999999999:role\/vendor, of another account, without a condition/,
        ],
        "a whole account that nothing shows to be this one": [
            [role({ Principal: { AWS: "999999999999" } })],
            /it trusts 999999999999, of another account/,
        ],
        "another account but for one value": [
            [
                OWN,
                role({
                    Principal: { AWS: "arn:aws:iam::999999999999:root" },
                    Condition: { StringNotEquals: { "sts:ExternalId": "shop" } },
                }),
            ],
            /without a condition/,
        ],
        "a service in every name but one": [
            [tasks({ StringNotEquals: { "aws:SourceAccount": "123456789012" } })],
            /in anybody's name/,
        ],
        "a service in a name that it need not tell": [
            [tasks({ StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } })],
            /in anybody's name/,
        ],
        "a service in any name": [[tasks({ StringLike: { "aws:SourceAccount": "*" } })], /in anybody's name/],
        "everybody with a login elsewhere": [
            [role({ Principal: { Federated: "arn:aws:iam::…" } })],
            /everybody that arn:aws:iam::… knows/,
        ],
    },
    unknown: [resource(ROLE, { assumeRolePolicy: UNKNOWN })],
    broken: {
        by: having(ROLE, "web-task-execution", {
            assumeRolePolicy: allow({ Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: ["sts:AssumeRole"] }),
        }),
    },
});

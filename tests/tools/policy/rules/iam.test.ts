import { rolesTrustThisAccountOnly } from "../../../../tools/policy/rules/iam";
import { ROLE } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { allow, having, resource } from "../../../support/resources";

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

prove(rolesTrustThisAccountOnly, {
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

import { partitionOf } from "../model/partitions";
import { Place, PolicyDocument, policy } from "./documents";

/**
 * Who may take a role of people: IAM roles and users of the account, by patterns of their ARNs. A principal can be named by no pattern, and a role of
 * IAM Identity Center ends in characters that nobody knows before: so the account is trusted, for callers of these ARNs alone. A user shows a second
 * factor; of a role whoever let somebody into it has asked, and IAM is not told (IAM user guide, `aws:MultiFactorAuthPresent`).
 */
export function peopleMayAssume({ region, account }: Place, people: readonly string[]): PolicyDocument {
    const users = people.filter(isUser);
    const roles = people.filter(arn => !isUser(arn));
    const thisAccount = { AWS: `arn:${partitionOf(region)}:iam::${account}:root` };
    const allow = (Sid: string, arns: readonly string[], more: object) =>
        arns.length === 0
            ? []
            : [
                  {
                      Sid,
                      Effect: "Allow" as const,
                      Principal: thisAccount,
                      Action: ["sts:AssumeRole"],
                      Condition: { ArnLike: { "aws:PrincipalArn": arns }, ...more },
                  },
              ];
    return policy(
        ...allow("Roles", roles, {}),
        ...allow("UsersWithMfa", users, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
    );
}

function isUser(arn: string): boolean {
    return (arn.split(":")[5] ?? "").startsWith("user/");
}

import { textOf } from "../inputs";
import { NO_FACTS, NO_OUTPUTS, Rows, forNow, named, says } from "./row";

export const MANAGED_POLICY = "aws:iam/policy:Policy";
export const POLICY_ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment";
export const ROLE = "aws:iam/role:Role";
export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
export const ROLE_POLICY_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const ROLE_POLICY_ATTACHMENTS_EXCLUSIVE = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";

export const ROWS: Rows = {
    [MANAGED_POLICY]: {
        facts: inputs => [statements(inputs["policy"])],
        loss: forNow(says("what it allowed")),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [ROLE]: {
        facts: inputs => [textOf(inputs["name"])],
        loss: forNow(named("the role")),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [ROLE_POLICY]: {
        facts: inputs => [statements(inputs["policy"])],
        loss: forNow(says("what it allowed")),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [ROLE_POLICY_ATTACHMENT]: {
        facts: NO_FACTS,
        loss: forNow(says("what its policy allowed the role")),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
};

function statements(policy: unknown): string {
    const { Statement } = JSON.parse(textOf(policy)) as { Statement: { Sid?: string; Action: string[] }[] };
    return Statement.map(({ Sid, Action }) => Sid ?? Action.join(", ")).join(", ");
}

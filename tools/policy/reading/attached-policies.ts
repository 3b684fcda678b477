import type { Resource } from "../../inventory/resource";
import type { Graph } from "../../inventory/graph";
import {
    MANAGED_POLICY,
    POLICY_ATTACHMENT,
    ROLE,
    ROLE_POLICY_ATTACHMENT,
    ROLE_POLICY_ATTACHMENTS_EXCLUSIVE,
} from "../../inventory/types/iam";
import { isAbsent, texts } from "../../inventory/inputs";

/** Types whose resources attach managed policies to roles. */
export const ATTACHING = [ROLE, ROLE_POLICY_ATTACHMENT, ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, POLICY_ATTACHMENT];

const POLICIES = ["managedPolicyArns", "policyArn", "policyArns"];
const OF_AWS = /^arn:[^:]+:iam::aws:policy\/(.+\/)?/;

/** A role itself, and what else attaches managed policies to it. */
export function attachmentsOf(stack: Graph, role: Resource): readonly Resource[] {
    return [
        role,
        ...stack.referring(role, ROLE_POLICY_ATTACHMENT, "role"),
        ...stack.referring(role, ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, "roleName"),
        ...stack.referring(role, POLICY_ATTACHMENT, "roles"),
    ];
}

/** The managed policies of this stack that a resource attaches. */
export function ownPolicies(stack: Graph, attachment: Resource): readonly Resource[] {
    return POLICIES.flatMap(property => stack.referred(attachment, property, MANAGED_POLICY));
}

/** Names of the policies managed by AWS that a resource attaches to roles. */
export function policiesOfAws({ type, inputs }: Resource): readonly string[] {
    // These may be about users and groups alone.
    if (type === POLICY_ATTACHMENT && isAbsent(inputs["roles"])) return [];
    return texts(POLICIES.map(property => inputs[property]))
        .filter(arn => OF_AWS.test(arn))
        .map(arn => arn.replace(OF_AWS, ""));
}

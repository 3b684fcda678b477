/** What Terraform's AWS provider calls for one resource type, as IAM actions. */
export interface TypeActions {
    readonly create: readonly string[];
    readonly read: readonly string[];
    readonly update: readonly string[];
    readonly delete: readonly string[];
    /** Changed tags; at creation too, where AWS authorizes tags by an action of their own. */
    readonly tag: readonly string[];
}

/** The first resource of its kind in an account brings a role of the service's own. */
export const SERVICE_LINKED_ROLE = "iam:CreateServiceLinkedRole";

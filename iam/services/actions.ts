import { Limit, any, inRegion } from "../scope";

/** What the stacks use of one AWS service: the actions that are called, beside what they are limited to. */
export interface AwsService {
    /**
     * Whether a stack has any of it only where `fargate:domain` names a zone.
     *
     * @default every stack may have it
     */
    readonly needsDomain?: true;
    /** By resource type, in Pulumi's tokens. */
    readonly types: Readonly<Record<string, TypeActions>>;
    /** By what the program asks before it declares anything, in Pulumi's tokens. */
    readonly lookUps: Readonly<Record<string, readonly string[]>>;
    /**
     * What is asked about a rollout, in an update and after it, and what a release runs before it. A preview rolls nothing out, and has no business
     * with logs.
     *
     * @default nothing
     */
    readonly rollouts?: readonly string[];
    /**
     * What is asked before an update, beside what previews read.
     *
     * @default nothing
     */
    readonly preflight?: readonly string[];
    readonly limits: readonly Limit[];
    /**
     * What people look at in a stack that runs, beside what previews read: its state, its logs.
     *
     * @default nothing
     */
    readonly looks?: readonly Limit[];
    /**
     * What people do to a stack that runs, beside looking.
     *
     * @default nothing
     */
    readonly operates?: readonly Limit[];
}

/**
 * What Terraform's AWS provider calls for one resource type, as IAM actions. Sources: the provider's code, the API calls that the engine was seen to make
 * in a whole life of both stacks, and AWS's service authorization reference for what is authorized beside the call itself, such as tags at creation.
 */
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

/** Reads of the network and of what stands in it, which know no resource: one statement for all services. */
export function readNetwork(...actions: readonly string[]): Limit {
    return { sid: "ReadNetwork", actions, on: any, when: inRegion };
}

/** Other reads that know no resource: one statement for all services. */
export function readInRegion(...actions: readonly string[]): Limit {
    return { sid: "ReadInRegion", actions, on: any, when: inRegion };
}

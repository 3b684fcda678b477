import type { Answers } from "../model/answers";

/** What a stack's file says of its load balancer. */
export interface LoadBalancerSettings extends Answers {
    /**
     * Whether it stands in the private subnets.
     *
     * @default false
     */
    readonly internal?: boolean;
    /**
     * IPv4 blocks that may connect.
     *
     * @default none beside prefix lists; else everybody, or the VPC's own block where it is internal
     */
    readonly allowCidrs?: readonly string[];
    /**
     * Names or ids of prefix lists whose addresses may connect.
     *
     * @default none
     */
    readonly allowPrefixLists?: readonly string[];
    /**
     * How long a connection may be silent.
     *
     * @default 60, which is AWS's
     */
    readonly idleTimeoutSeconds?: number;
    /**
     * ARNs of certificates beside the domain's.
     *
     * @default none
     */
    readonly certificateArns?: readonly string[];
}

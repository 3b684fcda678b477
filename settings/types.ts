import type { LoadBalancerSettings } from "./load-balancer-types";
import type { Firewall } from "../model/firewall";
import type { AlarmSettings } from "./alarm-types";
import type { Severity } from "./image-scan";
import type { NetworkSettings } from "./network-types";
import type { Usage } from "./usage";
import type { RuleName } from "./rule-names";
import type { JobSettings, ServiceSettings } from "./workload-types";

export type * from "./workload-types";

/** What a stack's configuration amounts to: plain, frozen, every default filled in. */
export interface Settings {
    readonly project: string;
    readonly stack: string;
    readonly profile: "development" | "production";
    readonly region: string;
    /** Everything found under `aws:`, for the provider. */
    readonly aws: Readonly<Record<string, unknown>>;
    readonly network: NetworkSettings;
    readonly domain?: DomainSettings;
    /**
     * What is said of the load balancer.
     *
     * @default nothing: it faces the internet
     */
    readonly loadBalancer?: LoadBalancerSettings;
    readonly deletionProtection: boolean;
    readonly containerInsights: "disabled" | "enabled" | "enhanced";
    /**
     * From which severity on a finding of ECR's scan stops an update that brings the image.
     *
     * @default none does
     */
    readonly imageScan?: Severity;
    /** Days. */
    readonly logRetentionDays: number;
    /**
     * Logs that AWS's services write to a bucket.
     *
     * @default none is kept
     */
    readonly logs?: LogSettings;
    readonly permissionsBoundary?: string;
    /**
     * A KMS key for what the stack writes: one of its own, or the ARN of another.
     *
     * @default AWS's own keys
     */
    readonly encryption?: { readonly customerKey: true | string };
    /**
     * Whether the stack has a dashboard.
     *
     * @default it has none
     */
    readonly dashboard?: true;
    readonly tags: Readonly<Record<string, string>>;
    /** What cost estimates assume. */
    readonly usage: Usage;
    /**
     * What the stack may cost.
     *
     * @default nothing limits it
     */
    readonly budget?: BudgetSettings;
    /**
     * What is watched, and who is told.
     *
     * @default nothing
     */
    readonly alarms?: AlarmSettings;
    /**
     * Whether a rollout is taken back in which an alarm about a service's requests goes on.
     *
     * @default ECS is told of no alarm, nor that there is none
     */
    readonly rollbackOnAlarms?: boolean;
    readonly policyExceptions: readonly PolicyException[];
    /**
     * What stands in front of the load balancer.
     *
     * @default nothing
     */
    readonly firewall?: Firewall;
    /**
     * What the profile would have, with the reason why the stack has not.
     *
     * @default nothing
     */
    readonly turnedOff?: readonly TurnedOff[];
    /**
     * Whether new revisions run their services' releases.
     *
     * @default run
     */
    readonly releases?: "run" | "skip";
    /** Sorted by name. */
    readonly services: readonly ServiceSettings[];
    /** Sorted by name. */
    readonly jobs: readonly JobSettings[];
}

export interface BudgetSettings {
    /** At the expected level. */
    readonly monthlyUsd: number;
    /**
     * Whether AWS watches what is spent, and tells the topic of the alarms.
     *
     * @default AWS knows of no budget
     */
    readonly alerts?: true;
}

/** Logs that AWS's services write to a bucket: one of these two at least. */
export interface LogSettings {
    /** Of the load balancer: its requests and its connections. */
    readonly accessLogs: boolean;
    /** Of the VPC. */
    readonly flowLogs: boolean;
    /**
     * Name of a bucket that exists already.
     *
     * @default one of the stack's own
     */
    readonly bucket?: string;
}

/** A finding of a policy rule that somebody takes responsibility for. */
export interface PolicyException {
    readonly rule: RuleName;
    /** Logical name; absent: every resource. */
    readonly resource?: string;
    readonly reason: string;
    /** Last day, YYYY-MM-DD. */
    readonly until: string;
}

export type DomainSettings =
    | {
          readonly name: string;
          readonly zone: string;
          readonly certificateArn?: undefined;
          /**
           * Further host names in the zone.
           *
           * @default none
           */
          readonly otherNames?: readonly string[];
      }
    | {
          readonly name: string;
          readonly zone?: undefined;
          readonly certificateArn: string;
          readonly otherNames?: undefined;
      };

/** A part that a reason stands in place of, and the rule that would ask for the part. */
export interface TurnedOff {
    /** From `fargate:` down. */
    readonly key: string;
    readonly rule: RuleName;
    readonly reason: string;
}

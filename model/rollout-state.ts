import type { Wait } from "./rollout-wait";

/** A rollout as the stack declares it: what ECS is asked about. */
export interface DeclaredRollout {
    /** Name in the stack file, which its container has too. */
    readonly service: string;
    /** Name or ARN. */
    readonly cluster: string;
    /** Name that ECS knows the service by. */
    readonly serviceName: string;
    /** ARN, with its revision. */
    readonly taskDefinition: string;
    readonly logGroup: string;
    readonly wait: Wait;
}

/** What ECS and ELB said at one time. */
export interface Observation {
    /** Absent where ECS has no such service, or only remembers it. */
    readonly service?: ServiceState;
    /** Newest first; empty while a rollout goes well, which need not be asked for. */
    readonly history: readonly ServiceDeployment[];
    /** Tasks that stopped, whichever revision they had; first come first. */
    readonly stopped: readonly StoppedTask[];
    readonly targets: readonly TargetHealth[];
    /** What could not be looked at, and why, by the sentence. */
    readonly unseen: readonly string[];
}

export interface ServiceState {
    readonly desired: number;
    readonly running: number;
    readonly pending: number;
    /** What runs and what is coming; ECS calls the newest of them PRIMARY. */
    readonly deployments: readonly Deployment[];
    /** What ECS tells of the service, newest first. */
    readonly events: readonly { readonly at: Date; readonly message: string }[];
}

export interface Deployment {
    readonly isPrimary: boolean;
    readonly taskDefinition: string;
    readonly desired: number;
    readonly running: number;
    /** Failures in a row: a task that becomes healthy sets it back. */
    readonly failedTasks?: number;
    readonly createdAt: Date;
    readonly state: "COMPLETED" | "FAILED" | "IN_PROGRESS";
    readonly reason?: string;
}

/** An attempt to roll something out, which ECS remembers after it ended. */
export interface ServiceDeployment {
    readonly taskDefinition: string;
    readonly status: string;
    readonly reason?: string;
    readonly createdAt: Date;
}

export interface StoppedTask {
    readonly id: string;
    readonly taskDefinition: string;
    readonly createdAt: Date;
    readonly stopCode?: string;
    readonly reason: string;
    readonly containers: readonly { readonly name: string; readonly exitCode?: number; readonly reason?: string }[];
}

export interface TargetHealth {
    /** `10.0.1.20:8080`. */
    readonly address: string;
    readonly state: string;
    readonly code?: string;
    readonly description?: string;
}

/** `family:revision` of a task definition. */
export function revisionOf(taskDefinition: string): string {
    return taskDefinition.slice(taskDefinition.lastIndexOf("/") + 1);
}

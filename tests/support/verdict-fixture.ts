import type { DeclaredRollout, Deployment, Observation, ServiceDeployment, StoppedTask } from "../../model/rollout-state";
import type { ContainerLog, Failure } from "../../model/verdict";
import { DeclaredRun, releaseOf } from "../../model/task-run";
import type { ServiceFacts } from "../../model/verdict-facts";
import { failureText } from "../../model/verdict-text";

const ARN = "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/shop-dev-web";
/** What ran before, what the stack declares, and what somebody else deploys. */
export const OLD = `${ARN}:41`;
export const NEW = `${ARN}:42`;
export const OTHER = `${ARN}:43`;

export const DECLARED: DeclaredRollout = {
    service: "web",
    cluster: "shop-dev",
    serviceName: "web-1a2b3c4",
    taskDefinition: NEW,
    logGroup: "shop-dev-web",
    wait: { usualSeconds: 80, atMostSeconds: 900 },
};

/** A release of it. */
export const RELEASE: DeclaredRun = {
    name: "web",
    cluster: "shop-dev",
    taskDefinition: NEW,
    container: "web",
    command: ["npm", "run", "migrate"],
    subnetIds: ["subnet-1"],
    securityGroupId: "sg-1",
    logGroup: "shop-dev-web",
    startedBy: releaseOf(NEW),
    atMostSeconds: 60,
};

export const FACTS: ServiceFacts = {
    name: "web",
    architecture: "arm64",
    memoryMiB: 512,
    user: "65532",
    port: 8080,
    spotPercent: 0,
    health: { path: "/healthz", gracePeriodSeconds: 30 },
};

/** Seconds after the rollout began. */
export function at(seconds: number): Date {
    return new Date(Date.UTC(2026, 10, 26, 10, 0, seconds));
}

export function deployment(changes: Partial<Deployment> = {}): Deployment {
    const base = { isPrimary: true, taskDefinition: NEW, desired: 2, running: 2, failedTasks: 0, createdAt: at(0) };
    return { ...base, state: "COMPLETED", ...changes };
}

/** The former revision beside or instead of the new one. */
export const FORMER = deployment({ isPrimary: false, taskDefinition: OLD, createdAt: at(-9000) });

export function attempt(status: string, taskDefinition = NEW, reason?: string): ServiceDeployment {
    return { taskDefinition, status, reason, createdAt: at(0) };
}

export function observed(deployments: readonly Deployment[], more: Partial<Observation> = {}): Observation {
    const primary = deployments.find(({ isPrimary }) => isPrimary);
    const running = deployments.reduce((sum, one) => sum + one.running, 0);
    const service = { desired: primary?.desired ?? 0, running, pending: 0, deployments, events: [] };
    return { service, history: [], stopped: [], targets: [], unseen: [], ...more };
}

/** A task of the new revision that stopped some seconds after the rollout began. */
export function stopped(changes: Partial<StoppedTask> = {}, seconds = 10): StoppedTask {
    return {
        id: `task-${seconds}`,
        taskDefinition: NEW,
        createdAt: at(seconds),
        stopCode: "TaskFailedToStart",
        reason: "",
        containers: [{ name: "web" }],
        ...changes,
    };
}

/** A task whose container ended by itself. */
export function exited(exitCode: number, reason?: string): StoppedTask {
    return stopped({
        stopCode: "EssentialContainerExited",
        reason: "Essential container in task exited",
        containers: [{ name: "web", exitCode, reason }],
    });
}

/** A task that ECS stopped for its health. */
export function unhealthy(reason: string): StoppedTask {
    return stopped({ stopCode: "ServiceSchedulerInitiated", reason, containers: [{ name: "web", exitCode: 143 }] });
}

export const ROLLED_BACK: Failure = {
    kind: "rolled back",
    how: "went back",
    reason: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
};

/** The state after ECS went back, with one failed task, or with events alone. */
export function wentBack(
    task: StoppedTask | undefined,
    more: Partial<Observation> = {},
    events: readonly string[] = [],
): Observation {
    const base = observed([{ ...FORMER, isPrimary: true }], {
        history: [attempt("ROLLBACK_SUCCESSFUL")],
        stopped: task === undefined ? [] : [task],
        ...more,
    });
    const told = events.map((message, index) => ({ at: at(60 - index), message: `(service web-1a2b3c4) ${message}` }));
    return { ...base, service: base.service && { ...base.service, events: told } };
}

export function log(...lines: string[]): ContainerLog {
    return { task: "task-10", container: "web", lines };
}

/** The block about a rollout that ECS took back, line by line. */
export function block(
    observation: Observation,
    containerLog?: ContainerLog,
    facts: Partial<ServiceFacts> = {},
    told: { readonly reason?: string } = {},
): string[] {
    const outcome = { verdict: { ...ROLLED_BACK, ...told }, observation, elapsedSeconds: 200, log: containerLog };
    return failureText(outcome, DECLARED, { ...FACTS, ...facts }, "dev").split("\n");
}

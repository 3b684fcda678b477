/**
 * Names that two parts of the program must agree on, or that other systems must know: deploy policies are written against the prefix, and a task family
 * is account-wide.
 */

/** Limits by AWS, in characters. */
export const ROLE_NAME_LIMIT = 64;
export const SERVICE_NAME_LIMIT = 20;

export const SERVICE_NAME = /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/;

export interface Deployment {
    readonly project: string;
    readonly stack: string;
}

/** `<project>-<stack>`: the cluster's name, and the prefix of all others. */
export function stackPrefix({ project, stack }: Deployment): string {
    return `${project}-${stack}`;
}

/** `<project>-<stack>-<service>`: task family, repository. */
export function serviceName(deployment: Deployment, service: string): string {
    return `${stackPrefix(deployment)}-${service}`;
}

/** The roles of a service's tasks: ECS takes one to start them, the application the other. */
export const PURPOSES = ["execution", "task"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Who takes the roles of a job, beside those of its tasks: Step Functions to run them, EventBridge Scheduler to start that. */
export const JOB_ROLES = { workflow: "states.amazonaws.com", schedule: "scheduler.amazonaws.com" } as const;

export function roleName(deployment: Deployment, service: string, purpose: Purpose | keyof typeof JOB_ROLES): string {
    return `${serviceName(deployment, service)}-${purpose}`;
}

/** Characters left for a service's name before its longest role name passes AWS's limit. */
export function serviceNameRoom(deployment: Deployment): number {
    return Math.min(SERVICE_NAME_LIMIT, ROLE_NAME_LIMIT - roleName(deployment, "", "execution").length);
}

/** Type tokens of the components. Each is part of the URN of all that stands below it: another one would replace what is deployed. */
export const COMPONENT = {
    alarms: "fargate:index:Alarms",
    certificate: "fargate:index:Certificate",
    cluster: "fargate:index:Cluster",
    endpoints: "fargate:index:Endpoints",
    image: "fargate:index:Image",
    job: "fargate:index:Job",
    loadBalancer: "fargate:index:LoadBalancer",
    network: "fargate:index:Network",
    registry: "fargate:index:Registry",
    scaling: "fargate:index:Scaling",
    service: "fargate:index:Service",
    target: "fargate:index:Target",
    task: "fargate:index:Task",
    topic: "fargate:index:Topic",
} as const;

/** Logical names of the components that a stack has one of. Services are named beside them, each by its own name. */
export const OWN_NAME = {
    certificate: "certificate",
    cluster: "cluster",
    endpoints: "endpoints",
    loadBalancer: "load-balancer",
    network: "network",
    alarms: "stack-alarms",
    topic: "alarm-topic",
} as const;

/** Logical names that one part makes and another finds again. */
export const logicalName = {
    /** A service's image, and its build. */
    image: (service: string) => `${service}-image`,
    /** The component of what the load balancer sends to a service. */
    target: (service: string) => `${service}-target`,
    /** The component of what watches a service's requests, and that of what watches its tasks. */
    requestAlarms: (service: string) => `${service}-request-alarms`,
    taskAlarms: (service: string) => `${service}-task-alarms`,
    /** What that component puts on the listener. */
    listenerRule: (target: string) => `${target}-rule`,
    /** The component of a service's tasks. */
    task: (service: string) => `${service}-task`,
    /** What the component of a service's tasks registers with ECS. */
    taskDefinition: (task: string) => `${task}-definition`,
    /** An endpoint of the component, by its service's short name. */
    endpoint: (endpoints: string, service: string) => `${endpoints}-${service.replaceAll(".", "-")}`,
};

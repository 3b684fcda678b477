import type { Protocol } from "./protocol";

/**
 * Names that two parts of the program must agree on, or that other systems must know: deploy policies are written against the prefix, and a task family
 * is account-wide.
 */

/** Limits by AWS, in characters. */
export const ROLE_NAME_LIMIT = 64;
export const RULE_NAME_LIMIT = 64;
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

/** `<project>/<stack>/<name>`: secrets and parameters, whose names are paths. */
export function secretName({ project, stack }: Deployment, name: string): string {
    return `${project}/${stack}/${name}`;
}

/** `<project>-<stack>-mirror/<name>`: the repository of a copied image. With the slash it is no service's. */
export function mirrorName(deployment: Deployment, name: string): string {
    return `${serviceName(deployment, "mirror")}/${name}`;
}

/** `<project>-<stack>-<service>`: task family, repository. */
export function serviceName(deployment: Deployment, service: string): string {
    return `${stackPrefix(deployment)}-${service}`;
}

/** What the names of alarms and rules begin with that are of no single service. */
export function stackAlarmsPrefix(deployment: Deployment): string {
    return `${stackPrefix(deployment)}-stack`;
}

const SESSIONS = "-exec/sessions";

/** Where ECS Exec logs sessions: beside the log groups of services, and by no name that a service can have. */
export function sessionLogGroup(deployment: Deployment): string {
    return `${stackPrefix(deployment)}${SESSIONS}`;
}

/** Container Insights writes to no log group of another name. */
export const INSIGHTS_LOGS = "/aws/ecs/containerinsights/";

/** Where Container Insights writes what it makes metrics of. */
export function insightsLogGroup(deployment: Deployment): string {
    return `${INSIGHTS_LOGS}${stackPrefix(deployment)}/performance`;
}

export function isSessionLogGroup(name: string): boolean {
    return name.endsWith(SESSIONS);
}

/** What the name of the stack's log bucket starts with; Pulumi adds a hyphen and seven digits, so that the next bucket is another one. */
export function logBucketPrefix(deployment: Deployment): string {
    return `${stackPrefix(deployment)}-logs`;
}

/** Folders of a log bucket; several stacks may share one that somebody else made. */
export function logFolders(deployment: Deployment): Readonly<Record<"access" | "connections" | "flows", string>> {
    const prefix = stackPrefix(deployment);
    return { access: `${prefix}/access`, connections: `${prefix}/connections`, flows: `${prefix}/flows` };
}

/** Characters left for `<project>-<stack>` before the name of its log bucket passes the 63 that S3 allows. */
export function logBucketRoom(deployment: Deployment): number {
    return 63 - `${logBucketPrefix(deployment)}-1234567`.length;
}

/** The roles of a service's tasks: ECS takes one to start them, the application the other. */
export const PURPOSES = ["execution", "task"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Who takes the roles of a job, beside those of its tasks: Step Functions to run them, EventBridge Scheduler to start that. */
export const JOB_ROLES = { workflow: "states.amazonaws.com", schedule: "scheduler.amazonaws.com" } as const;

export function roleName(deployment: Deployment, service: string, purpose: Purpose | keyof typeof JOB_ROLES): string {
    return `${serviceName(deployment, service)}-${purpose}`;
}

/** The topic that alarms tell. */
export function alarmTopicName(deployment: Deployment): string {
    return `${stackPrefix(deployment)}-alarms`;
}

/** AWS WAF logs to no log group of another name's beginning. */
export const FIREWALL_LOGS = "aws-waf-logs-";

/** Where a web ACL logs. */
export function firewallLogGroup(aclName: string): string {
    return `${FIREWALL_LOGS}${aclName}`;
}

/** A web ACL's IP set of a list, one a family of addresses. */
export function ipSetName(aclName: string, list: string, family: "ipv4" | "ipv6"): string {
    return `${aclName}-${list}-${family}`;
}

/** Characters left for a service's name before its longest role name passes AWS's limit. */
export function serviceNameRoom(deployment: Deployment): number {
    return Math.min(SERVICE_NAME_LIMIT, ROLE_NAME_LIMIT - roleName(deployment, "", "execution").length);
}

/** Type tokens of the components. Each is part of the URN of all that stands below it: another one would replace what is deployed. */
export const COMPONENT = {
    answers: "fargate:index:Answers",
    alarms: "fargate:index:Alarms",
    budget: "fargate:index:Budget",
    certificate: "fargate:index:Certificate",
    cluster: "fargate:index:Cluster",
    dashboard: "fargate:index:Dashboard",
    endpoints: "fargate:index:Endpoints",
    firewall: "fargate:index:Firewall",
    flowLogs: "fargate:index:FlowLogs",
    image: "fargate:index:Image",
    job: "fargate:index:Job",
    key: "fargate:index:Key",
    loadBalancer: "fargate:index:LoadBalancer",
    logBucket: "fargate:index:LogBucket",
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
    // A service may well be called budget, key or dashboard.
    budget: "stack-budget",
    certificate: "certificate",
    cluster: "cluster",
    endpoints: "endpoints",
    key: "stack-key",
    dashboard: "stack-dashboard",
    firewall: "firewall",
    flowLogs: "flow-logs",
    loadBalancer: "load-balancer",
    logBucket: "log-bucket",
    network: "network",
    alarms: "stack-alarms",
    topic: "alarm-topic",
} as const;

/**
 * What a target group speaks, which AWS keeps for its life, so that another protocol is another group with another rule. Upper case tells its name from
 * those of services, in the 24 characters that are left of a group's 32.
 */
const GROUP_SUFFIX: Readonly<Record<Protocol, string>> = { http1: "", http2: "-H2", grpc: "-RPC" };

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
    listenerRule: (target: string, protocol: Protocol = "http1") => `${target}-rule${GROUP_SUFFIX[protocol]}`,
    /** What that component's rule forwards to. */
    targetGroup: (service: string, protocol: Protocol = "http1") => `${service}${GROUP_SUFFIX[protocol]}`,
    /** The component of what the load balancer answers by itself. */
    answers: (loadBalancer: string) => `${loadBalancer}-answers`,
    /** What lets callers in at a port of the load balancer, by the end that tells it from the others. */
    callerRule: (loadBalancer: string, end: string) => `${loadBalancer}-from-${end}`,
    /** The component of a service's tasks. */
    task: (service: string) => `${service}-task`,
    /** What the component of a service's tasks registers with ECS. */
    taskDefinition: (task: string) => `${task}-definition`,
    /** An endpoint of the component, by its service's short name. */
    endpoint: (endpoints: string, service: string) => `${endpoints}-${service.replaceAll(".", "-")}`,
};

/** Names that other systems must know: deploy policies are written against their prefix, and a task family is account-wide. */

/** Limits by AWS, in characters. */
export const ROLE_NAME_LIMIT = 64;
export const SERVICE_NAME_LIMIT = 20;

export const SERVICE_NAME = /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/;

/** The longest text that is put behind a service's name. */
const LONGEST_SUFFIX = "-execution";

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

/** Characters left for a service's name before its longest role name passes AWS's limit. */
export function serviceNameRoom(deployment: Deployment): number {
    return Math.min(SERVICE_NAME_LIMIT, ROLE_NAME_LIMIT - LONGEST_SUFFIX.length - stackPrefix(deployment).length - 1);
}

/** Type tokens of the program's components. A rename needs an alias in the same change. */
export const COMPONENT = {
    certificate: "fargate:index:Certificate",
    cluster: "fargate:index:Cluster",
    endpoints: "fargate:index:Endpoints",
    image: "fargate:index:Image",
    loadBalancer: "fargate:index:LoadBalancer",
    network: "fargate:index:Network",
    registry: "fargate:index:Registry",
    scaling: "fargate:index:Scaling",
    service: "fargate:index:Service",
    target: "fargate:index:Target",
    task: "fargate:index:Task",
} as const;

/** Logical names of the components that a stack has one of; no service may have them. */
export const STACK_COMPONENTS = {
    certificate: "certificate",
    cluster: "cluster",
    endpoints: "endpoints",
    loadBalancer: "load-balancer",
    network: "network",
} as const;

/** Logical name of a service's image: of the component, and of the build inside it. */
export function imageName(service: string): string {
    return `${service}-image`;
}

/** Logical name of a service's task component. */
export function taskName(service: string): string {
    return `${service}-task`;
}

/** Logical name of the task definition inside a task component. */
export function taskDefinitionName(task: string): string {
    return `${task}-definition`;
}

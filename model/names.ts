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

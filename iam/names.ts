import type { Deployment } from "../model/names";
import { partitionOf } from "../model/partitions";
import type { Place } from "./documents";

/** What the bootstrap names: the roles' policies, the stacks' files and the workflows are written against it. */

/** Limits by AWS, in characters. */
export const BUCKET_NAME_LIMIT = 63;

/** Of roles and policies. `role/<project>-<stack>-*`, which a deploy role may change, never matches what lies below it. */
export function bootstrapPath(project: string): string {
    return `/${project}-bootstrap/`;
}

export function previewRoleName(project: string): string {
    return `${project}-preview`;
}

export function buildRoleName(project: string): string {
    return `${project}-build`;
}

export function deployRoleName(project: string, stack: string): string {
    return `${project}-deploy-${stack}`;
}

/** Of people, who look at all stacks. */
export function readRoleName(project: string): string {
    return `${project}-read`;
}

/** Of people, who operate one stack. */
export function operateRoleName(project: string, stack: string): string {
    return `${project}-operate-${stack}`;
}

export function boundaryName(project: string, stack: string): string {
    return `${project}-boundary-${stack}`;
}

/** The policy that bounds the roles of a stack's tasks: `fargate:permissionsBoundary`. */
export function boundaryArn({ region, account }: Place, project: string, stack: string): string {
    return `arn:${partitionOf(region)}:iam::${account}:policy${bootstrapPath(project)}${boundaryName(project, stack)}`;
}

export function jobsBoundaryName(project: string, stack: string): string {
    return `${project}-jobs-boundary-${stack}`;
}

/** The policy that bounds the roles that run a stack's jobs. */
export function jobsBoundaryArn({ region, account }: Place, project: string, stack: string): string {
    return `arn:${partitionOf(region)}:iam::${account}:policy${bootstrapPath(project)}${jobsBoundaryName(project, stack)}`;
}

/** The boundary of the roles that run jobs, by that of the tasks' roles. One that the bootstrap did not make bounds both. */
export function besideBoundary(boundary: string, { project, stack }: Deployment): string {
    const end = bootstrapPath(project) + boundaryName(project, stack);
    return boundary.endsWith(`:policy${end}`)
        ? boundary.replace(end, bootstrapPath(project) + jobsBoundaryName(project, stack))
        : boundary;
}

/** The repository of a service's images, for all stacks of the account. With a slash no stack's prefix `<project>-<stack>-` can match it. */
export function sharedRepositoryName(project: string, service: string): string {
    return `${project}/${service}`;
}

/** Bucket names are shared by all accounts of the world. */
export function stateBucketName({ region, account }: Place, project: string): string {
    return `${project}-state-${account}-${region}`;
}

export function stateBucketArn(place: Place, project: string): string {
    return `arn:${partitionOf(place.region)}:s3:::${stateBucketName(place, project)}`;
}

export function keyAlias(project: string): string {
    return `alias/${project}-stacks`;
}

/** What `PULUMI_BACKEND_URL` takes. */
export function backendUrl(place: Place, project: string): string {
    return `s3://${stateBucketName(place, project)}?region=${place.region}`;
}

/** What `pulumi stack init --secrets-provider` takes. The context binds a stack's secrets to the roles that may decrypt for this stack. */
export function secretsProviderUrl({ region }: Place, project: string, stack: string): string {
    return `awskms:///${keyAlias(project)}?region=${region}&context_project=${project}&context_stack=${stack}`;
}

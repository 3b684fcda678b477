import * as pulumi from "@pulumi/pulumi";
import { boundaryPolicy } from "../iam/boundary";
import { BUCKET_NAME_LIMIT, deployRoleName, operateRoleName, stateBucketName } from "../iam/names";
import { policySize } from "../iam/packing";
import { peopleMayAssume } from "../iam/people";
import { RolePolicies, buildPolicies, deployPolicies, operatePolicies, readPolicies } from "../iam/roles";
import type { StateStore } from "../iam/state";
import { ISSUER, buildJobs, deployJobs, mayAssume, previewJobs } from "../iam/trust";
import { AWS_LIMIT } from "../model/limits";
import { ROLE_NAME_LIMIT } from "../model/names";
import { isOfPartition, partition, partitionOf } from "../model/partitions";
import { Problem, describeProblems } from "../settings/problems";
import type { BootstrapSettings } from "./schema";
import { scopeOf } from "./scope";

/** What must hold between keys; a schema cannot say it. */
export function ruleProblems(settings: BootstrapSettings): Problem[] {
    return [
        ...nestedNames(settings),
        ...twice(settings),
        ...longNames(settings),
        ...otherPartition(settings),
        ...largePolicies(settings),
        ...largeTrust(settings),
    ];
}

/** The workflows log in to registries below amazonaws.com, and GitHub's tokens are for sts.amazonaws.com. */
export function partitionProblems(region: string): Problem[] {
    if (partition(region).dnsSuffix === "amazonaws.com") return [];
    const allowed = `a region of aws or aws-us-gov: the workflows know no other. In ${partition(region).id} deploy by pulumi up, without a bootstrap`;
    return [{ path: ["aws:region"], found: region, allowed }];
}

function otherPartition({ region, github: { providerArn }, readers, environments }: BootstrapSettings): Problem[] {
    const told = (path: string[], arn: string) =>
        isOfPartition(arn, region)
            ? []
            : [{ path, found: arn, allowed: `what is in ${partitionOf(region)}, the partition of ${region}` }];
    return [
        ...(providerArn === undefined ? [] : told(["github", "providerArn"], providerArn)),
        ...readers.flatMap(arn => told(["readers"], arn)),
        ...environments.flatMap(({ name, operators }) =>
            operators.flatMap(arn => told(["environments", name, "operators"], arn)),
        ),
        ...environments.flatMap(({ name, permissions }) =>
            permissions.flatMap(({ resources }, index) =>
                resources.flatMap(arn => told(["environments", name, "permissions", String(index), "resources"], arn)),
            ),
        ),
    ];
}

/**
 * People of another account could never take a role: it trusts its own account alone.
 *
 * @throws pulumi.RunError before anything exists.
 */
export function refuseOtherAccounts({ stack, readers, environments }: BootstrapSettings, account: string): void {
    const told = (path: string[], arns: readonly string[]) =>
        arns
            .filter(arn => arn.split(":")[4] !== account)
            .map(found => ({ path, found, allowed: `roles and users of ${account}, the account that this bootstrap is for` }));
    const problems = [
        ...told(["fargate-bootstrap:readers"], readers),
        ...environments.flatMap(({ name, operators }) => told(["fargate-bootstrap:environments", name, "operators"], operators)),
    ];
    if (problems.length > 0) throw new pulumi.RunError(describeProblems(stack, problems));
}

/** `fargate-dev-*` would match what belongs to `dev-eu`. */
function nestedNames({ environments, project }: BootstrapSettings): Problem[] {
    const names = environments.map(({ name }) => name);
    return names.flatMap(name => {
        const outer = names.find(other => name.startsWith(`${other}-`));
        if (outer === undefined) return [];
        const found = `a name that ${outer} begins too`;
        const allowed = `names of which none continues another by a hyphen: the role of ${outer} may change ${project}-${outer}-*. Rename one, or deploy it to an account of its own`;
        return [{ path: ["environments", name], found, allowed }];
    });
}

function twice({ services }: BootstrapSettings): Problem[] {
    return services.flatMap((service, index) =>
        services.indexOf(service) < index
            ? [{ path: ["services", String(index)], found: service, allowed: "each name once" }]
            : [],
    );
}

function longNames(settings: BootstrapSettings): Problem[] {
    const { environments, project } = settings;
    const bucket = stateBucketName(scopeOf(settings, ACCOUNT), project);
    const roles = environments.flatMap(({ name, operators }) =>
        [deployRoleName(project, name), ...(operators.length > 0 ? [operateRoleName(project, name)] : [])].map(role => ({
            path: ["environments", name],
            name: role,
        })),
    );
    return [
        ...roles
            .filter(({ name }) => name.length > ROLE_NAME_LIMIT)
            .map(({ path, name }) => ({
                path,
                found: `the role ${name}`,
                allowed: `names of roles of at most ${ROLE_NAME_LIMIT} characters`,
            })),
        ...(bucket.length > BUCKET_NAME_LIMIT
            ? [
                  {
                      path: ["environments"],
                      found: `the bucket ${bucket}`,
                      allowed: `at most ${BUCKET_NAME_LIMIT} characters: shorten the project's name in Pulumi.yaml`,
                  },
              ]
            : []),
    ];
}

function largePolicies(settings: BootstrapSettings): Problem[] {
    const everything = scopeOf(settings, ACCOUNT);
    const shared = policySize(boundaryPolicy({ ...everything, stacks: [] }, STATE, []));
    const isTooManyServices = shared > AWS_LIMIT.managedPolicy || !fitsRole(buildPolicies(everything));
    if (isTooManyServices) {
        const found = `${settings.services.length} services`;
        const allowed = `fewer in one account: their repositories fit no boundary of ${AWS_LIMIT.managedPolicy} characters any more`;
        return [{ path: ["services"], found, allowed }];
    }
    const boundaries = settings.environments.map(environment => ({
        path: ["environments", environment.name, "permissions"],
        size: policySize(boundaryPolicy(scopeOf(settings, ACCOUNT, environment), STATE, environment.permissions)),
    }));
    const tooLarge = settings.environments.filter(one => {
        const scope = scopeOf(settings, ACCOUNT, one);
        return ![deployPolicies, operatePolicies].every(policiesOf => fitsRole(policiesOf(scope, STATE)));
    });
    return [
        ...boundaries
            .filter(({ size }) => size > AWS_LIMIT.managedPolicy)
            .map(({ path, size }) => ({
                path,
                found: `a policy of ${size} characters`,
                allowed: `at most ${AWS_LIMIT.managedPolicy} characters: name fewer resources, or patterns of them`,
            })),
        ...(fitsRole(readPolicies(everything, STATE))
            ? tooLarge.map(({ name }) => ({
                  path: ["environments", name],
                  found: "more than fits the policies of the roles that deploy and operate it",
                  allowed: "fewer services in one account, or fewer subnets, route tables and securityGroups",
              }))
            : [
                  {
                      path: ["environments"],
                      found: `${settings.environments.length} environments`,
                      allowed: "fewer in one account: what the roles that read may read fits no role's policies any more",
                  },
              ]),
    ];
}

function fitsRole(policies: RolePolicies<string>): boolean {
    const documents = Object.values(policies);
    return (
        documents.length <= AWS_LIMIT.managedPolicies &&
        documents.every(document => policySize(document) <= AWS_LIMIT.managedPolicy)
    );
}

/** The names of repository and branch stand several times in who may take a role. */
function largeTrust(settings: BootstrapSettings): Problem[] {
    return [...largeTrustOfJobs(settings), ...largeTrustOfPeople(settings)];
}

function largeTrustOfPeople({ region, readers, environments }: BootstrapSettings): Problem[] {
    return [
        { path: ["readers"], people: readers },
        ...environments.map(({ name, operators }) => ({ path: ["environments", name, "operators"], people: operators })),
    ].flatMap(({ path, people }) => {
        const size = policySize(peopleMayAssume({ region, account: ACCOUNT }, people));
        if (size <= AWS_LIMIT.trustPolicy) return [];
        const allowed = `at most ${AWS_LIMIT.trustPolicy} characters: a role, or a pattern, that stands for several of them`;
        return [{ path, found: `${people.length} ARNs, which make a trust policy of ${size} characters`, allowed }];
    });
}

function largeTrustOfJobs({ github, environments }: BootstrapSettings): Problem[] {
    const provider = github.providerArn ?? `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
    const jobs = [previewJobs(github), buildJobs(github), ...environments.map(({ name }) => deployJobs(github, name))];
    const largest = Math.max(...jobs.map(some => policySize(mayAssume(github, provider, some))));
    if (largest <= AWS_LIMIT.trustPolicy) return [];
    const found = `${github.repository} and ${github.branch}, which make a trust policy of ${largest} characters`;
    return [{ path: ["github"], found, allowed: `at most ${AWS_LIMIT.trustPolicy} characters: a shorter name of the branch` }];
}

/** Of the lengths that AWS's have. */
const ACCOUNT = "000000000000";
const STATE: StateStore<string> = {
    bucketArn: `arn:aws-us-gov:s3:::${"b".repeat(BUCKET_NAME_LIMIT)}`,
    keyArn: `arn:aws-us-gov:kms:ap-southeast-2:${ACCOUNT}:key/00000000-0000-0000-0000-000000000000`,
};

import { sharedRepositoryName } from "./names";
import { partitionOf } from "../model/partitions";
import { JOB_ROLES, PURPOSES, logBucketPrefix, stackPrefix } from "../model/names";
import type { Place, Statement } from "./documents";

/** Whose resources a role may touch. */
export interface Scope extends Place {
    readonly project: string;
    /** One stack, or for a role that only reads, several. */
    readonly stacks: readonly string[];
    /** Services whose images the account's stacks share. */
    readonly services: readonly string[];
    /** Names that the stacks answer to, where they have any. */
    readonly domains: readonly Domain[];
    /** VPCs that exist already, where stacks are deployed into one. */
    readonly networks: readonly GivenNetwork[];
    /** Ids of groups of others that the stacks may add rules to. */
    readonly securityGroups: readonly string[];
    /**
     * Whether their tasks may be started with ECS Exec.
     *
     * @default false
     */
    readonly exec?: boolean;
    /**
     * Whether their load balancers have private addresses alone.
     *
     * @default false: they may face the internet
     */
    readonly internal?: boolean;
    /**
     * Ids of subnets that their services and load balancers stand in, and of those that others' do.
     *
     * @default any
     */
    readonly subnets?: { readonly own: readonly string[]; readonly others: readonly string[] };
}

/** What a stack uses of a VPC that it did not make. */
export interface GivenNetwork {
    readonly vpcId: string;
    /** Where it puts interface endpoints. */
    readonly subnetIds: readonly string[];
    /** Where it puts gateway endpoints. */
    readonly routeTableIds: readonly string[];
}

/** A name that a stack makes a certificate and records for. */
export interface Domain {
    /** Such as `shop.example.com`; records for it and for one name below it. */
    readonly name: string;
    /** Id of the public Route 53 zone that holds it. */
    readonly zoneId: string;
    /**
     * Further names in the zone.
     *
     * @default none
     */
    readonly otherNames?: readonly string[];
}

export type Condition = NonNullable<Statement["Condition"]>;

/** What an action is limited to. An action may stand in several limits, each for one of the resources that AWS authorizes it on. */
export interface Limit {
    readonly sid: string;
    readonly actions: readonly string[];
    /** ARNs; none where the scope has nothing of the kind. */
    readonly on: (scope: Scope) => readonly string[];
    /** @default no condition */
    readonly when?: (scope: Scope) => Condition;
}

/**
 * The statements that allow these actions, and no others.
 *
 * @throws RangeError for an action that has no limit.
 */
export function statementsFor(limits: readonly Limit[], actions: readonly string[], scope: Scope): Statement[] {
    const limited = new Set(limits.flatMap(limit => limit.actions));
    const unlimited = actions.filter(action => !limited.has(action));
    if (unlimited.length > 0)
        throw new RangeError(`no limit says what is allowed for ${unlimited.join(", ")}: add it to its service in iam/services`);
    return limits.flatMap((limit): Statement[] => {
        const wanted = limit.actions.filter(action => actions.includes(action));
        const resources = limit.on(scope);
        if (wanted.length === 0 || resources.length === 0) return [];
        const statement = { Sid: limit.sid, Effect: "Allow" as const, Action: wanted, Resource: resources };
        return [limit.when === undefined ? statement : { ...statement, Condition: limit.when(scope) }];
    });
}

/** Actions that know no resource (service authorization reference). */
export const any = (): readonly string[] => ["*"];

/** ARNs of this region and account. */
export const here =
    (service: string, ...resources: readonly string[]) =>
    ({ region, account }: Scope): readonly string[] =>
        resources.map(resource => `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`);

/** ARNs that carry the stacks' names; `PREFIX` stands for `<project>-<stack>`. */
export const named =
    (service: string, ...patterns: readonly string[]) =>
    (scope: Scope): readonly string[] =>
        scope.stacks.flatMap(stack => {
            const prefix = stackPrefix({ project: scope.project, stack });
            return here(service, ...patterns.map(pattern => pattern.replace("PREFIX", prefix)))(scope);
        });

/** What IAM has of the stacks' names; it is in no region. */
const namedInIam =
    (...patterns: readonly string[]) =>
    ({ project, stacks, region, account }: Scope): readonly string[] =>
        stacks.flatMap(stack => {
            const prefix = stackPrefix({ project, stack });
            return patterns.map(pattern => `arn:${partitionOf(region)}:iam::${account}:${pattern.replace("PREFIX", prefix)}`);
        });

/** Roles with the stacks' names. */
export const roles = namedInIam("role/PREFIX-*");

/** Roles with the very names that tasks' roles have. */
export const taskRoles = namedInIam(...PURPOSES.map(purpose => `role/PREFIX-*-${purpose}`));

/** Roles with the very names that those of jobs have. */
export const jobRoles = namedInIam(...Object.keys(JOB_ROLES).map(taker => `role/PREFIX-*-${taker}`));

/** Managed policies with the stacks' names: never a boundary, which has a path. */
export const policies = namedInIam("policy/PREFIX-*");

/** Buckets for logs, by their names; S3's ARNs have neither region nor account. */
const inLogBuckets =
    (what: string) =>
    ({ project, stacks, region }: Scope): readonly string[] =>
        stacks.map(stack => `arn:${partitionOf(region)}:s3:::${logBucketPrefix({ project, stack })}-*${what}`);

export const logBuckets = inLogBuckets("");
export const logObjects = inLogBuckets("/*");

/** VPCs that exist already. */
export const givenVpcs = (scope: Scope): readonly string[] =>
    here("ec2", ...scope.networks.map(({ vpcId }) => `vpc/${vpcId}`))(scope);

/** What the stacks use of VPCs that exist already. */
export const given = (scope: Scope): readonly string[] =>
    scope.networks.flatMap(({ vpcId, subnetIds, routeTableIds }) => {
        const parts = [`vpc/${vpcId}`, ...subnetIds.map(id => `subnet/${id}`), ...routeTableIds.map(id => `route-table/${id}`)];
        return here("ec2", ...parts)(scope);
    });

/** Groups of others that the stacks may add rules to. */
export const openedGroups = (scope: Scope): readonly string[] =>
    here("ec2", ...scope.securityGroups.map(id => `security-group/${id}`))(scope);

/** The repositories whose images the account's stacks share. */
export const sharedRepositories = (scope: Scope): readonly string[] =>
    here("ecr", ...scope.services.map(service => `repository/${sharedRepositoryName(scope.project, service)}`))(scope);

export const inRegion = ({ region }: Scope): Condition => ({ StringEquals: { "aws:RequestedRegion": region } });

/** The stacks' clusters, by their names. */
export const clusters = named("ecs", "cluster/PREFIX");

/** Of subnets that a request names: the stacks' own where they are told, and never those that are another's. A request that names none changes none. */
export function inSubnets(key: string, { subnets: { own: theirs, others } = { own: [], others: [] } }: Scope): Condition {
    if (theirs.length > 0) return { "ForAllValues:StringEquals": { [key]: theirs } };
    return others.length > 0 ? { "ForAllValues:StringNotEquals": { [key]: others } } : {};
}

/** What exists and carries the stack's tags. */
export const own = (scope: Scope): Condition => ({ StringEquals: tagsOf(scope, "aws:ResourceTag") });

/** What is the stack's, and stays so: no tag that tells whose it is gets another value. */
export const kept = (scope: Scope): Condition => ({
    ...own(scope),
    StringEqualsIfExists: tagsOf(scope, "aws:RequestTag"),
});

/** What is being made with the stack's tags. */
export const fresh = (scope: Scope): Condition => ({ StringEquals: tagsOf(scope, "aws:RequestTag") });

/** What is given the stack's tags and belongs to no stack yet. */
export const unclaimed = (scope: Scope): Condition => ({ ...fresh(scope), Null: { "aws:ResourceTag/project": "true" } });

/**
 * Stands in an ARN for an id that is still to be given. AWS writes an asterisk there, as its refusals show (`not authorized to perform:
 * acm:RequestCertificate on resource: arn:aws:acm:…:certificate/*`), and no id that exists has one character.
 */
export const ID_TO_COME = "?";

/** Tags that come with the making of something: of nothing that exists already. */
export const createdBy =
    (key: string, ...actions: readonly string[]) =>
    (scope: Scope): Condition => ({ StringEquals: { ...tagsOf(scope, "aws:RequestTag"), [key]: actions } });

function tagsOf({ project, stacks }: Scope, key: "aws:RequestTag" | "aws:ResourceTag"): Condition[string] {
    return { [`${key}/project`]: project, [`${key}/stack`]: oneOrMore(stacks) };
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
    const [first] = values;
    return values.length === 1 && first !== undefined ? first : values;
}

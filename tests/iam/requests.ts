import { readFileSync } from "node:fs";
import * as path from "node:path";
import { GROUP_RULES_QUOTA } from "../../model/group-rules";
import type { Scope } from "../../iam/scope";
import type { Context, Request, Target } from "./evaluate";

/** What AWS's service authorization reference says of an action. */
export interface ActionReference {
    readonly access: "Read" | "List" | "Write" | "Tagging" | "Permissions management";
    /** Condition keys of the action itself. */
    readonly keys: readonly string[];
    /** Resource types that it is authorized on; none: `*` alone. */
    readonly on: Readonly<Record<string, "made" | "known">>;
}

interface Reference {
    readonly types: Readonly<Record<string, { readonly arn: string; readonly keys: readonly string[] }>>;
    readonly actions: Readonly<Record<string, ActionReference>>;
}

export const REFERENCE = JSON.parse(readFileSync(path.join(__dirname, "service-reference.json"), "utf8")) as Reference;

/** @throws RangeError for an action that the reference in this folder lacks. */
export function referenceOf(action: string): ActionReference {
    const found = REFERENCE.actions[action];
    if (found === undefined)
        throw new RangeError(
            `${action} is not in service-reference.json: add what AWS's service authorization reference says of it`,
        );
    return found;
}

/** Condition keys that hold somewhere in a request of this action. */
export function keysOf(action: string): string[] {
    const { keys, on } = referenceOf(action);
    const service = serviceOf(action);
    return [...keys, ...Object.keys(on).flatMap(type => REFERENCE.types[`${service}:${type}`]?.keys ?? [])];
}

const REGION = "ap-northeast-2";
const ACCOUNT = "123456789012";

/** An account with two stacks, one of which has a domain. */
export const DOMAINS = {
    dev: { name: "dev.example.com", zoneId: "ZDEV" },
    prod: { name: "shop.example.com", zoneId: "ZPROD" },
};
export type Stack = keyof typeof DOMAINS;

/** Whose a resource is: a stack's, or of somebody who has nothing to do with this project. */
export type Owner = Stack | "stranger";

export function scopeOf(...stacks: readonly Stack[]): Scope {
    const domains = stacks.map(stack => DOMAINS[stack]);
    return {
        project: "fargate",
        stacks,
        region: REGION,
        account: ACCOUNT,
        services: ["web", "api"],
        domains,
        networks: [],
        securityGroups: [],
    };
}

export const STATE = {
    bucketArn: `arn:aws:s3:::fargate-state-${ACCOUNT}-${REGION}`,
    keyArn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`,
};

/**
 * What AWS authorizes when the provider calls an action for a stack: every type of resource that the reference names, each the stack's own, with the
 * tags and parameters that the stacks' programs send.
 */
export function requestFor(action: string, stack: Stack): Request {
    const on = Object.entries(referenceOf(action).on);
    const resources = on.map(([type, state]) => targetOf(action, type, state, stack));
    return { action, resources: resources.length === 0 ? [{ arn: "*" }] : resources, context: contextOf(action, stack) };
}

/** The same request with one of its existing resources taken from somebody else, once for each of them. */
export function requestsAcross(action: string, stack: Stack, other: Owner): Request[] {
    const request = requestFor(action, stack);
    return Object.entries(referenceOf(action).on).flatMap(([type, state], index) =>
        state === "made" || isNobodys(action, type)
            ? []
            : [{ ...request, resources: request.resources.with(index, targetOf(action, type, state, other)) }],
    );
}

/** The making of a resource with another stack's tags. */
export function disguised(action: string, stack: Stack, as: Stack): Request {
    const request = requestFor(action, stack);
    return { ...request, context: { ...request.context, ...tags("aws:RequestTag", as) } };
}

const ENCRYPTION = ["kms:Decrypt", "kms:GenerateDataKey"];

/** Resources that belong to AWS, or have no owner that a policy could tell. */
function isNobodys(action: string, type: string): boolean {
    return (
        type === "prefix-list" ||
        type === "quota" ||
        type === "network-interface" ||
        type === "managedruleset" ||
        // Elastic Load Balancing is asked whose it is, by an action of its own.
        (type === "loadbalancer/app" && action.startsWith("wafv2:")) ||
        action === "iam:CreateServiceLinkedRole" ||
        // The encryption context tells whose secret it is.
        ENCRYPTION.includes(action) ||
        action === "route53:AssociateVPCWithHostedZone" ||
        type === "change"
    );
}

function targetOf(action: string, type: string, state: "made" | "known", owner: Owner): Target {
    const arn = SPECIAL_ARNS[`${action} ${type}`] ?? arnOf(action, type, owner);
    const isOwn = state === "known" && !isNobodys(action, type);
    return { arn, context: isOwn && owner !== "stranger" ? { ...tags("aws:ResourceTag", owner), ...NAMED } : {} };
}

/** What stacks make has a name; see what has none in the tests of the deploy role. */
const NAMED: Context = { "aws:ResourceTag/Name": "of a stack" };

const SPECIAL_ARNS: Readonly<Record<string, string>> = {
    "iam:CreateServiceLinkedRole role": `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    "ec2:ModifySecurityGroupRules prefix-list": `arn:aws:ec2:${REGION}:aws:prefix-list/pl-78a54011`,
};

/** Names as the stacks give them, of one type where several have a variable of that name; ids that tell whose they are. */
const NAMES: Readonly<Record<string, (prefix: string, owner: Owner) => string>> = {
    AlarmName: prefix => `${prefix}-nightly-failed`,
    "ipset Name": prefix => `${prefix}-blocked-ipv4`,
    "webacl Name": prefix => prefix,
    BudgetName: prefix => prefix,
    BucketName: prefix => `${prefix}-logs-1a2b3c4`,
    ClusterName: prefix => prefix,
    DashboardName: prefix => prefix,
    Id: (_, owner) => (owner === "stranger" ? "ZOTHER" : DOMAINS[owner].zoneId),
    GroupName: () => "default",
    LogGroupName: prefix => `${prefix}-web`,
    QuotaCode: () => GROUP_RULES_QUOTA,
    RepositoryName: prefix => `${prefix}-web`,
    PolicyNameWithPath: prefix => `${prefix}-web-execution-1a2b`,
    RuleName: prefix => `${prefix}-stack-rollouts`,
    TopicName: prefix => `${prefix}-alarms`,
    RoleNameWithPath: prefix => `${prefix}-web-execution`,
    ScheduleName: prefix => `${prefix}-nightly`,
    Scope: () => "regional",
    SecretId: prefix => `${prefix.replace("-", "/")}/database-AbCdEf`,
    ServiceCode: () => "vpc",
    ServiceName: () => "web-1a2b3c4",
    StateMachineName: prefix => `${prefix}-nightly`,
    TaskDefinitionFamilyName: prefix => `${prefix}-web`,
    TaskDefinitionRevisionNumber: () => "7",
};

/** The form of a type's ARNs, in the reference's words. */
export function typeArnOf(action: string, type: string): string {
    const { arn } = REFERENCE.types[`${serviceOf(action)}:${type}`] ?? {};
    if (arn === undefined) throw new RangeError(`the type ${type} of ${action} is not in service-reference.json`);
    return arn;
}

function arnOf(action: string, type: string, owner: Owner): string {
    const prefix = owner === "stranger" ? "payroll" : `fargate-${owner}`;
    return typeArnOf(action, type)
        .replace("${Partition}", "aws")
        .replace("${Region}", REGION)
        .replace("${Account}", ACCOUNT)
        .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
            const given = NAMES[`${type} ${name}`] ?? NAMES[name];
            return given?.(prefix, owner) ?? `${name}-of-${owner}`;
        });
}

function contextOf(action: string, stack: Stack): Context {
    const { name } = DOMAINS[stack];
    const given: Record<string, Context> = {
        "aws:RequestTag": tags("aws:RequestTag", stack),
        "iam:PermissionsBoundary": { "iam:PermissionsBoundary": boundaryOf(stack) },
        "iam:PolicyARN": { "iam:PolicyARN": `arn:aws:iam::${ACCOUNT}:policy/fargate-${stack}-web-execution-1a2b` },
        "ecs:cluster": { "ecs:cluster": `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/fargate-${stack}` },
        "ecs:auto-assign-public-ip": { "ecs:auto-assign-public-ip": "false" },
        "ecs:enable-execute-command": { "ecs:enable-execute-command": "false" },
        "ecs:subnet": { "ecs:subnet": [`subnet-of-${stack}`] },
        "ecs:task-definition": {
            "ecs:task-definition": `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/fargate-${stack}-web:7`,
        },
        "elasticloadbalancing:Scheme": { "elasticloadbalancing:Scheme": "internet-facing" },
        "elasticloadbalancing:Subnet": { "elasticloadbalancing:Subnet": [`subnet-of-${stack}`] },
        "cloudwatch:AlarmActions": { "cloudwatch:AlarmActions": [`arn:aws:sns:${REGION}:${ACCOUNT}:fargate-${stack}-alarms`] },
        "iam:PassedToService": { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
        "application-autoscaling:service-namespace": { "application-autoscaling:service-namespace": "ecs" },
        "application-autoscaling:scalable-dimension": {
            "application-autoscaling:scalable-dimension": "ecs:service:DesiredCount",
        },
        "kms:ViaService": {
            "kms:ViaService": `${ENCRYPTION.includes(action) ? "secretsmanager" : "ecr"}.${REGION}.amazonaws.com`,
        },
        "kms:EncryptionContext:": {
            "kms:EncryptionContext:SecretARN": `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:fargate/${stack}/database-AbCdEf`,
        },
        "acm:DomainNames": { "acm:DomainNames": [name, `*.${name}`] },
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name, `\\052.${name}`, `_1a2b3c.${name}`],
            "route53:ChangeResourceRecordSetsRecordTypes": ["A", "CNAME"],
        },
    };
    const isMade = Object.values(referenceOf(action).on).includes("made");
    const keys = [...keysOf(action), ...(isMade ? ["aws:RequestTag"] : [])].filter(
        key => key !== "aws:RequestTag" || sendsTags(action),
    );
    return Object.assign({ "aws:RequestedRegion": REGION }, ...keys.map(key => given[key] ?? {})) as Context;
}

/** What makes a resource sends its tags along, and so does what changes them. */
function sendsTags(action: string): boolean {
    return /:(Create|Request|Register|Allocate|Authorize|AddTags|Tag)/.test(action);
}

export function boundaryOf(stack: Stack): string {
    return `arn:aws:iam::${ACCOUNT}:policy/fargate-bootstrap/fargate-boundary-${stack}`;
}

export function tags(key: "aws:RequestTag" | "aws:ResourceTag", stack: Stack): Context {
    return { [`${key}/project`]: "fargate", [`${key}/stack`]: stack };
}

function serviceOf(action: string): string {
    return action.split(":", 1)[0] ?? "";
}

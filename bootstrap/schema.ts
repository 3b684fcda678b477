import { z } from "zod";
import { ROUTE_TABLE_ID, SECURITY_GROUP_ID, SUBNET_ID, VPC_ID, nameForm, once, text } from "../settings/forms";
import { hostName } from "../settings/hosts";
import { permissionSchema } from "../settings/permission";
import type { Permission } from "../iam/tasks";
import type { Domain, GivenNetwork } from "../iam/scope";
import type { GitHub } from "../iam/trust";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";

/** What an account's bootstrap configuration amounts to. */
export interface BootstrapSettings {
    readonly stack: string;
    readonly region: string;
    /** Everything found under `aws:`, for the provider. */
    readonly aws: Readonly<Record<string, unknown>>;
    /** Name of the project that the stacks belong to. */
    readonly project: string;
    readonly github: GitHub & { readonly providerArn?: string };
    readonly services: readonly string[];
    /** ARNs, or patterns of them, of whoever may look at all stacks. */
    readonly readers: readonly string[];
    /** Sorted by name. */
    readonly environments: readonly Environment[];
}

/** One stack that is deployed to this account, from the GitHub environment of the same name. */
export interface Environment {
    readonly name: string;
    readonly domain?: Domain;
    /** The VPC that it is deployed into, unless it makes its own. */
    readonly network?: GivenNetwork;
    /** What its applications may be given at most, beside their own images, logs and secrets. */
    readonly permissions: readonly Permission[];
    /** Ids of groups of others that the deploy role may add rules to. */
    readonly securityGroups: readonly string[];
    /** Whether its tasks may be started with ECS Exec, and whoever operates it may run commands in them. */
    readonly exec: boolean;
    /** Whether its load balancers have private addresses alone. */
    readonly internal: boolean;
    /** Ids of all subnets that its services and load balancers stand in; none where they are not told. */
    readonly subnetIds: readonly string[];
    /** ARNs, or patterns of them, of whoever operates it. */
    readonly operators: readonly string[];
}

const ids = (pattern: RegExp, allowed: string) =>
    once(z.array(text(pattern, allowed), { error: "a list of ids" }), "id").default([]);

/** An asterisk stands for nothing that is not begun: never for all roles, or all users. */
const PERSON = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@-][\w+=,.@/*-]*$/;

const people = once(
    z.array(
        text(
            PERSON,
            "arn:aws:iam::<account>:role/<path and name> or …:user/…, with * for what is not known, " +
                "such as role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_<permission set>_*",
        ),
        { error: "a list of ARNs" },
    ),
    "ARN",
).default([]);

const environment = z.strictObject({
    domain: z
        .strictObject({
            name: hostName("the name of fargate:domain, such as shop.example.com"),
            zoneId: text(
                /^Z[A-Z0-9]{1,31}$/,
                "the id of the public Route 53 zone that holds the name, such as Z0123456789ABC, without /hostedzone/",
            ),
            otherNames: once(
                z.array(hostName("the names of fargate:domain.otherNames, such as www.example.com")),
                "name",
            ).optional(),
        })
        .optional(),
    network: z
        .strictObject({
            vpcId: text(VPC_ID, "vpc-…, as in the stack's fargate:network"),
            subnetIds: ids(SUBNET_ID, "subnet-…: fargate:network.privateSubnetIds, where its egress is endpoints"),
            routeTableIds: ids(ROUTE_TABLE_ID, "rtb-…: fargate:network.privateRouteTableIds, where its egress is endpoints"),
        })
        .optional(),
    permissions: z.array(permissionSchema).default([]),
    securityGroups: ids(SECURITY_GROUP_ID, "sg-…, as beside openIngress: true in the stack's fargate:services"),
    exec: z.boolean({ error: "true or false" }).default(false),
    internal: z.boolean({ error: "true or false" }).default(false),
    subnetIds: ids(SUBNET_ID, "subnet-…: all that the stack's services and load balancer stand in"),
    operators: people,
});

/** What git takes, of what a reader may tell apart; IAM reads ${…} in a condition as a variable. */
const BRANCH = /^(?!refs\/heads\/)(?!.*(\.\.|\/\/|@\{|\/\.|\.lock$|[./]$))[^\s~^:?*[\\$./-][^\s~^:?*[\\$]*$/;

export const schema = z.strictObject({
    github: z.strictObject({
        repository: text(/^[\w.-]+\/[\w.-]+(?<!\.git)$/, "<owner>/<repository>, without https://github.com/ and .git"),
        branch: text(BRANCH, "the name of a branch, without refs/heads/: no spaces and none of ~ ^ : ? * [ \\ $").default("main"),
        subjectPrefix: text(
            /^repo:[\w.-]+(@\d+)?\/[\w.-]+(@\d+)?$/,
            "repo:<owner>/<repository>, or with immutable ids repo:<owner>@<id>/<repository>@<id>",
        ).optional(),
        providerArn: text(
            /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
            "arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com",
        ).optional(),
    }),
    services: z
        .array(text(SERVICE_NAME, nameForm).max(SERVICE_NAME_LIMIT, { error: `at most ${SERVICE_NAME_LIMIT} characters` }))
        .min(1, { error: "one service at least" }),
    readers: people,
    environments: z
        .record(text(SERVICE_NAME, nameForm), environment)
        .refine(value => Object.keys(value).length > 0, { error: "one environment at least" }),
});

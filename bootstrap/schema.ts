import { z } from "zod";
import { ACTION, ARN_OR_ALL, HOST_NAME, ROUTE_TABLE_ID, SUBNET_ID, VPC_ID, text } from "../settings/forms";
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
}

const ids = (pattern: RegExp, allowed: string) => z.array(text(pattern, allowed), { error: "a list of ids" }).default([]);

const environment = z.strictObject({
    domain: z
        .strictObject({
            name: text(HOST_NAME, "the name of fargate:domain, such as shop.example.com"),
            zoneId: text(/^Z[A-Z0-9]{1,31}$/, "the id of the public Route 53 zone that holds the name, such as Z0123456789ABC"),
        })
        .optional(),
    network: z
        .strictObject({
            vpcId: text(VPC_ID, "vpc-…, as in the stack's fargate:network"),
            subnetIds: ids(SUBNET_ID, "subnet-…: fargate:network.privateSubnetIds, where its egress is endpoints"),
            routeTableIds: ids(ROUTE_TABLE_ID, "rtb-…: fargate:network.privateRouteTableIds, where its egress is endpoints"),
        })
        .optional(),
    permissions: z
        .array(
            z.strictObject({
                actions: z.array(text(ACTION, "an IAM action, such as s3:GetObject")).min(1),
                resources: z.array(text(ARN_OR_ALL, "an ARN, or *")).min(1),
            }),
        )
        .default([]),
});

export const schema = z.strictObject({
    github: z.strictObject({
        repository: text(/^[\w.-]+\/[\w.-]+$/, "<owner>/<repository>"),
        branch: text(/^[\w./-]+$/, "the name of a branch").default("main"),
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
        .array(
            text(SERVICE_NAME, "a service's name").max(SERVICE_NAME_LIMIT, { error: `at most ${SERVICE_NAME_LIMIT} characters` }),
        )
        .min(1, { error: "one service at least" }),
    environments: z
        .record(text(SERVICE_NAME, "a stack's name: lower-case letters, digits and hyphens"), environment)
        .refine(value => Object.keys(value).length > 0, { error: "one environment at least" }),
});

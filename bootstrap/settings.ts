import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { z } from "zod";
import type { Domain, GivenNetwork } from "../model/iam-scope";
import type { GitHub } from "../model/iam-trust";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";
import type { Permission } from "../model/policies";
import { PROJECT_FOLDER } from "../settings";
import { Problem, describeProblems, fromIssues, show } from "../settings/problems";
import { ruleProblems } from "./rules";

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

const NAMESPACE = "fargate-bootstrap";
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

const text = (pattern: RegExp, allowed: string) => z.string({ error: allowed }).regex(pattern, { error: allowed });

const ids = (pattern: RegExp, allowed: string) => z.array(text(pattern, allowed), { error: "a list of ids" }).default([]);

const environment = z.strictObject({
    domain: z
        .strictObject({
            name: text(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "the name of fargate:domain, such as shop.example.com"),
            zoneId: text(/^Z[A-Z0-9]{1,31}$/, "the id of the public Route 53 zone that holds the name, such as Z0123456789ABC"),
        })
        .optional(),
    network: z
        .strictObject({
            vpcId: text(/^vpc-[0-9a-f]{8,17}$/, "vpc-…, as in the stack's fargate:network"),
            subnetIds: ids(
                /^subnet-[0-9a-f]{8,17}$/,
                "subnet-…: fargate:network.privateSubnetIds, where its egress is endpoints",
            ),
            routeTableIds: ids(
                /^rtb-[0-9a-f]{8,17}$/,
                "rtb-…: fargate:network.privateRouteTableIds, where its egress is endpoints",
            ),
        })
        .optional(),
    permissions: z
        .array(
            z.strictObject({
                actions: z.array(text(/^[a-z0-9-]+:[A-Za-z*]+$/, "an IAM action, such as s3:GetObject")).min(1),
                resources: z.array(text(/^(\*|arn:.+)$/, "an ARN, or *")).min(1),
            }),
        )
        .default([]),
});

const schema = z.strictObject({
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
        .record(text(/^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/, "a stack's name: lower-case letters, digits and hyphens"), environment)
        .refine(value => Object.keys(value).length > 0, { error: "one environment at least" }),
});

/**
 * Reads the running stack's configuration, once.
 *
 * @throws pulumi.RunError that lists every problem, before anything exists.
 */
export function readSettings(): BootstrapSettings {
    return settingsOf(pulumi.runtime.allConfig(), pulumi.getStack());
}

/** The settings that a configuration, by full keys, amounts to. */
export function settingsOf(
    configuration: Readonly<Record<string, string>>,
    stack: string,
    project = projectOfStacks(),
): BootstrapSettings {
    const values = section(configuration, NAMESPACE);
    const aws = section(configuration, "aws");
    const region = String(aws["region"]);
    const problems: Problem[] = REGION.test(region)
        ? []
        : [{ path: ["aws:region"], found: show(aws["region"]), allowed: "a region, such as ap-northeast-2" }];

    const { data, error } = schema.safeParse(values);
    if (error !== undefined) problems.push(...fromIssues(error.issues, values, knownKeys).map(inNamespace));
    if (data === undefined) throw new pulumi.RunError(describeProblems(stack, problems));

    const { github, services, environments } = data;
    const settings = {
        stack,
        region,
        aws,
        project,
        github: { ...github, subjectPrefix: github.subjectPrefix ?? `repo:${github.repository}` },
        services,
        environments: Object.entries(environments)
            .map(([name, given]) => ({ name, ...given }))
            .sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
    problems.push(...ruleProblems(settings).map(inNamespace));
    if (problems.length > 0) throw new pulumi.RunError(describeProblems(stack, problems));
    return Object.freeze(settings);
}

/** The project's own file says its name. */
function projectOfStacks(): string {
    const { name } = parse(readFileSync(path.join(PROJECT_FOLDER, "Pulumi.yaml"), "utf8")) as { name: string };
    return name;
}

function section(configuration: Readonly<Record<string, string>>, namespace: string): Record<string, unknown> {
    const entries = Object.entries(configuration).filter(([key]) => key.startsWith(`${namespace}:`));
    return Object.fromEntries(entries.map(([key, value]) => [key.slice(namespace.length + 1), fromText(value)]));
}

function fromText(value: string): unknown {
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
}

function inNamespace({ path: [first = "", ...rest], ...problem }: Problem): Problem {
    return { ...problem, path: [`${NAMESPACE}:${first}`, ...rest] };
}

interface JsonSchema {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly additionalProperties?: JsonSchema;
    readonly items?: JsonSchema;
}

function knownKeys(at: readonly string[]): readonly string[] {
    const root = z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
    const node = at.reduce<JsonSchema | undefined>(
        (inner, key) => inner?.properties?.[key] ?? inner?.items ?? inner?.additionalProperties,
        root,
    );
    return Object.keys(node?.properties ?? {});
}

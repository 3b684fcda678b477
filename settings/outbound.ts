import { z } from "zod";
import { blockOf, contains, formatCidr, isPrivate, parseCidr } from "../model/cidr";
import { Connection, targetOf } from "../model/connections";
import { DATABASE_VARIABLES, Database, databaseVariables } from "../model/database";
import { SECRET_OF_DATABASE, arn, databaseSecretFault } from "./arns";
import type { At, Context } from "./check";
import { PREFIX_LIST_ID, SECURITY_GROUP_ID, givenText, integer, text, variableName } from "./forms";
import { hostOrAddress } from "./hosts";
import { isReserved } from "./network";
import { Finding, valueAt } from "./problems";
import type { NetworkSettings } from "./network-types";
import type { TaskSettings } from "./types";

const port = integer(1, 65_535, ", one TCP port; each further one is an entry of its own").describe("TCP port.");
const securityGroupId = text(
    SECURITY_GROUP_ID,
    "a security group's id: sg- and 8 or 17 hexadecimal digits; of a group of another account its block, as cidr",
);
const openIngress = z
    .boolean({ error: "true or false" })
    .optional()
    .describe("Whether this stack adds the rule by which the group lets the tasks in. Default: false, its owner does.");

const connection = z.strictObject({
    port,
    securityGroupId: securityGroupId
        .optional()
        .describe("The group that is reached, in the VPC or one that is peered with it; or `prefixListId` or `cidr`."),
    prefixListId: text(PREFIX_LIST_ID, "a prefix list's id: pl- and 8 or 17 hexadecimal digits")
        .optional()
        .describe("The prefix list that is reached."),
    cidr: z
        .string({ error: "an IPv4 block, such as 10.1.0.0/16" })
        .refine(value => parseCidr(value) !== undefined && !isReserved(value), {
            error: ({ input }) => blockFault(String(input), "tasks have no IPv6 address"),
        })
        .optional()
        .describe("The IPv4 block that is reached, `/32` for one address."),
    openIngress,
});

const ALL_ADDRESSES = "0.0.0.0/0";

/** @param noIpv6 why a block of IPv6 is none */
export function blockFault(found: string, noIpv6: string): string {
    const block = blockOf(found);
    if (isReserved(found)) return "a block that hosts have: none of loopback, link-local, multicast and the like";
    if (block !== undefined) return `a block that starts on its own boundary: ${formatCidr(block)}`;
    if (blockOf(`${found}/32`) !== undefined) return `an IPv4 block: ${found}/32 for this one address`;
    if (/^[0-9a-f:]+(\/\d+)?$/i.test(found) && found.includes("::")) return `an IPv4 block: ${noIpv6}`;
    if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(found))
        return "an IPv4 block, such as 203.0.113.0/24: security groups know no host names";
    return "an IPv4 block, such as 10.1.0.0/16";
}

const variable = (key: keyof typeof DATABASE_VARIABLES, of: string) =>
    variableName.optional().describe(`Variable of ${of}. Default: ${DATABASE_VARIABLES[key]}.`);

const variables = z.strictObject({
    host: variable("host", "the host"),
    port: variable("port", "the port"),
    name: variable("name", "the database's name"),
    username: variable("username", "the secret's `username`"),
    password: variable("password", "the secret's `password`"),
});

const database = z.strictObject({
    secretArn: arn(SECRET_OF_DATABASE, databaseSecretFault).describe(
        "Secret with the JSON keys `username` and `password`, read as `DB_USERNAME` and `DB_PASSWORD`.",
    ),
    port: port.describe("TCP port, read as `DB_PORT`."),
    securityGroupId: securityGroupId.describe("The database's group, in the VPC or one that is peered with it."),
    openIngress,
    host: hostOrAddress("the database's host name, or its IPv4 address")
        .optional()
        .describe("Read as `DB_HOST`. Default: no such variable."),
    name: givenText
        .min(1, { error: "the name of a database" })
        .optional()
        .describe("Read as `DB_NAME`. Default: no such variable."),
    variables: variables
        .optional()
        .describe("Names of these variables that the application reads in place of `DB_…`, such as { host: PGHOST }."),
});

/** Where tasks go beside AWS. */
export const outboundKeys = {
    outbound: z.array(connection).optional().describe("What tasks reach beside AWS, one arrow each. Default: nothing."),
    database: database
        .optional()
        .describe("A database: its arrow, and what the application reads of it. Further ones: `outbound` and `secrets`."),
};

type Variables = Pick<TaskSettings, "environment" | "secrets">;
interface Given extends Variables {
    readonly outbound?: readonly Connection[];
    readonly database?: Database;
}

/** A task with what its database amounts to. */
export function withDatabase<T extends Given>({ outbound = [], ...task }: T): Omit<T, "outbound"> & Pick<Given, "outbound"> {
    const { database: of } = task;
    const arrows = of === undefined ? outbound : [...outbound, arrowOf(of)];
    const variables = of && databaseVariables(of);
    return {
        ...task,
        ...(variables && {
            environment: { ...task.environment, ...variables.environment },
            secrets: { ...task.secrets, ...variables.secrets },
        }),
        ...(arrows.length > 0 && { outbound: arrows }),
    };
}

function arrowOf({ port: to, securityGroupId: group, openIngress: isOpened }: Database): Connection {
    return { port: to, securityGroupId: group, ...(isOpened !== undefined && { openIngress: isOpened }) };
}

/** Each connection of a task with the place that names it. */
export function placedConnections(task: TaskSettings, at: At): { readonly connection: Connection; readonly path: string[] }[] {
    const { outbound = [], database: of } = task;
    const written = outbound.length - (of === undefined ? 0 : 1);
    return outbound.map((one, index) => ({
        connection: one,
        path: index < written ? at("outbound", String(index)) : at("database"),
    }));
}

const TARGETS = ["securityGroupId", "prefixListId", "cidr"] as const;

/** One target each, that is reached, once, and is opened where it can be. */
export function connections(task: TaskSettings, { settings: { network } }: Context, at: At): readonly Finding[] {
    const placed = placedConnections(task, at);
    return placed.flatMap(({ connection: one, path }, index) => {
        const given = TARGETS.filter(key => one[key] !== undefined);
        if (given.length !== 1)
            return [{ path, found: given.join(" and ") || "no target", allowed: `one of ${TARGETS.join(", ")}` }];
        const first = placed.findIndex(other => isSame(other.connection, one));
        return [
            ...(one.openIngress === true && one.securityGroupId === undefined ? [unopened(path, given[0] ?? "")] : []),
            ...unreached(one, network, path),
            ...(first < index
                ? [{ path, found: `port ${one.port} of ${targetOf(one)} again`, allowed: "each connection once" }]
                : []),
        ];
    });
}

function isSame(a: Connection, b: Connection): boolean {
    return a.port === b.port && targetOf(a) === targetOf(b);
}

function unopened(path: readonly string[], target: string): Finding {
    const allowed = "openIngress beside a securityGroupId alone: only a group has rules to add to";
    return { path: [...path, "openIngress"], found: `true beside ${target}`, allowed };
}

const HTTPS_PORT = 443;

/** A block that tasks have no way to, or have already. */
function unreached({ cidr, port: to }: Connection, network: NetworkSettings, path: readonly string[]): Finding[] {
    const block = cidr === undefined ? undefined : parseCidr(cidr);
    if (cidr === undefined || block === undefined) return [];
    const finding = (allowed: string) => [
        {
            path: [...path, "cidr"],
            found: cidr,
            allowed,
            because: [
                ["network", "egress"],
                ["network", "cidr"],
            ],
        },
    ];
    if (network.egress !== "endpoints")
        return cidr === ALL_ADDRESSES && to === HTTPS_PORT
            ? finding(
                  `no such entry: with egress: ${network.egress} tasks reach any HTTPS server at port ${HTTPS_PORT} without it`,
              )
            : [];
    const own = network.kind === "created" ? parseCidr(network.cidr) : undefined;
    if (isPrivate(block) || (own !== undefined && contains(own, block))) return [];
    const way = network.kind === "created" ? "nat" : "existing";
    return finding(`a private block, since tasks have no internet; for this one fargate:network.egress: ${way}`);
}

/** What the database is read by, and what the stack file says itself, would be one variable; and so would two of the database's. */
export function databaseVariablesOnce(
    { database: of }: Pick<TaskSettings, "database">,
    { parsed }: Context,
    at: At,
): readonly Finding[] {
    if (of === undefined) return [];
    const { environment, secrets } = databaseVariables(of);
    const twice = Object.keys({ ...environment, ...secrets }).flatMap(name =>
        ["environment", "secrets"]
            .filter(key => valueAt(parsed, at(key, name)) !== undefined)
            .map(key => ({
                path: at(key, name),
                found: `${name}, which database sets too`,
                allowed: "another name, here or for the database's: database: { variables: { … } }",
                because: [at("database")],
            })),
    );
    return [...ownNames(of, at), ...twice];
}

function ownNames(of: Database, at: At): Finding[] {
    const given = Object.keys(of.variables ?? {}) as (keyof typeof DATABASE_VARIABLES)[];
    const called = Object.entries({ ...DATABASE_VARIABLES, ...of.variables }).filter(([key]) => isTold(of, key));
    return given.flatMap(key => {
        const path = at("database", "variables", key);
        const found = of.variables?.[key] ?? "";
        if (!isTold(of, key))
            return [{ path, found, allowed: `no such entry without database.${key}, which it would be the name of` }];
        const other = called.find(([one, itsName]) => one !== key && itsName === found);
        if (other === undefined) return [];
        return [{ path, found: `${found}, of ${other[0]} too`, allowed: "another name for each", because: [at("database")] }];
    });
}

/** Host and name are told where they are given. */
function isTold(of: Database, key: string): boolean {
    return (key !== "host" && key !== "name") || of[key] !== undefined;
}

/** The groups of others that a task's stack adds rules to, each with the place that says so. */
export function openedPlaces(task: TaskSettings, at: At): { readonly group: string; readonly path: string[] }[] {
    return placedConnections(task, at).flatMap(({ connection: one, path }) =>
        one.openIngress === true && one.securityGroupId !== undefined
            ? [{ group: one.securityGroupId, path: [...path, "openIngress"] }]
            : [],
    );
}

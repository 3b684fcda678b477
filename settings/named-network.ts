import { z } from "zod";
import { ROUTE_TABLE_ID, SUBNET_ID, VPC_ID, text, without } from "./forms";
import type { NamedNetwork, NetworkKey } from "./network-types";

/** CloudFormation takes no other name ("consist only of alphanumeric characters, colons, or hyphens"). An id has that form too, and is taken as it is. */
const EXPORT = /^[A-Za-z0-9:-]+$/;
const OUTPUT = /^\S+$/;
/** What Pulumi's service and its other backends know a stack by; these have one organization, of the name `organization`. */
const STACK = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_.-]{1,100}){2}$/;

const exportName = text(EXPORT, without(/[A-Za-z0-9:-]/, "an export's name: letters, digits, colons and hyphens; or an id"));
const outputName = text(OUTPUT, "an output's name, without spaces");
const stackName = text(STACK, found => {
    const what = "<organization>/<project>/<stack>, as pulumi stack ls --all --json names it";
    return found.split("/").length < 3 ? `${what}; in a backend of your own the organization is named organization` : what;
});

/** Text, or something that has parts: told is what is wrong with the one that is meant. */
const either = <Text extends z.ZodType, Parts extends z.ZodType>(one: Text, parts: Parts, allowed: string) =>
    z.union([one, parts], {
        error: issue => {
            if (typeof issue.input !== "string" && typeof issue.input !== "object") return allowed;
            const [fault] = issue.errors[typeof issue.input === "string" ? 0 : 1] ?? [];
            if (fault === undefined || fault.code === "invalid_type") return allowed;
            return [...fault.path.map(String), fault.message].join(": ");
        },
    });

/** One name, of a value or a list of them, or several names. */
const names = (name: z.ZodType<string, string>) =>
    either(name, z.array(name).min(1, { error: "one name at least" }), "a name, or a list of names");

const MEANINGS = {
    vpcId: "What holds the VPC's id.",
    publicSubnetIds: "What holds the public subnets' ids: one name of a list, or several names.",
    privateSubnetIds: "What holds the private subnets' ids: one name of a list, or several names.",
    privateRouteTableIds: "What holds the ids of the private subnets' route tables; needed for `egress: endpoints`.",
} as const;

const exportsSchema = z.strictObject({
    vpcId: exportName.describe(MEANINGS.vpcId),
    publicSubnetIds: names(exportName)
        .optional()
        .describe(`${MEANINGS.publicSubnetIds} Needed unless \`loadBalancer.internal\`.`),
    privateSubnetIds: names(exportName).describe(MEANINGS.privateSubnetIds),
    privateRouteTableIds: names(exportName).optional().describe(MEANINGS.privateRouteTableIds),
});

const outputsSchema = z.strictObject({
    name: stackName.describe("The stack: <organization>/<project>/<stack>."),
    vpcId: outputName.default("vpcId").describe(MEANINGS.vpcId),
    publicSubnetIds: names(outputName).default("publicSubnetIds").describe(MEANINGS.publicSubnetIds),
    privateSubnetIds: names(outputName).default("privateSubnetIds").describe(MEANINGS.privateSubnetIds),
    privateRouteTableIds: names(outputName)
        .optional()
        .describe(`${MEANINGS.privateRouteTableIds} Default: privateRouteTableIds.`),
});

export const cloudFormationKey = exportsSchema.describe("A VPC that exists already, by names of CloudFormation exports.");
export const stackKey = either(
    stackName,
    outputsSchema,
    "<organization>/<project>/<stack>, or a mapping with that as its name and with names of outputs",
).describe(
    "A VPC that exists already, by outputs of another Pulumi stack: its name, or { name, vpcId, publicSubnetIds, privateSubnetIds, privateRouteTableIds } where outputs have other names than these.",
);

type Given = z.output<typeof exportsSchema> | z.output<typeof outputsSchema>;

/** What the names are, each list a list. */
export function namesOf(given: Given | string, egress: NamedNetwork["egress"]): Pick<NamedNetwork, "stack" | "names"> {
    const whole = typeof given === "string" ? outputsSchema.parse({ name: given }) : given;
    const { vpcId, publicSubnetIds, privateSubnetIds, privateRouteTableIds } = whole;
    const isOfStack = "name" in whole;
    const tables = privateRouteTableIds ?? (isOfStack && egress === "endpoints" ? "privateRouteTableIds" : []);
    return {
        ...(isOfStack && { stack: whole.name }),
        names: {
            vpcId: [vpcId],
            publicSubnetIds: [publicSubnetIds ?? []].flat(),
            privateSubnetIds: [privateSubnetIds].flat(),
            privateRouteTableIds: [tables].flat(),
        },
    };
}

/** The key that names the network. */
export function placeOf({ stack }: NamedNetwork): "cloudFormation" | "stack" {
    return stack === undefined ? "cloudFormation" : "stack";
}

export const NETWORK_KEYS = ["vpcId", "publicSubnetIds", "privateSubnetIds", "privateRouteTableIds"] as const;

const IDS: Readonly<Record<NetworkKey, RegExp>> = {
    vpcId: VPC_ID,
    publicSubnetIds: SUBNET_ID,
    privateSubnetIds: SUBNET_ID,
    privateRouteTableIds: ROUTE_TABLE_ID,
};

/** Whether an id stands where a name may. */
export function isId(key: NetworkKey, name: string): boolean {
    return IDS[key].test(name);
}

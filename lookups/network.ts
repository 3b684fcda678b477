import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { chooseZones } from "../model/zones";
import type { CreatedNetwork, ExistingNetwork, NamedNetwork, NetworkKey, Settings } from "../settings";
import { NETWORK_KEYS, isId } from "../settings/named-network";
import { suggest } from "../settings/problems";
import { resolvedNetwork } from "../settings/resolved-network";
import { subnetPerZone } from "./given-network";
import { allOf, asked, notFound } from "./not-found";
import { stackOutputs } from "./state";

/** A network that can be declared: nothing in it is left to AWS, or to another's names. */
export interface FoundNetwork {
    readonly network:
        | ExistingNetwork
        | (Pick<CreatedNetwork, "kind" | "cidr" | "egress"> & {
              /** Names of Availability Zones; append only. */
              readonly zones: readonly string[];
          });
    /** Ids of the subnets for interface endpoints, one a zone; absent for a VPC that is made. */
    readonly endpointSubnetIds?: readonly string[];
    /** Ids of the first private subnet of each zone; absent for a VPC that is made, which has no other. */
    readonly zoneSubnetIds?: readonly string[];
}

/** @throws pulumi.RunError that lists which names stand for nothing, and what AWS would refuse of a VPC that exists. */
export async function findNetwork(settings: Settings, options: pulumi.InvokeOptions): Promise<FoundNetwork> {
    const { network } = settings;
    if (network.kind === "created") {
        const { kind, cidr, egress } = network;
        return { network: { kind, cidr, egress, zones: await zonesOf(network, options) } };
    }
    const existing = network.kind === "existing" ? network : await resolved(settings, network, options);
    const zoneSubnetIds = await subnetPerZone({ ...settings, network: existing }, network, options);
    return { network: existing, zoneSubnetIds, endpointSubnetIds: zoneSubnetIds.slice(0, existing.endpointZones) };
}

async function zonesOf(network: CreatedNetwork, options: pulumi.InvokeOptions): Promise<readonly string[]> {
    if (network.zones !== undefined) return network.zones;
    const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
    const { names, zoneIds } = await asked("for the region's zones", aws.getAvailabilityZones({ filters }, options));
    return chooseZones(
        names.map((name, index) => ({ name, id: zoneIds[index] ?? "" })),
        network.zoneCount,
    );
}

async function resolved(settings: Settings, told: NamedNetwork, options: pulumi.InvokeOptions): Promise<ExistingNetwork> {
    // An output that nobody needs may be missing.
    const names = settings.loadBalancer?.internal === true ? { ...told.names, publicSubnetIds: [] } : told.names;
    const named = { ...told, names };
    const { stack } = named;
    const valueOf = stack === undefined ? exportsOf(options) : await outputsOf(stack);
    const pairs = await allOf(
        NETWORK_KEYS.map(async key => [key, await allOf(names[key].map(name => valueOf(name, key)))] as const),
    );
    const network = resolvedNetwork(settings, named, new Map(pairs));
    if ("kind" in network) return network;
    throw new pulumi.RunError([...network, "Nothing was created."].join("\n"));
}

type ValueOf = (name: string, key: NetworkKey) => Promise<unknown>;

const exportsOf =
    (options: pulumi.InvokeOptions): ValueOf =>
    async (name, key) => {
        if (isId(key, name)) return name;
        const allowed =
            "names of CloudFormation exports of this account and region (aws cloudformation list-exports --query 'Exports[].Name')";
        const found = await aws.cloudformation.getExport({ name }, options).catch((error: unknown) => {
            throw notFound(`fargate:network.cloudFormation.${key}`, name, allowed, error);
        });
        return found.value;
    };

async function outputsOf(stack: string): Promise<ValueOf> {
    const { outputs, secretOutputNames } = await stackOutputs(stack).catch((error: unknown) => {
        throw notFound("fargate:network.stack", stack, "a stack of the same backend, which these credentials may read", error);
    });
    return (name, key) => {
        const refused = (found: string, allowed: string) =>
            Promise.reject(
                new pulumi.RunError(
                    `fargate:network.stack.${key}: found ${found} of ${stack}. Allowed: ${allowed}. Nothing was created.`,
                ),
            );
        if (secretOutputNames.includes(name))
            return refused(`${name}, a secret output`, "outputs that are no secrets: ids of a network are none");
        if (outputs[name] !== undefined) return Promise.resolve(outputs[name]);
        const known = Object.keys(outputs);
        return refused(
            `no output ${name}`,
            known.length === 0 ? "a stack with outputs: pulumi up makes them" : `an output of it; ${suggest(name, known)}`,
        );
    };
}

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { KeyedConnection, ReachedGroup, ReachedList, connectionProblems } from "../model/connections";
import { gatewaysOf } from "../model/endpoints";
import type { Settings } from "../settings";
import { placedConnections } from "../settings/outbound";
import { keyOf } from "../settings/problems";
import { tasksOf } from "../settings/tasks";
import { allOf, asked, notFound } from "./not-found";
import type { FoundNetwork } from "./network";
import { stateResources } from "./state";

type Options = pulumi.InvokeOptions;

/**
 * Looks at the groups and prefix lists that tasks reach. Answers the lists, by id.
 *
 * @throws pulumi.RunError that lists what is not there, and what AWS would refuse in the middle of an update.
 */
export async function reachedLists(
    settings: Settings,
    { network }: FoundNetwork,
    options: Options,
): Promise<ReadonlyMap<string, ReachedList>> {
    const connections = keyed(settings);
    const [groups, lists] = await Promise.all([
        allOf(named(connections, "securityGroupId").map(([id, key]) => groupOf(id, key, options))),
        allOf(named(connections, "prefixListId").map(([id, key]) => listOf(id, key, options))),
    ]);
    const vpcId = groups.length === 0 ? undefined : await vpcOf(network);
    const isElsewhere = vpcId !== undefined && groups.some(group => group.vpcId !== vpcId);
    const peers = isElsewhere ? await peersOf(vpcId, options) : [];
    const byId = new Map(lists.map(list => [list.id, list]));
    const problems = connectionProblems(connections, {
        vpcId,
        peers,
        groups: new Map(groups.map(group => [group.id, group])),
        lists: byId,
    });
    if (problems.length > 0) throw new pulumi.RunError([...problems, "Nothing was created."].join("\n"));
    return byId;
}

function keyed(settings: Settings): KeyedConnection[] {
    const hasGateways = settings.network.egress === "endpoints";
    return tasksOf(settings).flatMap(({ task, at }) =>
        placedConnections(task, at).map(({ connection, path }) => ({
            key: keyOf(path, settings),
            connection,
            gateways: hasGateways ? gatewaysOf(task) : [],
        })),
    );
}

/** Each id once, with the first key that names it. */
function named(connections: readonly KeyedConnection[], target: "securityGroupId" | "prefixListId"): [id: string, key: string][] {
    const firsts = new Map<string, string>();
    for (const { key, connection } of connections) {
        const id = connection[target];
        if (id !== undefined && !firsts.has(id)) firsts.set(id, `${key}.${target}`);
    }
    return [...firsts];
}

async function groupOf(id: string, key: string, options: Options): Promise<ReachedGroup> {
    const { vpcId } = await aws.ec2.getSecurityGroup({ id }, options).catch((error: unknown) => {
        throw notFound(key, id, "ids of security groups of this account and region", error);
    });
    return { id, vpcId };
}

async function listOf(id: string, key: string, options: Options): Promise<ReachedList> {
    const { name, addressFamily, maxEntries } = await aws.ec2.getManagedPrefixList({ id }, options).catch((error: unknown) => {
        throw notFound(key, id, "ids of prefix lists of AWS, of this account or shared with it, in this region", error);
    });
    return { id, name, addressFamily, maxEntries };
}

/** The tasks' VPC; undefined for one that is to be made. */
async function vpcOf(network: FoundNetwork["network"]): Promise<string | undefined> {
    if (network.kind === "existing") return network.vpcId;
    const vpc = (await stateResources()).find(({ type }) => type === "aws:ec2/vpc:Vpc");
    return vpc === undefined ? undefined : String(vpc.outputs["id"]);
}

/** VPCs with an active peering connection, whoever asked for it. */
async function peersOf(vpcId: string, options: Options): Promise<string[]> {
    const ends = ["requester", "accepter"] as const;
    const found = await allOf(
        ends.map(async end => {
            const filters = [
                { name: `${end}-vpc-info.vpc-id`, values: [vpcId] },
                { name: "status-code", values: ["active"] },
            ];
            const question = `for the peering connections of ${vpcId}`;
            const { ids } = await asked(question, aws.ec2.getVpcPeeringConnections({ filters }, options));
            return allOf(ids.map(id => asked(question, aws.ec2.getVpcPeeringConnection({ id }, options))));
        }),
    );
    return found.flat().flatMap(({ vpcId: requester, peerVpcId: accepter }) => [requester, accepter]);
}

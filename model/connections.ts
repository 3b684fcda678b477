/** A way out of tasks to what is neither AWS's nor the load balancer's: one target at one TCP port. */
export interface Connection {
    readonly port: number;
    /** Id of the group that is reached; or one of the other two. */
    readonly securityGroupId?: string;
    /** Id of the prefix list that is reached. */
    readonly prefixListId?: string;
    /** The IPv4 block that is reached. */
    readonly cidr?: string;
    /**
     * Whether the group lets the tasks in by a rule of this stack.
     *
     * @default its owner lets them in
     */
    readonly openIngress?: boolean;
}

/** The id or block that is reached. */
export function targetOf({ securityGroupId, prefixListId, cidr }: Connection): string {
    return securityGroupId ?? prefixListId ?? cidr ?? "";
}

/** A group of others, as AWS describes it. */
export interface ReachedGroup {
    readonly id: string;
    readonly vpcId: string;
}

/** A prefix list, as AWS describes it. */
export interface ReachedList {
    readonly id: string;
    readonly name: string;
    readonly addressFamily: string;
    /** Entries at most; 0 for a list of AWS. */
    readonly maxEntries: number;
}

/** A connection with the key that names it. */
export interface KeyedConnection {
    readonly key: string;
    readonly connection: Connection;
    /** Short names of the gateway endpoints that its tasks have a rule for. */
    readonly gateways: readonly string[];
}

export interface Surroundings {
    /** Id of the tasks' VPC; absent where this update makes it. */
    readonly vpcId?: string;
    /** Ids of the VPCs that have an active peering connection with it. */
    readonly peers: readonly string[];
    readonly groups: ReadonlyMap<string, ReachedGroup>;
    readonly lists: ReadonlyMap<string, ReachedList>;
}

/** What AWS would refuse of connections in the middle of an update, one line each. */
export function connectionProblems(connections: readonly KeyedConnection[], around: Surroundings): string[] {
    return connections.flatMap(({ key, connection: { securityGroupId = "", prefixListId = "", port }, gateways }) => {
        const group = around.groups.get(securityGroupId);
        const list = around.lists.get(prefixListId);
        return [
            ...(group === undefined ? [] : groupProblems(`${key}.securityGroupId`, group, around)),
            ...(list === undefined ? [] : listProblems(`${key}.prefixListId`, list, port, gateways)),
        ];
    });
}

/** EC2 takes a group of the same VPC, or of one with an active peering connection (VPC peering guide, security groups). */
function groupProblems(key: string, { id, vpcId: home }: ReachedGroup, { vpcId, peers }: Surroundings): string[] {
    if (home === vpcId || peers.includes(home)) return [];
    const found = `${id}, which is in ${home}`;
    if (vpcId !== undefined)
        return [problem(key, found, `groups of ${vpcId}, the tasks' VPC, and of VPCs with an active peering connection to it`)];
    const next =
        "bring the stack up without it, put what it reaches into that VPC or peer the two, and add it then; or name a VPC that exists under fargate:network";
    return [
        problem(key, found, `groups of the tasks' VPC, which this update is yet to make, so that no group is in it: ${next}`),
    ];
}

const HTTPS_PORT = 443;

function listProblems(key: string, list: ReachedList, port: number, gateways: readonly string[]): string[] {
    const gateway = gateways.find(service => new RegExp(`^com\\.amazonaws\\.[a-z0-9-]+\\.${service}$`).test(list.name));
    return [
        ...(list.addressFamily === "IPv6"
            ? [problem(key, `${list.id}, a list of IPv6 blocks`, "lists of IPv4 blocks: tasks have no IPv6 address")]
            : []),
        ...(gateway !== undefined && port === HTTPS_PORT
            ? [
                  problem(
                      key,
                      `${list.id}, of ${list.name}`,
                      `no such entry: tasks reach it through its gateway endpoint without it`,
                  ),
              ]
            : []),
    ];
}

function problem(key: string, found: string, allowed: string): string {
    return `${key}: found ${found}. Allowed: ${allowed}.`;
}

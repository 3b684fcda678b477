/** Where tasks run: the VPC that a stack makes, or one that exists. */
export type NetworkSettings = CreatedNetwork | ExistingNetwork | NamedNetwork;

export interface CreatedNetwork {
    /** The stack makes its VPC. */
    readonly kind: "created";
    /** The VPC's IPv4 block, a /16 to /22. */
    readonly cidr: string;
    /**
     * Names of Availability Zones; append only.
     *
     * @default `zoneCount` of them are chosen
     */
    readonly zones?: readonly string[];
    /** How many zones the VPC spans. */
    readonly zoneCount: number;
    /** How tasks reach AWS and the internet: VPC endpoints and no internet at all; one NAT gateway; one in each zone. */
    readonly egress: "endpoints" | "nat" | "nat-per-zone";
    /** Private subnets, from the first, with interface endpoints. */
    readonly endpointZones: number;
}

export interface ExistingNetwork {
    /** The VPC exists already. */
    readonly kind: "existing";
    /** Id of the VPC. */
    readonly vpcId: string;
    /** Ids of the load balancer's subnets, one a zone. */
    readonly publicSubnetIds: readonly string[];
    /** Ids of the tasks' subnets. */
    readonly privateSubnetIds: readonly string[];
    /** Ids of the route tables of the tasks' subnets. */
    readonly privateRouteTableIds: readonly string[];
    /** How tasks reach AWS: a way out that the subnets have already, or VPC endpoints of this stack. */
    readonly egress: "existing" | "endpoints";
    /** Zones with interface endpoints, in the first private subnet of each. */
    readonly endpointZones: number;
}

export type NetworkKey = "vpcId" | "publicSubnetIds" | "privateSubnetIds" | "privateRouteTableIds";

/** An existing network whose ids others know: lookups make an `ExistingNetwork` of it before anything is declared. */
export interface NamedNetwork extends Pick<ExistingNetwork, "egress"> {
    readonly kind: "named";
    /**
     * The Pulumi stack whose outputs the names are, as `<organization>/<project>/<stack>`.
     *
     * @default they are names of CloudFormation exports
     */
    readonly stack?: string;
    /** What holds an id or a list of them. */
    readonly names: Readonly<Record<NetworkKey, readonly string[]>>;
    /** Zones with interface endpoints, where there are so many; no more than the subnets have. */
    readonly endpointZones: number;
}

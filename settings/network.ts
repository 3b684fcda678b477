import { z } from "zod";
import { blockOf, contains, formatCidr, parseCidr } from "../model/cidr";
import { isKnownRegion } from "../model/regions";
import { LARGEST_PREFIX, MAX_ZONES, SMALLEST_PREFIX } from "../model/subnets";
import type { Context } from "./check";
import { ROUTE_TABLE_ID, SUBNET_ID, VPC_ID, integer, text } from "./forms";
import { cloudFormationKey, namesOf, placeOf, stackKey } from "./named-network";
import { Finding } from "./problems";
import type { Profile } from "./profiles";
import type { NetworkSettings } from "./network-types";

/** A region and one letter. */
const ZONE = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}[a-z]$/;

const subnetIds = z
    .array(text(SUBNET_ID, "a subnet's id: subnet- and 8 or 17 hexadecimal digits"))
    .min(1, { error: "one subnet id at least" });

export const createdNetworkSchema = z.strictObject({
    cidr: z
        .string()
        .refine(
            value => {
                const prefix = parseCidr(value)?.prefix ?? 0;
                return prefix >= LARGEST_PREFIX && prefix <= SMALLEST_PREFIX && !isReserved(value);
            },
            { error: ({ input }) => cidrFault(String(input)) },
        )
        .default("10.20.0.0/16")
        .describe("The VPC's block."),
    zones: z
        .array(text(ZONE, zoneFault))
        .min(1, { error: `1 to ${MAX_ZONES} zones` })
        .max(MAX_ZONES, { error: `1 to ${MAX_ZONES} zones` })
        .optional()
        .describe(
            "Availability zones by name; append only. An Application Load Balancer needs two. Default: the region's first 2 (development) or 3 (production).",
        ),
    egress: z
        .enum(["endpoints", "nat", "nat-per-zone"])
        .default("endpoints")
        .describe(
            "How tasks reach AWS and the internet: VPC endpoints and no internet at all; one NAT gateway; one in each zone.",
        ),
    endpointZones: integer(1, MAX_ZONES)
        .optional()
        .describe("Zones with interface endpoints; each costs by the hour. Default: 1 (development), all (production)."),
});

/** Of every network that exists already. */
const wayOut = {
    egress: z
        .enum(["existing", "endpoints"])
        .default("existing")
        .describe("`existing`: the subnets have a way out already; `endpoints`: this stack puts VPC endpoints into the VPC."),
    endpointZones: integer(1, MAX_ZONES)
        .optional()
        .describe(
            "Zones with interface endpoints, in the first private subnet of each. Default: 1 (development), all (production).",
        ),
};

export const existingNetworkSchema = z.strictObject({
    vpcId: text(VPC_ID, "a VPC's id: vpc- and 8 or 17 hexadecimal digits").describe("A VPC that exists already."),
    publicSubnetIds: subnetIds
        .optional()
        .describe("Where the load balancer goes; two zones at least. Needed unless `loadBalancer.internal`."),
    privateSubnetIds: subnetIds.describe("Where tasks go."),
    privateRouteTableIds: z
        .array(text(ROUTE_TABLE_ID, "a route table's id: rtb- and 8 or 17 hexadecimal digits"))
        .optional()
        .describe("Route tables of the private subnets; needed for `egress: endpoints`, whose S3 gateway is put on them."),
    ...wayOut,
});

export const exportedNetworkSchema = z.strictObject({ cloudFormation: cloudFormationKey, ...wayOut });
export const otherStackNetworkSchema = z.strictObject({ stack: stackKey, ...wayOut });

/** Of no host's use: this network, loopback, link-local with the metadata of tasks, multicast and above (IANA's special-purpose registry). */
const RESERVED = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];

export function isReserved(cidr: string): boolean {
    const block = blockOf(cidr);
    return RESERVED.map(blockOf).some(reserved => reserved && block && contains(reserved, block));
}

function cidrFault(found: string): string {
    const what = `an IPv4 block of size /${LARGEST_PREFIX} to /${SMALLEST_PREFIX}`;
    const prefix = Number(found.split("/")[1]);
    const start = blockOf(found);
    if (isReserved(found)) return `${what} of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 or addresses of your own`;
    if (start === undefined) return `${what}, such as 10.20.0.0/16`;
    const whole = formatCidr(start);
    if (prefix < LARGEST_PREFIX || prefix > SMALLEST_PREFIX)
        return `${what}, such as ${whole.split("/")[0] ?? ""}/${LARGEST_PREFIX}`;
    return `${what} that starts on its own boundary: ${whole}`;
}

function zoneFault(found: string): string {
    const what = "a zone's name, such as ap-northeast-2a";
    if (/^[a-z]+\d-az\d+$/.test(found)) return `${what}; this is a zone's id, which stands for another name in each account`;
    if (/-\d+-[a-z0-9-]+-\d[a-z]?$/.test(found)) return `${what}; Fargate is in no Local Zone or Wavelength Zone`;
    return /-\d$/.test(found) ? `${what}; this is a region, whose zones end with a letter` : what;
}

interface Parsed {
    readonly network:
        | z.output<typeof createdNetworkSchema>
        | z.output<typeof existingNetworkSchema>
        | z.output<typeof exportedNetworkSchema>
        | z.output<typeof otherStackNetworkSchema>;
}

/** Fills in what the configuration leaves to its profile. */
export function networkWithDefaults({ network: given }: Parsed, profile: Profile): NetworkSettings {
    if ("cloudFormation" in given || "stack" in given) {
        const { egress } = given;
        const names = namesOf("stack" in given ? given.stack : given.cloudFormation, egress);
        const endpointZones = Math.min(given.endpointZones ?? profile.endpointZones, MAX_ZONES);
        return { kind: "named", ...names, egress, endpointZones };
    }
    if ("vpcId" in given) {
        const endpointZones = Math.min(given.endpointZones ?? profile.endpointZones, given.privateSubnetIds.length);
        const { publicSubnetIds = [], privateRouteTableIds = [] } = given;
        return { kind: "existing", ...given, publicSubnetIds, privateRouteTableIds, endpointZones };
    }
    const zoneCount = given.zones?.length ?? profile.zones;
    return {
        kind: "created",
        ...given,
        zoneCount,
        endpointZones: Math.min(given.endpointZones ?? profile.endpointZones, zoneCount),
    };
}

/** Nothing public is there where nothing is reached from the internet. */
export function loadBalancerSubnets({ settings: { network, loadBalancer } }: Context): readonly Finding[] {
    if (network.kind === "created" || loadBalancer?.internal === true) return [];
    const { publicSubnetIds } = network.kind === "named" ? network.names : network;
    if (publicSubnetIds.length > 0) return [];
    const path = ["network", ...(network.kind === "named" ? [placeOf(network)] : []), "publicSubnetIds"];
    const allowed = "where the load balancer goes; or loadBalancer: { internal: true }, which stands in the private subnets";
    return [{ path, found: "nothing", allowed, because: [path, ["loadBalancer", "internal"]] }];
}

export function twoZones({ settings: { network, services, loadBalancer } }: Context): readonly Finding[] {
    if (!services.some(service => service.route !== undefined)) return [];
    const allowed = "two zones at least, a demand of Application Load Balancers";
    if (network.kind === "created" && network.zoneCount < 2)
        return [{ path: ["network", "zones"], found: `${network.zoneCount}`, allowed, because: [["network", "zones"]] }];
    if (network.kind !== "existing") return [];
    const key = loadBalancer?.internal === true ? "privateSubnetIds" : "publicSubnetIds";
    // None at all is told as that.
    if (network[key].length === 1) {
        const place = ["network", key];
        return [{ path: place, found: `${network[key].length}`, allowed, because: [place, ["loadBalancer", "internal"]] }];
    }
    return [];
}

export function zonesOfRegion({ settings: { network, region } }: Context): readonly Finding[] {
    if (network.kind !== "created") return [];
    const zones = network.zones ?? [];
    return zones.flatMap((zone, index) => {
        const at = { path: ["network", "zones", String(index)], found: zone, because: [["aws:region"]] };
        const other = zone.slice(0, -1);
        if (other !== region) {
            const isTypo = isKnownRegion(other) && !isKnownRegion(region);
            const doubt = isTypo ? `, a region that is not known here; did you mean aws:region: ${other}?` : "";
            return [{ ...at, allowed: `a zone of ${region}${doubt}` }];
        }
        return zones.indexOf(zone) < index ? [{ ...at, allowed: "each zone once" }] : [];
    });
}

export function endpointZones({ parsed: { network }, settings }: Context<Parsed>): readonly Finding[] {
    if (settings.network.kind === "named") return [];
    const limit = settings.network.kind === "created" ? settings.network.zoneCount : settings.network.privateSubnetIds.length;
    if (network.endpointZones === undefined || network.endpointZones <= limit) return [];
    return [
        {
            path: ["network", "endpointZones"],
            found: String(network.endpointZones),
            allowed: `at most ${limit}, the number of zones`,
            because: [
                ["network", "zones"],
                ["network", "privateSubnetIds"],
            ],
        },
    ];
}

export function existingEndpoints({ settings: { network } }: Context): readonly Finding[] {
    if (network.kind === "created" || network.egress !== "endpoints") return [];
    const { privateRouteTableIds } = network.kind === "named" ? network.names : network;
    if (privateRouteTableIds.length > 0) return [];
    const place = ["network", ...(network.kind === "named" ? [placeOf(network)] : []), "privateRouteTableIds"];
    return [
        {
            path: place,
            found: "nothing",
            allowed: "the route tables of the private subnets, for the S3 gateway endpoint",
            because: [place],
        },
    ];
}

export function idsOnce({ settings: { network } }: Context): readonly Finding[] {
    if (network.kind !== "existing") return [];
    return (["publicSubnetIds", "privateSubnetIds", "privateRouteTableIds"] as const).flatMap(key =>
        network[key].flatMap((id, index) =>
            network[key].indexOf(id) < index
                ? [{ path: ["network", key, String(index)], found: id, allowed: "each id once" }]
                : [],
        ),
    );
}

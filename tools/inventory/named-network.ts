import { MAX_ZONES } from "../../model/subnets";
import { NETWORK_KEYS, isId } from "../../settings/named-network";
import { PROFILES } from "../../settings/profiles";
import type { NamedNetwork, NetworkKey, Settings } from "../../settings";

/** What stands in for what a name holds, where nobody can be asked. */
export interface StandIn {
    readonly name: string;
    readonly key: NetworkKey;
    /** Of the ids that all names of this key hold: which the first is, and how many they are. */
    readonly from: number;
    readonly count: number;
}

/** One id for each of several names; a single name is taken for a list of as many subnets as the stack would have zones of its own. */
export function standIns({ profile }: Pick<Settings, "profile">, { names, endpointZones }: NamedNetwork): StandIn[] {
    const { zones, endpointZones: byProfile } = PROFILES[profile];
    const isOfProfile = endpointZones === Math.min(byProfile, MAX_ZONES);
    const listed = isOfProfile ? zones : Math.max(zones, endpointZones);
    return NETWORK_KEYS.flatMap(key => {
        const isList = key.endsWith("SubnetIds") && names[key].length === 1 && !isId(key, names[key][0] ?? "");
        return names[key].map((name, index) => ({ name, key, from: index, count: isList ? listed : 1 }));
    });
}

const PREFIX: Readonly<Record<NetworkKey, string>> = {
    vpcId: "vpc-0000000",
    publicSubnetIds: "subnet-a000000",
    privateSubnetIds: "subnet-b000000",
    privateRouteTableIds: "rtb-0000000",
};

/** Ids of AWS's form, by the names that hold them; an id in a name's place holds itself. */
export function standInIds(settings: Pick<Settings, "profile">, network: NamedNetwork): Record<string, string> {
    const ids = ({ key, from, count }: StandIn) =>
        Array.from({ length: count }, (_, index) => `${PREFIX[key]}${(from + index).toString(16)}`);
    return Object.fromEntries(
        standIns(settings, network).map(stand => [stand.name, isId(stand.key, stand.name) ? stand.name : ids(stand).join(",")]),
    );
}

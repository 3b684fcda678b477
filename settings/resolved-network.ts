import { MAX_ZONES } from "../model/subnets";
import { subnetsFit } from "./limits";
import { NETWORK_KEYS, placeOf } from "./named-network";
import { endpointZones, existingEndpoints, existingNetworkSchema, idsOnce, networkWithDefaults, twoZones } from "./network";
import { fromIssues } from "./problems";
import { PROFILES } from "./profiles";
import type { ExistingNetwork, NamedNetwork, NetworkKey } from "./network-types";
import type { Settings } from "./types";

/** What each name holds, by key, in the order of the names. */
export type Held = ReadonlyMap<NetworkKey, readonly unknown[]>;

const CHECKS = [twoZones, endpointZones, existingEndpoints, idsOnce, subnetsFit];

/** The network that the names stand for, or one line for each thing that is wrong with what they hold: the same as of ids in the file. */
export function resolvedNetwork(settings: Settings, named: NamedNetwork, held: Held): ExistingNetwork | readonly string[] {
    const profile = PROFILES[settings.profile];
    const [vpcId, ...more] = idsIn(held.get("vpcId"));
    const values = {
        vpcId: more.length === 0 ? vpcId : held.get("vpcId"),
        publicSubnetIds: named.names.publicSubnetIds.length === 0 ? undefined : idsIn(held.get("publicSubnetIds")),
        privateSubnetIds: idsIn(held.get("privateSubnetIds")),
        // Subnets may share a table, which is then held once for each.
        privateRouteTableIds: [...new Set(idsIn(held.get("privateRouteTableIds")))],
        egress: named.egress,
        // What the profile wants is had in as many zones as there are; what the file wants is had, or refused.
        endpointZones: named.endpointZones === Math.min(profile.endpointZones, MAX_ZONES) ? undefined : named.endpointZones,
    };
    const attempt = existingNetworkSchema.safeParse(values);
    const { problems } = fromIssues(attempt.error?.issues ?? [], values, { keysAt: () => [] });
    if (attempt.success) {
        const network = networkWithDefaults({ network: attempt.data }, profile);
        const context = { settings: { ...settings, network }, parsed: { network: attempt.data }, root: "" };
        const findings = CHECKS.flatMap(check => check(context));
        if (findings.length === 0 && network.kind === "existing") return network;
        problems.push(...findings.map(({ path: [, ...path], ...finding }) => ({ ...finding, path })));
    }
    return problems.map(({ path: [key = ""], found, allowed }) => {
        const isNamed = NETWORK_KEYS.some(known => known === key);
        const place = isNamed ? `${placeOf(named)}.${key}` : key;
        const where = isNamed ? `, in ${named.names[key as NetworkKey].join(", ")}` : "";
        return `fargate:network.${place}: found ${found}${where}. Allowed: ${allowed}.`;
    });
}

/** Exports are text, and lists in it have commas; outputs may be lists. */
function idsIn(held: unknown): unknown[] {
    if (Array.isArray(held)) return held.flatMap(idsIn);
    if (typeof held !== "string") return held === undefined ? [] : [held];
    return held
        .split(",")
        .map(id => id.trim())
        .filter(id => id !== "");
}

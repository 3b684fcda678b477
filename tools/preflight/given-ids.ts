import { COMPONENT } from "../../model/names";
import type { ExistingNetwork } from "../../settings";
import type { Subject } from "./check";

/** A network that exists, by its ids. */
export type GivenIds = Pick<
    ExistingNetwork,
    "vpcId" | "publicSubnetIds" | "privateSubnetIds" | "privateRouteTableIds" | "egress" | "endpointZones"
>;

/**
 * The ids of the network that a stack is given: those of its file, or those that its names stood for in its last update.
 *
 * @returns undefined where names have stood for none yet
 */
export async function givenIds({ settings: { network }, own }: Subject): Promise<GivenIds | undefined> {
    if (network.kind === "created") return undefined;
    if (network.kind === "existing") return network;
    const { outputs } = (await own()).find(({ type }) => type === COMPONENT.network) ?? {};
    if (typeof outputs?.["vpcId"] !== "string") return undefined;
    const { egress, endpointZones } = network;
    const ids = (key: string) => [outputs[key]].flat().filter(id => typeof id === "string");
    return {
        vpcId: outputs["vpcId"],
        publicSubnetIds: ids("publicSubnetIds"),
        privateSubnetIds: ids("privateSubnetIds"),
        privateRouteTableIds: ids("privateRouteTableIds"),
        egress,
        endpointZones,
    };
}

import { Graph } from "../../inventory/graph";
import { listOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { Priced, Quantity, always } from "../quantities";
import type { Usage } from "../../../settings/usage";
import { HOURS_PER_MONTH } from "../prices/prices";
import { NAT_GATEWAY, VPC_ENDPOINT } from "../../inventory/types/ec2";

/** An interface endpoint by zone and data; gateways are free. Where there is NAT, data is counted there. */
export function priceEndpoint(endpoint: Resource, graph: Graph, usage: Usage): Priced[] | undefined {
    if (isGatewayEndpoint(endpoint)) return [];
    if (!isInterfaceEndpoint(endpoint)) return undefined;
    const zones = listOf(endpoint.inputs["subnetIds"]).length;
    const endpoints = graph.ofType(VPC_ENDPOINT).filter(isInterfaceEndpoint).length;
    const gb = graph.ofType(NAT_GATEWAY).length > 0 ? 0 : usage.egressGbPerMonth / endpoints;
    return [
        {
            service: "AWS PrivateLink",
            what: `interface endpoint in ${zones === 1 ? "1 zone" : `${zones} zones`}`,
            quantities: [
                { key: "endpointZoneHour", part: "fixed", quantity: always(zones * HOURS_PER_MONTH), assumes: [] },
                ...dataQuantity("endpointGb", gb),
            ],
        },
    ];
}

/** A NAT gateway and its share of the data; its address is a resource of its own. */
export function priceNatGateway(_: Resource, graph: Graph, usage: Usage): Priced[] {
    const gb = usage.egressGbPerMonth / graph.ofType(NAT_GATEWAY).length;
    return [
        {
            service: "Amazon VPC",
            what: "NAT gateway",
            quantities: [
                { key: "natHour", part: "fixed", quantity: always(HOURS_PER_MONTH), assumes: [] },
                ...dataQuantity("natGb", gb),
            ],
        },
    ];
}

/** A flow log by what it delivers to a bucket, which is priced by itself. */
export function priceFlowLog({ inputs }: Resource, _: Graph, { flowLogGbPerMonth }: Usage): Priced[] | undefined {
    if (inputs["logDestinationType"] !== "s3") return undefined;
    return [
        {
            service: "Amazon CloudWatch",
            what: "delivery of flow logs",
            quantities: [
                { key: "vendedLogsS3Gb", part: "usage", quantity: always(flowLogGbPerMonth), assumes: ["flowLogGbPerMonth"] },
            ],
        },
    ];
}

export function priceAddress(): Priced[] {
    return [{ service: "Amazon VPC", what: "public IPv4 address", quantities: [publicAddresses(1)] }];
}

export function isInterfaceEndpoint({ type, inputs }: Resource): boolean {
    return type === VPC_ENDPOINT && inputs["vpcEndpointType"] === "Interface";
}

/** AWS's default type is Gateway. */
function isGatewayEndpoint({ inputs }: Resource): boolean {
    return (inputs["vpcEndpointType"] ?? "Gateway") === "Gateway";
}

/** Public IPv4 addresses for a whole month. */
export function publicAddresses(count: number): Quantity {
    return { key: "publicIpv4Hour", part: "fixed", quantity: always(count * HOURS_PER_MONTH), assumes: [] };
}

function dataQuantity(key: Quantity["key"], gb: number): Quantity[] {
    return gb === 0 ? [] : [{ key, part: "usage", quantity: always(gb), assumes: ["egressGbPerMonth"] }];
}

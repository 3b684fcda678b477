import { CONTAINER_INSIGHTS } from "../../model/alarms";
import { capacityProviders } from "../../model/capacity";
import { OWN_NAME, logicalName } from "../../model/names";
import { Graph } from "../inventory/graph";
import { at, fieldsOf, listOf } from "../inventory/inputs";
import type { Resource } from "../inventory/resource";
import { isInterfaceEndpoint } from "./pricers/ec2";
import { EndpointNeeds, endpointServices } from "../../model/endpoints";
import { CLUSTER, SERVICE, TASK_DEFINITION } from "../inventory/types/ecs";
import { LOAD_BALANCER } from "../inventory/types/elb";
import { EIP, NAT_GATEWAY, VPC, VPC_ENDPOINT } from "../inventory/types/ec2";
import { LOG_GROUP } from "../inventory/types/cloudwatch";
import { BUCKET_LIFECYCLE } from "../inventory/types/s3";

/**
 * The resources of a stack as one changed setting would make them, as far as they cost something: what the program would declare, without
 * running it. A test holds each against the program itself.
 */
type Resources = readonly Resource[];

/** The ways out of a VPC that the program makes. */
export type CreatedEgress = "endpoints" | "nat" | "nat-per-zone";

export interface EgressShape {
    readonly zoneCount: number;
    /** Zones with interface endpoints. */
    readonly endpointZones: number;
    readonly services: readonly EndpointNeeds[];
}

export function withArchitecture(resources: Resources, service: string, cpuArchitecture: "ARM64" | "X86_64"): Resources {
    const graph = new Graph(resources);
    const found = graph.ofType(SERVICE).find(({ name }) => name === service);
    const definition = found && graph.dependency(found, TASK_DEFINITION);
    return change(
        resources,
        ({ urn }) => urn === definition?.urn,
        () => ({ runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture } }),
    );
}

export function withSpot(resources: Resources, service: string, spotPercent: number): Resources {
    return change(
        resources,
        ({ type, name }) => type === SERVICE && name === service,
        ({ capacityProviderStrategies }) => ({
            capacityProviderStrategies: capacityProviders(spotPercent, baseOf(capacityProviderStrategies)),
        }),
    );
}

function baseOf(strategies: unknown): number | undefined {
    const bases = listOf(strategies).map(strategy => fieldsOf(strategy)["base"]);
    return bases.find(base => typeof base === "number");
}

/** No task of a service with a fixed number of them. */
export function withoutTasks(resources: Resources, service: string): Resources {
    return change(
        resources,
        ({ type, name }) => type === SERVICE && name === service,
        () => ({ desiredCount: 0 }),
    );
}

export function withLogRetention(resources: Resources, retentionInDays: number): Resources {
    return change(
        resources,
        ({ type }) => type === LOG_GROUP || type === BUCKET_LIFECYCLE,
        ({ rules }) => ({
            retentionInDays,
            ...(rules !== undefined && {
                rules: listOf(rules).map(rule => ({ ...fieldsOf(rule), expiration: { days: retentionInDays } })),
            }),
        }),
    );
}

/** Without what it counts there is no alarm about it either. */
export function withoutContainerInsights(resources: Resources): Resources {
    const others = resources.filter(
        ({ inputs }) => !listOf(inputs["metricQueries"]).some(query => at(query, "metric", "namespace") === CONTAINER_INSIGHTS),
    );
    return change(
        others,
        ({ type }) => type === CLUSTER,
        () => ({ settings: [] }),
    );
}

export function withEndpointZones(resources: Resources, zones: number): Resources {
    return change(resources, isInterfaceEndpoint, ({ subnetIds }) => ({ subnetIds: listOf(subnetIds).slice(0, zones) }));
}

/** Fewer zones for load balancer, endpoints and NAT gateways. */
export function withZones(resources: Resources, egress: CreatedEgress, shape: EgressShape): Resources {
    const fewer = change(
        resources,
        ({ type }) => type === LOAD_BALANCER,
        ({ subnets }) => ({ subnets: listOf(subnets).slice(0, shape.zoneCount) }),
    );
    return withEgress(fewer, egress, shape);
}

export function withEgress(resources: Resources, egress: CreatedEgress, shape: EgressShape): Resources {
    const [network, endpoints] = [parentOf(resources, VPC), parentOf(resources, VPC_ENDPOINT)];
    const kept = resources.filter(resource => !isInterfaceEndpoint(resource) && ![NAT_GATEWAY, EIP].includes(resource.type));
    const gateways = { endpoints: 0, nat: 1, "nat-per-zone": shape.zoneCount }[egress];
    const interfaces = endpointServices(egress, shape.services)?.interfaces ?? [];
    const subnetIds = numbered(shape.endpointZones, "subnet");
    return [
        ...kept,
        ...numbered(gateways, OWN_NAME.network).flatMap(name => [
            resource(EIP, name, network, {}),
            resource(NAT_GATEWAY, name, network, {}),
        ]),
        ...interfaces.map(name =>
            resource(VPC_ENDPOINT, logicalName.endpoint(OWN_NAME.endpoints, name), endpoints, {
                vpcEndpointType: "Interface",
                subnetIds,
            }),
        ),
    ];
}

/** What the way out alone consists of. */
export function egressResources(resources: Resources): Resources {
    return resources.filter(({ type, isComponent }) => isComponent || [NAT_GATEWAY, EIP, VPC_ENDPOINT].includes(type));
}

function parentOf(resources: Resources, type: string): string | undefined {
    return resources.find(found => found.type === type && !found.isComponent)?.parent;
}

function resource(type: string, name: string, parent: string | undefined, inputs: Resource["inputs"]): Resource {
    const urn = `${parent ?? ""}$${type}::${name}`;
    return { urn, type, name, parent, isComponent: false, inputs, dependencies: [], ids: [] };
}

function numbered(count: number, noun: string): string[] {
    return Array.from({ length: count }, (_, index) => `${noun}-${index + 1}`);
}

function change(
    resources: Resources,
    isMeant: (resource: Resource) => boolean,
    inputs: (old: Resource["inputs"]) => Resource["inputs"],
): Resources {
    return resources.map(old => (isMeant(old) ? { ...old, inputs: { ...old.inputs, ...inputs(old.inputs) } } : old));
}

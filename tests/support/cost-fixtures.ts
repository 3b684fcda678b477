import type { Resource } from "../../tools/inventory/resource";
import { Cost, costOf } from "../../tools/cost/estimate";
import { DEFAULT_USAGE, Usage } from "../../settings/usage";
import { Prices, pricesIn, toCents } from "../../tools/cost/prices/prices";

/** No load at all: what is left is fixed. */
export const NO_LOAD: Usage = {
    requestsPerMonth: 0,
    loadBalancerGbPerMonth: 0,
    egressGbPerMonth: 0,
    logGbPerMonth: 0,
    flowLogGbPerMonth: 0,
    imageGb: 0,
    scalingPercent: 0,
    jobMinutes: 0,
    jobRunsPerMonth: 0,
};

export function resource(type: string, name: string, inputs: Resource["inputs"] = {}, more: Partial<Resource> = {}): Resource {
    return { urn: `urn::${type}::${name}`, type, name, isComponent: false, inputs, dependencies: [], ids: [], ...more };
}

export interface TaskOptions {
    readonly name?: string;
    readonly cpu?: number;
    readonly memoryMiB?: number;
    readonly arm?: boolean;
    readonly tasks?: number;
    readonly spotPercent?: number;
    readonly storageGib?: number;
    readonly service?: Resource["inputs"];
    readonly containers?: readonly object[];
    readonly dependencies?: readonly string[];
}

/** A service and its task definition. */
export function service(options: TaskOptions = {}): Resource[] {
    const {
        name = "web",
        cpu = 256,
        memoryMiB = 512,
        arm = true,
        tasks = 1,
        spotPercent = 0,
        storageGib,
        containers = [],
    } = options;
    const definition = resource("aws:ecs/taskDefinition:TaskDefinition", `${name}-definition`, {
        cpu: String(cpu),
        memory: String(memoryMiB),
        runtimePlatform: { cpuArchitecture: arm ? "ARM64" : "X86_64" },
        containerDefinitions: JSON.stringify(containers),
        ...(storageGib !== undefined && { ephemeralStorage: { sizeInGib: storageGib } }),
    });
    const inputs = {
        desiredCount: tasks,
        capacityProviderStrategies: [
            { capacityProvider: "FARGATE", weight: 100 - spotPercent },
            { capacityProvider: "FARGATE_SPOT", weight: spotPercent },
        ],
        ...options.service,
    };
    const dependencies = [definition.urn, ...(options.dependencies ?? [])];
    return [definition, resource("aws:ecs/service:Service", name, inputs, { dependencies })];
}

/** A scaling target of a service with a policy for each metric. */
export function scaling(of: string, range: { min: number; max: number }, metrics: Readonly<Record<string, number>>): Resource[] {
    const target = resource(
        "aws:appautoscaling/target:Target",
        `${of}-target`,
        { minCapacity: range.min, maxCapacity: range.max },
        { dependencies: [`urn::aws:ecs/service:Service::${of}`] },
    );
    const policies = Object.entries(metrics).map(([predefinedMetricType, targetValue]) =>
        resource(
            "aws:appautoscaling/policy:Policy",
            `${of}-${predefinedMetricType}`,
            {
                policyType: "TargetTrackingScaling",
                targetTrackingScalingPolicyConfiguration: {
                    predefinedMetricSpecification: { predefinedMetricType },
                    targetValue,
                },
            },
            { dependencies: [target.urn] },
        ),
    );
    return [target, ...policies];
}

export function loadBalancer(zones: number, inputs: Resource["inputs"] = {}): Resource {
    const subnets = Array.from({ length: zones }, (_, index) => `subnet-${index}`);
    return resource("aws:lb/loadBalancer:LoadBalancer", "load-balancer", { loadBalancerType: "application", subnets, ...inputs });
}

export function endpoint(name: string, zones: number): Resource {
    const subnetIds = Array.from({ length: zones }, (_, index) => `subnet-${index}`);
    return resource("aws:ec2/vpcEndpoint:VpcEndpoint", name, { vpcEndpointType: "Interface", subnetIds });
}

export function natGateway(name: string): Resource[] {
    return [resource("aws:ec2/eip:Eip", name), resource("aws:ec2/natGateway:NatGateway", name)];
}

export function prices(region = "us-east-1"): Prices {
    const found = pricesIn(region);
    if (found === undefined) throw new Error(`no prices for ${region}`);
    return found;
}

export function cost(resources: readonly Resource[], usage: Partial<Usage> = {}, region = "us-east-1"): Cost {
    return costOf(resources, { ...DEFAULT_USAGE, ...usage }, prices(region));
}

/** USD a month at the expected level, to the cent; fails where anything is unknown. */
export function usd(resources: readonly Resource[], usage: Partial<Usage> = NO_LOAD, region = "us-east-1"): number {
    const { total } = cost(resources, usage, region);
    if (total.unknown.length > 0) throw new Error(total.unknown.join("; "));
    return toCents(total.monthly.expected);
}

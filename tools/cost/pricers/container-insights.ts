import { Graph } from "../../inventory/graph";
import { fieldsOf, listOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { SERVICE, TASK_DEFINITION } from "../../inventory/types/ecs";
import { Priced, Quantity, Range, above, addAll, always, times } from "../quantities";
import type { Usage } from "../../../settings/usage";
import { CLOUDWATCH } from "./cloudwatch";
import { taskLevel } from "./ecs";

/**
 * How many metrics Container Insights makes on Fargate: one for each name and set of dimensions in AWS's lists (CloudWatch user guide, "Amazon
 * ECS Container Insights metrics" and "… with enhanced observability metrics"), without those for EBS volumes, restart policies and EC2.
 * A service has one task definition family, so that both its dimensions count once.
 */
const STANDARD = { cluster: 12, service: 25 };
/** 16 metrics with task dimensions, 7 with container dimensions, and one more of these for a container with a health check. */
const ENHANCED = {
    cluster: { fixed: 18, anyContainer: 7, anyHealthCheck: 1 },
    service: { fixed: 5 + 2 * 16, container: 2 * 7, healthCheck: 2 },
    task: { fixed: 2 * 16, container: 2 * 7, healthCheck: 2 },
};

/** A cluster is free; Container Insights on it is not. */
export function priceCluster(cluster: Resource, graph: Graph, usage: Usage): Priced[] {
    const settings = listOf(cluster.inputs["settings"]).map(fieldsOf);
    const insights = settings.find(({ name }) => name === "containerInsights")?.["value"];
    if (insights !== "enabled" && insights !== "enhanced") return [];
    const services = graph.dependents(cluster, SERVICE).map(service => ({
        ...taskLevel(service, graph, usage),
        ...containersOf(graph.dependency(service, TASK_DEFINITION)),
    }));
    const metrics = insights === "enhanced" ? enhancedMetrics(services) : standardMetrics(services);
    const key = insights === "enhanced" ? "enhancedMetricMonth" : "customMetricMonth";
    const assumes = [...new Set(services.flatMap(service => service.assumes))];
    const quantities: Quantity[] = [
        { key, part: "fixed", quantity: always(metrics.min), assumes: [] },
        { key, part: "usage", quantity: above(metrics), assumes },
    ];
    const what = `Container Insights (${insights}), ${Math.round(metrics.expected)} metrics`;
    return [{ service: CLOUDWATCH, what, quantities: quantities.filter(({ quantity }) => quantity.max > 0) }];
}

interface Observed {
    readonly count: Range;
    readonly containers: number;
    readonly healthChecks: number;
}

function standardMetrics(services: readonly Observed[]): Range {
    const all = addAll(services.map(({ count }) => count));
    return addAll([whereTasksRun(all, STANDARD.cluster), ...services.map(({ count }) => whereTasksRun(count, STANDARD.service))]);
}

/** Metrics of enhanced Container Insights for these services, at each level of tasks. */
export function enhancedMetrics(services: readonly Observed[]): Range {
    const { cluster, service: each, task } = ENHANCED;
    const hasHealthCheck = services.some(({ healthChecks }) => healthChecks > 0);
    const shared = cluster.fixed + cluster.anyContainer + (hasHealthCheck ? cluster.anyHealthCheck : 0);
    return addAll([
        whereTasksRun(addAll(services.map(({ count }) => count)), shared),
        ...services.map(({ count, containers, healthChecks }) => {
            const perService = each.fixed + each.container * containers + each.healthCheck * healthChecks;
            const perTask = task.fixed + task.container * containers + task.healthCheck * healthChecks;
            return addAll([whereTasksRun(count, perService), times(count, perTask)]);
        }),
    ]);
}

/** A service without tasks has no metrics. */
function whereTasksRun({ min, expected, max }: Range, metrics: number): Range {
    const at = (tasks: number) => (tasks > 0 ? metrics : 0);
    return { min: at(min), expected: at(expected), max: at(max) };
}

function containersOf(definition: Resource | undefined): { containers: number; healthChecks: number } {
    const text = definition?.inputs["containerDefinitions"];
    const containers = (typeof text === "string" ? (JSON.parse(text) as unknown[]) : []).map(fieldsOf);
    return {
        containers: containers.length,
        healthChecks: containers.filter(({ healthCheck }) => healthCheck !== undefined).length,
    };
}

import { Graph } from "../../inventory/graph";
import { fieldsOf, listOf, numberOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { Priced, Quantity, Range, above, addAll, always, times } from "../quantities";
import { taskLevel } from "./tasks";
import type { Usage, UsageKey } from "../../../settings/usage";
import { SERVICE, TASK_DEFINITION } from "../../inventory/types/ecs";

const CLOUDWATCH = "Amazon CloudWatch";

/** What is left of log data when it is stored compressed (AWS Pricing Calculator, CloudWatch: storage compression factor). */
const STORED_SHARE = 0.15;
const DAYS_PER_MONTH = 365 / 12;

/** A log group: what it takes in, and what it holds once the retention time has passed. */
export function priceLogGroup({ inputs }: Resource, _: Graph, { logGbPerMonth }: Usage): Priced[] | undefined {
    const days = numberOf(inputs["retentionInDays"] ?? 0);
    // Without an end nobody can say what it holds, and other classes have other prices.
    if (days === 0 || (inputs["logGroupClass"] ?? "STANDARD") !== "STANDARD") return undefined;
    const storedGb = logGbPerMonth * (days / DAYS_PER_MONTH) * STORED_SHARE;
    const assumes: UsageKey[] = ["logGbPerMonth"];
    return [
        {
            service: CLOUDWATCH,
            what: `logs, kept ${days} days`,
            quantities: [
                { key: "logsIngestGb", part: "usage", quantity: always(logGbPerMonth), assumes },
                { key: "logsStoreGbMonth", part: "usage", quantity: always(storedGb), assumes },
            ],
        },
    ];
}

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

/** Alarms that Application Auto Scaling makes for a target tracking policy, one to scale out and one to scale in. */
const ALARMS_OF_TARGET_TRACKING = 2;

export function priceScalingPolicy({ inputs }: Resource): Priced[] {
    if (inputs["policyType"] !== "TargetTrackingScaling") return [];
    const quantity = always(ALARMS_OF_TARGET_TRACKING);
    return [
        {
            service: CLOUDWATCH,
            what: `scaling target with ${ALARMS_OF_TARGET_TRACKING} alarms`,
            quantities: [{ key: "alarmMonth", part: "fixed", quantity, assumes: [] }],
        },
    ];
}

/** An alarm costs by the metrics it looks at; a period under a minute is high resolution. */
export function priceAlarm({ inputs }: Resource): Priced[] {
    const queries = listOf(inputs["metricQueries"]).map(fieldsOf);
    const metrics = queries.map(({ metric }) => fieldsOf(metric)).filter(metric => "period" in metric);
    const periods = queries.length === 0 ? [inputs["period"]] : metrics.map(({ period }) => period);
    const isHighResolution = !periods.every(period => numberOf(period ?? 60) >= 60);
    const key = isHighResolution ? "alarmHighResolutionMonth" : "alarmMonth";
    const quantity = always(Math.max(1, periods.length));
    return [
        {
            service: CLOUDWATCH,
            what: isHighResolution ? "high-resolution alarm" : "alarm",
            quantities: [{ key, part: "fixed", quantity, assumes: [] }],
        },
    ];
}

export function priceCompositeAlarm(): Priced[] {
    return [flat(CLOUDWATCH, "composite alarm", "compositeAlarmMonth")];
}

export function priceDashboard(): Priced[] {
    return [flat(CLOUDWATCH, "dashboard", "dashboardMonth")];
}

/** One of something that costs the same every month. */
export function flat(service: string, what: string, key: Quantity["key"]): Priced {
    return { service, what, quantities: [{ key, part: "fixed", quantity: always(1), assumes: [] }] };
}

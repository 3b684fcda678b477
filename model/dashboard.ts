/** A stack's dashboard in CloudWatch's form (Amazon CloudWatch API reference, dashboard body structure and syntax). */

export interface DashboardFacts {
    readonly region: string;
    /** Name of the cluster. */
    readonly cluster: string;
    /** As CloudWatch names it: `app/<name>/<id>`; absent where no service has a route. */
    readonly loadBalancer?: string;
    readonly services: readonly WatchedService[];
    /** Whether Container Insights counts deployments. */
    readonly hasInsights: boolean;
    readonly logGroups: readonly string[];
}

export interface WatchedService {
    readonly name: string;
    /** Name of the ECS service. */
    readonly serviceName: string;
    /** As CloudWatch names it: `targetgroup/<name>/<id>`; absent for a worker. */
    readonly targetGroup?: string;
    /** Bounds of the number of tasks. */
    readonly min: number;
    readonly max: number;
    /** What scaling holds them at, in percent; absent where it does not look. */
    readonly cpuPercent?: number;
    readonly memoryPercent?: number;
}

/** Namespace, name, names and values of dimensions, and how it is drawn. */
type Metric = readonly (string | Readonly<Record<string, unknown>>)[];

interface Widget {
    readonly type: "metric" | "log";
    readonly width: number;
    readonly height: number;
    readonly properties: Readonly<Record<string, unknown>>;
}

/** A dashboard is 24 units wide. */
const WIDTH = 24;

/** Log groups that one query of Logs Insights reads (CloudWatch Logs quotas). */
export const QUERIED_GROUPS = 50;

/** Lines that tell of trouble, the newest first. */
export const ERROR_LINES =
    "fields @timestamp, @log, @message | filter @message like /(?i)(error|exception|fatal|panic)/ | sort @timestamp desc | limit 100";

export function dashboardBody(facts: DashboardFacts): { readonly widgets: readonly object[] } {
    const rows = [
        ...traffic(facts),
        ...facts.services.map(service => tasks(service, facts)),
        ...rollouts(facts),
        [errorLines(facts)],
    ];
    const tops = rows.map((_, index) => rows.slice(0, index).reduce((sum, [first]) => sum + (first?.height ?? 0), 0));
    return {
        widgets: rows.flatMap((row, index) =>
            row.map((widget, column) => ({ x: (WIDTH / row.length) * column, y: tops[index], ...widget })),
        ),
    };
}

/** Requests, errors and answer times, where there is a load balancer. */
function traffic({ loadBalancer, services, region }: DashboardFacts): Widget[][] {
    if (loadBalancer === undefined) return [];
    const ofBalancer = ["LoadBalancer", loadBalancer];
    const ofTargets = (metric: string, stat: string) =>
        services
            .filter(({ targetGroup }) => targetGroup !== undefined)
            .map(({ name: label, targetGroup = "" }) => [
                ...["AWS/ApplicationELB", metric, "TargetGroup", targetGroup, ...ofBalancer],
                { label, stat },
            ]);
    const own = ["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", ...ofBalancer, { label: "load balancer", stat: "Sum" }];
    return [
        [
            graph("Requests a minute", region, ofTargets("RequestCount", "Sum"), { stacked: true }),
            graph("Answers with 5xx a minute", region, [...ofTargets("HTTPCode_Target_5XX_Count", "Sum"), own]),
            graph("Seconds to answer, 99 of 100 requests", region, ofTargets("TargetResponseTime", "p99")),
        ],
    ];
}

/** How many tasks of a service run, and what they need. */
function tasks({ name, serviceName, ...service }: WatchedService, { cluster, region }: DashboardFacts): Widget[] {
    const metric = (what: string, label: string, stat: string) => [
        ...["AWS/ECS", what, "ClusterName", cluster, "ServiceName", serviceName],
        { label, stat },
    ];
    const used = (what: string, holds: number | undefined) =>
        [
            [metric(`${what}Utilization`, "average", "Average"), metric(`${what}Utilization`, "highest", "Maximum")],
            withLines(holds === undefined ? {} : { "scaling holds": holds }),
        ] as const;
    const { min, max, cpuPercent, memoryPercent } = service;
    // Each task reports once a minute (Amazon ECS developer guide, service utilization metrics).
    const running = [metric("CPUUtilization", "running", "SampleCount")];
    return [
        graph(`${name}: tasks`, region, running, withLines(min === max ? { wanted: min } : { min, max })),
        graph(`${name}: CPU, in percent`, region, ...used("CPU", cpuPercent)),
        graph(`${name}: memory, in percent`, region, ...used("Memory", memoryPercent)),
    ];
}

/** Container Insights counts a service's deployments: a second one is a rollout. */
function rollouts({ cluster, services, region, hasInsights }: DashboardFacts): Widget[][] {
    if (!hasInsights) return [];
    const counts = services.map(({ name: label, serviceName }) => [
        ...["ECS/ContainerInsights", "DeploymentCount", "ClusterName", cluster, "ServiceName", serviceName],
        { label, stat: "Maximum" },
    ]);
    return [[graph("Deployments: two are a rollout", region, counts, {}, WIDTH)]];
}

function errorLines({ logGroups, region }: DashboardFacts): Widget {
    const queried = logGroups.slice(0, QUERIED_GROUPS);
    const others = logGroups.length - queried.length;
    const query = [...queried.map(group => `SOURCE '${group}'`), ERROR_LINES].join(" | ");
    const title = `Log lines with errors${others === 0 ? "" : `, of all log groups but ${others}`}`;
    return { type: "log", width: WIDTH, height: 8, properties: { title, region, query, view: "table" } };
}

function graph(title: string, region: string, metrics: readonly Metric[], more = {}, width = WIDTH / 3): Widget {
    const properties = { title, region, view: "timeSeries", period: 60, yAxis: { left: { min: 0 } }, metrics, ...more };
    return { type: "metric", width, height: 6, properties };
}

function withLines(values: Readonly<Record<string, number>>): object {
    const horizontal = Object.entries(values).map(([label, value]) => ({ label, value }));
    return horizontal.length === 0 ? {} : { annotations: { horizontal } };
}

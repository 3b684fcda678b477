import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ERROR_LINES, QUERIED_GROUPS, WatchedService, dashboardBody } from "../model/dashboard";
import { COMPONENT } from "../model/names";

export interface DashboardArgs {
    /** Physical name: deploy policies are written against it. Saved queries stand in a folder of this name. */
    readonly dashboardName: string;
    /** Region of the metrics and logs. */
    readonly region: string;
    /** Name of the ECS cluster. */
    readonly clusterName: pulumi.Input<string>;
    /**
     * As CloudWatch names the load balancer: `app/<name>/<id>`.
     *
     * @default no service has a route
     */
    readonly loadBalancer?: pulumi.Input<string>;
    /** The services that are shown, one row each. */
    readonly services: readonly Watched[];
    /** Whether Container Insights counts deployments. */
    readonly hasInsights: boolean;
    /** Names of the log groups that are searched, services' and jobs'. */
    readonly logGroups: readonly pulumi.Input<string>[];
}

/** A service, as far as it is known before it is made. */
export type Watched = Omit<WatchedService, "serviceName" | "targetGroup"> & {
    /** Name of the ECS service. */
    readonly serviceName: pulumi.Input<string>;
    /**
     * As CloudWatch names the target group: `targetgroup/<name>/<id>`.
     *
     * @default it has no route
     */
    readonly targetGroup?: pulumi.Input<string>;
};

/** Queries of Logs Insights that people ask again, by the end of their names. */
const QUERIES = {
    errors: ERROR_LINES,
    "lines by log group": "stats count(*) as lines, sum(strlen(@message)) / 1000000 as MB by @log | sort MB desc",
    "lines over time": "stats count(*) as lines by bin(5m), @log",
};

/**
 * One dashboard for the whole stack, in CloudWatch: traffic, errors, answer times, tasks against their bounds, CPU, memory, rollouts and log lines with
 * errors; and saved queries of Logs Insights.
 *
 * Cost: 3 USD a month, after the first three of an account; queries by what they read.
 *
 * @example
 * ```ts
 * import { Dashboard } from "./components/dashboard";
 *
 * new Dashboard("stack-dashboard", {
 *     dashboardName: "shop-staging",
 *     region: "ap-northeast-2",
 *     clusterName: "shop-staging",
 *     loadBalancer: "app/shop/0123456789abcdef",
 *     services: [
 *         {
 *             name: "web",
 *             serviceName: "web-1a2b3c4",
 *             targetGroup: "targetgroup/web/0123456789abcdef",
 *             min: 2,
 *             max: 10,
 *             cpuPercent: 60,
 *         },
 *     ],
 *     hasInsights: true,
 *     logGroups: ["shop-staging-web"],
 * });
 * ```
 */
export class Dashboard extends pulumi.ComponentResource {
    constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
        const { dashboardName, region, hasInsights } = args;
        super(
            COMPONENT.dashboard,
            name,
            { dashboardName, hasInsights, services: args.services.map(service => service.name) },
            opts,
        );

        const facts = pulumi.output({
            ...{ region, hasInsights },
            cluster: args.clusterName,
            loadBalancer: args.loadBalancer,
            services: [...args.services],
            logGroups: [...args.logGroups],
        });
        new aws.cloudwatch.Dashboard(
            name,
            { dashboardName, dashboardBody: facts.apply(known => JSON.stringify(dashboardBody(known))) },
            { parent: this },
        );
        for (const [query, queryString] of Object.entries(QUERIES))
            new aws.cloudwatch.QueryDefinition(
                `${name}-${query.replaceAll(" ", "-")}`,
                { name: `${dashboardName}/${query}`, queryString, logGroupNames: args.logGroups.slice(0, QUERIED_GROUPS) },
                { parent: this },
            );

        this.registerOutputs({});
    }
}

import { Graph } from "../../inventory/graph";
import { listOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { LISTENER_RULE } from "../../inventory/types/elb";
import { Priced, always } from "../quantities";
import type { Usage } from "../../../settings/usage";
import { HOURS_PER_MONTH } from "../prices/prices";
import { publicAddresses } from "./ec2";

/** What one LCU carries, for targets that are addresses (Elastic Load Balancing pricing). Active connections are left out: nobody knows them. */
const LCU = { connectionsPerSecond: 25, gbPerHour: 1, ruleEvaluationsPerSecond: 1000, freeRules: 10 };
const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

/** An Application Load Balancer: its hours, its LCUs, an address in each zone, and what it sends to the internet. */
export function priceLoadBalancer({ inputs }: Resource, graph: Graph, usage: Usage): Priced[] | undefined {
    if ((inputs["loadBalancerType"] ?? "application") !== "application") return undefined;
    const zones = listOf(inputs["subnets"]).length;
    const lcus = loadBalancerCapacityUnits(usage, graph.ofType(LISTENER_RULE).length);
    const balancer: Priced = {
        service: "Elastic Load Balancing",
        what: `load balancer, ${lcus.toFixed(2)} LCUs on average`,
        quantities: [
            { key: "albHour", part: "fixed", quantity: always(HOURS_PER_MONTH), assumes: [] },
            {
                key: "albLcuHour",
                part: "usage",
                quantity: always(lcus * HOURS_PER_MONTH),
                assumes: ["requestsPerMonth", "loadBalancerGbPerMonth"],
            },
        ],
    };
    if (inputs["internal"] === true) return [balancer];
    return [
        balancer,
        { service: "Amazon VPC", what: `public IPv4 addresses in ${zones} zones`, quantities: [publicAddresses(zones)] },
        {
            service: "AWS Data Transfer",
            what: `${usage.loadBalancerGbPerMonth} GB to the internet`,
            quantities: [
                {
                    key: "internetOutGb",
                    part: "usage",
                    quantity: always(usage.loadBalancerGbPerMonth),
                    assumes: ["loadBalancerGbPerMonth"],
                },
            ],
        },
    ];
}

/** Average LCUs of a month: the dimension that needs most counts. */
export function loadBalancerCapacityUnits(usage: Usage, rules: number): number {
    const requestsPerSecond = usage.requestsPerMonth / SECONDS_PER_MONTH;
    return Math.max(
        requestsPerSecond / LCU.connectionsPerSecond,
        usage.loadBalancerGbPerMonth / HOURS_PER_MONTH / LCU.gbPerHour,
        (requestsPerSecond * Math.max(0, rules - LCU.freeRules)) / LCU.ruleEvaluationsPerSecond,
    );
}

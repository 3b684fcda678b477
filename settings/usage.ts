/** What the resources do not say: how much they are used. A month has 730 hours. */
export interface Usage {
    /** Requests a month through the load balancer, shared evenly by the services with a route. Each one counts as a connection of its own. */
    readonly requestsPerMonth: number;
    /** GB a month between the load balancer and the internet, all counted as going out. */
    readonly loadBalancerGbPerMonth: number;
    /** GB a month between tasks and what they call, through interface endpoints or NAT gateways. Image layers take the free S3 gateway. */
    readonly egressGbPerMonth: number;
    /** GB a month that each log group takes in. */
    readonly logGbPerMonth: number;
    /** GB kept in each image repository. */
    readonly imageGb: number;
    /** Minutes a month that each scheduled job runs. */
    readonly jobMinutesPerMonth: number;
    /** Where services that scale on CPU or memory are on average: 0 is their minimum, 100 their maximum. */
    readonly scalingPercent: number;
}

export type UsageKey = keyof Usage;

/** What is assumed where `fargate:usage` says nothing. */
export const DEFAULT_USAGE: Usage = {
    requestsPerMonth: 1_000_000,
    loadBalancerGbPerMonth: 20,
    egressGbPerMonth: 10,
    logGbPerMonth: 1,
    imageGb: 1,
    jobMinutesPerMonth: 300,
    scalingPercent: 25,
};

/** The same, for a person. */
export const USAGE_LABELS: Readonly<Record<UsageKey, string>> = {
    requestsPerMonth: "Requests a month, shared evenly by the services with a route; each counts as a new connection.",
    loadBalancerGbPerMonth: "GB a month between the load balancer and the internet, all counted as going out.",
    egressGbPerMonth: "GB a month between tasks and what they call, through interface endpoints or NAT gateways.",
    logGbPerMonth: "GB a month that each log group takes in.",
    imageGb: "GB kept in each image repository.",
    jobMinutesPerMonth: "Minutes a month that each scheduled job runs.",
    scalingPercent: "Percent of the way from min to max, on average, of services that scale on CPU or memory.",
};

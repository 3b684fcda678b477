import { z } from "zod";
import { integer } from "./forms";

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
    /** GB a month of the VPC's flow logs, before they are compressed. */
    readonly flowLogGbPerMonth: number;
    /** GB kept in each image repository. */
    readonly imageGb: number;
    /** Where services that scale on CPU or memory are on average: 0 is their minimum, 100 their maximum. */
    readonly scalingPercent: number;
    /** Minutes that each task of a job takes, on average. */
    readonly jobMinutes: number;
    /** Runs a month of each job without a schedule. */
    readonly jobRunsPerMonth: number;
}

export type UsageKey = keyof Usage;

/** What is assumed where `fargate:usage` says nothing. */
export const DEFAULT_USAGE: Usage = {
    requestsPerMonth: 1_000_000,
    loadBalancerGbPerMonth: 20,
    egressGbPerMonth: 10,
    logGbPerMonth: 1,
    flowLogGbPerMonth: 2,
    imageGb: 1,
    scalingPercent: 25,
    jobMinutes: 5,
    jobRunsPerMonth: 30,
};

/** The same, for a person. */
export const USAGE_LABELS: Readonly<Record<UsageKey, string>> = {
    requestsPerMonth: "Requests a month, shared evenly by the services with a route; each counts as a new connection.",
    loadBalancerGbPerMonth: "GB a month between the load balancer and the internet, all counted as going out.",
    egressGbPerMonth: "GB a month between tasks and what they call, through interface endpoints or NAT gateways.",
    logGbPerMonth: "GB a month that each log group takes in.",
    flowLogGbPerMonth: "GB a month of the VPC's flow logs; each connection is some 200 bytes, those of health checks too.",
    imageGb: "GB kept in each image repository.",
    scalingPercent: "Percent of the way from min to max, on average, of services that scale on CPU or memory.",
    jobMinutes: "Minutes that each task of a job takes, on average; at most its timeoutMinutes are counted.",
    jobRunsPerMonth: "Runs a month of each job without a schedule; those of a schedule are counted by it.",
};

/** More than anybody's, so that a slip of the keyboard is told and every amount fits its column. */
const MOST = { count: 1e12, gb: 1e9 };

const used = (key: UsageKey, most: number) => {
    const error = `a number from 0 to ${most.toLocaleString("en-US")}`;
    return z.number({ error }).min(0, { error }).max(most, { error }).default(DEFAULT_USAGE[key]).describe(USAGE_LABELS[key]);
};

export const usageSchema = z
    .strictObject({
        requestsPerMonth: used("requestsPerMonth", MOST.count),
        loadBalancerGbPerMonth: used("loadBalancerGbPerMonth", MOST.gb),
        egressGbPerMonth: used("egressGbPerMonth", MOST.gb),
        logGbPerMonth: used("logGbPerMonth", MOST.gb),
        flowLogGbPerMonth: used("flowLogGbPerMonth", MOST.gb),
        imageGb: used("imageGb", MOST.gb),
        scalingPercent: integer(0, 100, " percent").default(DEFAULT_USAGE.scalingPercent).describe(USAGE_LABELS.scalingPercent),
        jobMinutes: used("jobMinutes", 7 * 24 * 60),
        jobRunsPerMonth: used("jobRunsPerMonth", MOST.count),
    })
    .prefault({})
    .describe("What cost estimates assume about load; nothing is created from it.");

import type { Graph } from "../../inventory/graph";
import { fieldsOf, firstOf, listOf, numberOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { FLOW_LOG } from "../../inventory/types/ec2";
import { LOAD_BALANCER } from "../../inventory/types/elb";
import { BUCKET_LIFECYCLE } from "../../inventory/types/s3";
import { Priced, always } from "../quantities";
import type { Usage, UsageKey } from "../../../settings/usage";
import { HOURS_PER_MONTH } from "../prices/prices";
import { DAYS_PER_MONTH, STORED_SHARE } from "./cloudwatch";

/** Bytes of a line in a load balancer's log, by what it is about: both guides' examples, rounded up. Each request counts as a connection too. */
const LINE = { request: 600, connection: 300 };

/** Load balancers publish a file for each node and kind of log every 5 minutes, flow logs one at least (their user guides). */
const PUBLISHED_PER_MONTH = HOURS_PER_MONTH * 12;

/** A bucket for logs: what it holds once the retention time has passed, and a request for each file. The load balancer's delivery is free. */
export function priceBucket(bucket: Resource, graph: Graph, usage: Usage): Priced[] | undefined {
    const [lifecycle] = graph.referring(bucket, BUCKET_LIFECYCLE, "bucket");
    const days = numberOf(fieldsOf(firstOf(lifecycle?.inputs["rules"])["expiration"])["days"] ?? 0);
    const balancers = graph.ofType(LOAD_BALANCER).filter(({ inputs }) => fieldsOf(inputs["accessLogs"])["enabled"] === true);
    const flowLogs = graph.ofType(FLOW_LOG);
    // Without an end, or with other things in it, nobody can say what it holds.
    if (days === 0 || (balancers.length === 0 && flowLogs.length === 0)) return undefined;

    const accessGb = balancers.length === 0 ? 0 : (usage.requestsPerMonth * (LINE.request + LINE.connection)) / 1e9;
    const flowGb = flowLogs.length * usage.flowLogGbPerMonth;
    const storedGb = (accessGb + flowGb) * (days / DAYS_PER_MONTH) * STORED_SHARE;
    const nodes = balancers.flatMap(({ inputs }) => listOf(inputs["subnets"])).length;
    const files = (2 * nodes + flowLogs.length) * PUBLISHED_PER_MONTH;
    const assumes: UsageKey[] = [
        ...(balancers.length > 0 ? (["requestsPerMonth"] as const) : []),
        ...(flowLogs.length > 0 ? (["flowLogGbPerMonth"] as const) : []),
    ];
    return [
        {
            service: "Amazon S3",
            what: `logs, kept ${days} days`,
            quantities: [
                { key: "s3GbMonth", part: "usage", quantity: always(storedGb), assumes },
                { key: "s3Put1k", part: "usage", quantity: always(files / 1000), assumes: [] },
            ],
        },
    ];
}

import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { ECSClient } from "@aws-sdk/client-ecs";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { connectionFor } from "./aws-connection";

/** What a rollout is looked at through. */
export interface Clients {
    readonly ecs: Pick<ECSClient, "send">;
    readonly elb: Pick<ElasticLoadBalancingV2Client, "send">;
    readonly logs: Pick<CloudWatchLogsClient, "send">;
    /** As a connection has it. */
    readonly obstacle?: string;
}

/**
 * Clients for what is found under `aws:`.
 *
 * Loaded here and not above: it takes half a second, which a plan must not pay.
 */
export async function clientsFor(aws: Readonly<Record<string, unknown>>): Promise<Clients> {
    const [ecs, elb, logs, { at, obstacle }] = await Promise.all([
        import("@aws-sdk/client-ecs"),
        import("@aws-sdk/client-elastic-load-balancing-v2"),
        import("@aws-sdk/client-cloudwatch-logs"),
        connectionFor(aws),
    ]);
    return {
        ecs: new ecs.ECSClient(at("ecs")),
        elb: new elb.ElasticLoadBalancingV2Client(at("elb")),
        logs: new logs.CloudWatchLogsClient(at("logs")),
        obstacle,
    };
}

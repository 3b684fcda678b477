import { z } from "zod";
import { logBucketRoom, stackPrefix } from "../model/names";
import type { Context } from "./check";
import { text } from "./forms";
import type { loadBalancerSchema } from "./load-balancer";
import type { NetworkSettings } from "./network-types";
import type { Finding } from "./problems";
import type { Profile } from "./profiles";
import type { LogSettings, ServiceSettings } from "./types";

/** Amazon S3 user guide, "General purpose bucket naming rules"; names with dots are left out, which TLS certificates do not cover. */
const BUCKET_NAME = /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3|--x-s3|--table-s3)$/;

export const flowLogsSchema = z
    .boolean({ error: "true or false" })
    .optional()
    .describe(
        "Keeps records of the VPC's traffic in the log bucket. Default: false (development), true (production, in a VPC of the stack's own).",
    );

export const logBucketSchema = text(BUCKET_NAME, "the name of a bucket: 3 to 63 lower-case letters, digits and hyphens")
    .optional()
    .describe("A bucket that exists already, whose policy lets the logs in. Default: one of the stack's own.");

interface Parsed {
    readonly loadBalancer?: z.output<typeof loadBalancerSchema>;
    readonly flowLogs?: boolean;
    readonly logBucket?: string;
}

interface Sources {
    readonly network: NetworkSettings;
    readonly services: readonly ServiceSettings[];
}

/** Nothing where nothing is kept. */
export function logsWithDefaults(parsed: Parsed, sources: Sources, profile: Profile): LogSettings | undefined {
    const accessLogs = (parsed.loadBalancer?.accessLogs ?? profile.accessLogs) && hasLoadBalancer(sources);
    const flowLogs = (parsed.flowLogs ?? profile.flowLogs) && sources.network.kind === "created";
    return accessLogs || flowLogs ? { accessLogs, flowLogs, bucket: parsed.logBucket } : undefined;
}

function hasLoadBalancer({ services }: Sources): boolean {
    return services.some(({ route }) => route !== undefined);
}

/** What is asked for has something to write it. */
export function logsWithSource({ settings, parsed }: Context<Parsed>): readonly Finding[] {
    const { loadBalancer, flowLogs, logBucket } = parsed;
    const findings: Finding[] = [];
    if (loadBalancer?.accessLogs === true && !hasLoadBalancer(settings)) {
        const allowed = "false, or a service with a route: without one there is no load balancer";
        findings.push({ path: ["loadBalancer", "accessLogs"], found: "true", allowed });
    }
    if (flowLogs === true && settings.network.kind !== "created") {
        const allowed =
            "false in a VPC that exists already: whoever owns it keeps its flow logs, with the traffic of all others in it";
        findings.push({ path: ["flowLogs"], found: "true", allowed, because: [["network"]] });
    }
    if (logBucket !== undefined && settings.logs === undefined && findings.length === 0) {
        const allowed = "nothing, or with it flowLogs: true or loadBalancer: { accessLogs: true }: nothing writes to the bucket";
        findings.push({ path: ["logBucket"], found: logBucket, allowed, because: [["flowLogs"], ["loadBalancer"]] });
    }
    return findings;
}

export function logBucketFits({ settings }: Context): readonly Finding[] {
    const { logs } = settings;
    const room = logBucketRoom(settings);
    if (logs === undefined || logs.bucket !== undefined || room >= 0) return [];
    const prefix = stackPrefix(settings);
    const allowed =
        `at most ${prefix.length + room} for <project>-<stack>, which the name of its log bucket starts with; ` +
        "or logBucket: <a bucket that exists>, or neither flowLogs nor loadBalancer.accessLogs";
    return [{ path: ["pulumi:stack"], found: `${prefix}, of ${prefix.length} characters`, allowed }];
}

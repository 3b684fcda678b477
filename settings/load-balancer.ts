import { z } from "zod";
import { EVERYBODY } from "../model/callers";
import { parseCidr } from "../model/cidr";
import { isOfPartition } from "../model/partitions";
import { AWS_LIMIT } from "../model/limits";
import { answerKeys } from "./answers";
import { CERTIFICATE_ARN, arn } from "./arns";
import type { Context } from "./check";
import { PREFIX_LIST_ID, integer, once, text } from "./forms";
import type { LoadBalancerSettings } from "./load-balancer-types";
import { isReserved } from "./network";
import { blockFault } from "./outbound";
import type { Finding } from "./problems";
import type { Settings } from "./types";

/** An id, or a name as EC2 takes it for a list; one that begins as an id does is meant to be one. */
const PREFIX_LIST = new RegExp(`${PREFIX_LIST_ID.source}|^(?!pl-)[!-~]([ -~]{0,253}[!-~])?$`);

export const loadBalancerSchema = z
    .strictObject({
        internal: z
            .boolean({ error: "true or false" })
            .optional()
            .describe(
                "Stands in the private subnets, without public addresses. Another value is another load balancer. Default: false.",
            ),
        allowCidrs: once(
            z.array(
                z
                    .string({ error: "an IPv4 block, such as 203.0.113.0/24" })
                    .refine(value => parseCidr(value) !== undefined && !isReserved(value), {
                        error: ({ input }) => blockFault(String(input), "the load balancer has no IPv6 address"),
                    }),
            ),
            "block",
        )
            .min(1, { error: "one block at least; leave the key out for the default" })
            .optional()
            .describe(
                "IPv4 blocks that may connect, `/32` for one address. Default: with `allowPrefixLists` none; else everybody, or the VPC's own block with `internal`.",
            ),
        allowPrefixLists: once(
            z.array(text(PREFIX_LIST, "a prefix list's name, or its id: pl- and 8 or 17 hexadecimal digits")),
            "list",
        )
            .min(1, { error: "one list at least; leave the key out for the default" })
            .optional()
            .describe(
                "Prefix lists whose addresses may connect, by name or id; to port 443 alone where there is a certificate. CloudFront's is `com.amazonaws.global.cloudfront.origin-facing`. Default: none.",
            ),
        idleTimeoutSeconds: integer(1, 4000, " seconds")
            .optional()
            .describe(
                "Seconds that a connection may be silent. The application has to keep its own longer. Default: 60, which is AWS's.",
            ),
        certificateArns: once(z.array(arn(CERTIFICATE_ARN, "arn:aws:acm:<region>:<account>:certificate/<id>")), "certificate")
            .min(1, { error: "one certificate at least; leave the key out for none" })
            .max(AWS_LIMIT.listenerCertificates, {
                error: `at most ${AWS_LIMIT.listenerCertificates} certificates, AWS's default beside the domain's own`,
            })
            .optional()
            .describe(
                "Further certificates that exist already, for host names beside `domain`; records are yours to make. Default: none.",
            ),
        accessLogs: z
            .boolean({ error: "true or false" })
            .optional()
            .describe(
                "Keeps logs of requests and connections in the log bucket. Default: false (development), true (production).",
            ),
        ...answerKeys,
    })
    .optional()
    .describe("The load balancer: who reaches it, and how it answers. Default: the internet.");

interface Parsed {
    readonly loadBalancer?: z.output<typeof loadBalancerSchema>;
}

/** Nothing where nothing is said. */
export function loadBalancerWithDefaults({ loadBalancer }: Parsed): LoadBalancerSettings | undefined {
    return loadBalancer;
}

/** The blocks that may connect, beside prefix lists. */
export function allowedCidrs({ loadBalancer = {}, network }: Pick<Settings, "loadBalancer" | "network">): readonly string[] {
    const { allowCidrs, allowPrefixLists, internal } = loadBalancer;
    if (allowCidrs !== undefined || allowPrefixLists !== undefined) return allowCidrs ?? [];
    return [internal === true && network.kind === "created" ? network.cidr : EVERYBODY];
}

/** Whether a caller from anywhere, such as a runner of CI, gets an answer. */
export function isOpenToEverybody(settings: Pick<Settings, "loadBalancer" | "network">): boolean {
    return settings.loadBalancer?.internal !== true && allowedCidrs(settings).includes(EVERYBODY);
}

/** Certificates need a listener that speaks TLS, in its own region and partition, which has not got them already. */
export function furtherCertificates({ settings: { loadBalancer, domain, region } }: Context): readonly Finding[] {
    const { certificateArns = [] } = loadBalancer ?? {};
    const place = ["loadBalancer", "certificateArns"];
    if (certificateArns.length > 0 && domain === undefined) {
        const allowed = "certificates beside fargate:domain, whose listener speaks HTTPS";
        return [{ path: place, found: `${certificateArns.length} and no domain`, allowed, because: [["domain"]] }];
    }
    return certificateArns.flatMap((found, index) => {
        const path = [...place, String(index)];
        if (found === domain?.certificateArn) {
            const because = [["domain", "certificateArn"]];
            return [{ path, found, allowed: "certificates beside fargate:domain.certificateArn, which is this one", because }];
        }
        // A certificate that IAM keeps is in no region; what is in another partition is told as that.
        if (["", region].includes(found.split(":")[3] ?? "") || !isOfPartition(found, region)) return [];
        return [{ path, found, allowed: `certificates in ${region}, the load balancer's region`, because: [["aws:region"]] }];
    });
}

/** Of a VPC that exists the blocks are not known here, and everybody that it is peered with would be too many. */
export function internalCallers({ settings: { loadBalancer, network } }: Context): readonly Finding[] {
    if (loadBalancer?.internal !== true || network.kind === "created") return [];
    if (loadBalancer.allowCidrs !== undefined || loadBalancer.allowPrefixLists !== undefined) return [];
    return [
        {
            path: ["loadBalancer", "allowCidrs"],
            found: "nothing",
            allowed: "the blocks that may connect to an internal load balancer in a VPC that exists, such as the VPC's own",
            because: [["network"], ["loadBalancer", "internal"], ["loadBalancer", "allowPrefixLists"]],
        },
    ];
}

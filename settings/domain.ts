import { z } from "zod";
import { isOfPartition } from "../model/partitions";
import type { Context } from "./check";
import { CERTIFICATE_ARN, arn } from "./arns";
import { hostName } from "./hosts";
import { Finding } from "./problems";

/** The common name of a certificate (AWS Certificate Manager user guide, quotas). */
const CERTIFICATE_NAME_LIMIT = 64;

export const domainSchema = z
    .strictObject({
        name: hostName("a host name, such as shop.example.com").describe("Name of the load balancer."),
        zone: hostName("the name of a public Route 53 zone, such as example.com")
            .optional()
            .describe("Public Route 53 hosted zone: gets the certificate's validation and the records for the name and *.name."),
        certificateArn: arn(CERTIFICATE_ARN, "arn:aws:acm:<region>:<account>:certificate/<id>")
            .optional()
            .describe("A certificate that exists already, instead of `zone`; records are yours to make."),
    })
    .optional()
    .describe("Name and certificate of the load balancer. Absent: plain HTTP under the load balancer's own name.");

export const allowHttpSchema = z
    .boolean({ error: "true or false" })
    .default(false)
    .describe("Production without a domain, on plain HTTP.");

interface Parsed {
    readonly domain?: z.output<typeof domainSchema>;
    readonly allowHttp: z.output<typeof allowHttpSchema>;
}

export function domainForm({ parsed }: Context<Parsed>): readonly Finding[] {
    const { domain } = parsed;
    if (domain === undefined) return [];
    const findings: Finding[] =
        domain.zone !== undefined && domain.certificateArn !== undefined
            ? [{ path: ["domain"], found: "zone and certificateArn", allowed: "one of the two" }]
            : [];
    if (domain.zone === undefined && domain.certificateArn === undefined) {
        return [
            {
                path: ["domain"],
                found: "neither zone nor certificateArn",
                allowed: "zone: <public Route 53 zone>, or certificateArn",
                because: [
                    ["domain", "zone"],
                    ["domain", "certificateArn"],
                ],
            },
        ];
    }
    if (domain.zone === undefined) return findings;
    if (domain.name.length > CERTIFICATE_NAME_LIMIT) {
        const allowed = `at most ${CERTIFICATE_NAME_LIMIT} characters, for the certificate that \`zone\` makes; or a certificateArn`;
        findings.push({ path: ["domain", "name"], found: `a name of ${domain.name.length} characters`, allowed });
    }
    if (domain.name === domain.zone || domain.name.endsWith(`.${domain.zone}`)) return findings;
    return [...findings, { path: ["domain", "name"], found: domain.name, allowed: `${domain.zone} or a name below it` }];
}

export function https({ settings, parsed }: Context<Parsed>): readonly Finding[] {
    const isRouted = settings.services.some(service => service.route !== undefined);
    if (settings.profile !== "production" || !isRouted || settings.domain !== undefined || parsed.allowHttp) return [];
    return [
        {
            path: ["domain"],
            found: "nothing",
            allowed: "{ name, zone } or { name, certificateArn }: production speaks HTTPS; or allowHttp: true",
            because: [["allowHttp"]],
        },
    ];
}

export function certificateRegion({ settings: { domain, region } }: Context): readonly Finding[] {
    const arn = domain?.certificateArn;
    // A certificate that IAM keeps is in no region; what is in another partition is told as that.
    if (arn === undefined || ["", region].includes(arn.split(":")[3] ?? "") || !isOfPartition(arn, region)) return [];
    return [
        {
            path: ["domain", "certificateArn"],
            found: arn,
            allowed: `a certificate in ${region}, the load balancer's region`,
            because: [["aws:region"]],
        },
    ];
}

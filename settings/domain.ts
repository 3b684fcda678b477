import { z } from "zod";
import { AWS_LIMIT } from "../model/limits";
import { isOfPartition } from "../model/partitions";
import type { Context } from "./check";
import { CERTIFICATE_ARN, arn } from "./arns";
import { once } from "./forms";
import { hostName } from "./hosts";
import { Finding } from "./problems";
import type { DomainSettings } from "./types";

/** The common name of a certificate (AWS Certificate Manager user guide, quotas). */
const CERTIFICATE_NAME_LIMIT = 64;

/** Beside the domain's name and the names below it. */
const OTHER_NAMES = AWS_LIMIT.certificateNames - 2;

export const domainSchema = z
    .strictObject({
        name: hostName("a host name, such as shop.example.com").describe("Name of the load balancer."),
        zone: hostName("the name of a public Route 53 zone, such as example.com")
            .optional()
            .describe("Public Route 53 hosted zone: gets the certificate's validation and the records for the name and *.name."),
        certificateArn: arn(CERTIFICATE_ARN, "arn:aws:acm:<region>:<account>:certificate/<id>")
            .optional()
            .describe("A certificate that exists already, instead of `zone`; records are yours to make."),
        otherNames: once(z.array(hostName("a host name, such as www.example.com")), "name")
            .min(1, { error: "one name at least; leave the key out for none" })
            .max(OTHER_NAMES, {
                error: `at most ${OTHER_NAMES} names, since ACM gives a certificate ${AWS_LIMIT.certificateNames}; more with certificates of your own, as loadBalancer.certificateArns`,
            })
            .optional()
            .describe(
                "Further host names in the same `zone`, with records, on the same certificate. A change makes another certificate, which takes the old one's place when it is issued. Default: none.",
            ),
    })
    .optional()
    .describe("Name and certificate of the load balancer. Absent: plain HTTP under the load balancer's own name.");

export const allowHttpSchema = z
    .boolean({ error: "true or false" })
    .default(false)
    .describe("Production without a domain, on plain HTTP.");

type Domain = NonNullable<z.output<typeof domainSchema>>;

interface Parsed {
    readonly domain?: z.output<typeof domainSchema>;
    readonly allowHttp: z.output<typeof allowHttpSchema>;
}

export function domainForm({ parsed }: Context<Parsed>): readonly Finding[] {
    const { domain } = parsed;
    if (domain === undefined) return [];
    const findings: Finding[] = [
        ...otherNames(domain),
        ...(domain.zone !== undefined && domain.certificateArn !== undefined
            ? [{ path: ["domain"], found: "zone and certificateArn", allowed: "one of the two" }]
            : []),
    ];
    if (domain.zone === undefined && domain.certificateArn === undefined) {
        return [
            ...findings,
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
    if (isIn(domain.zone, domain.name)) return findings;
    return [...findings, { path: ["domain", "name"], found: domain.name, allowed: `${domain.zone} or a name below it` }];
}

/** Each in the zone that gets its records, and none that the name brings already. */
function otherNames({ name, zone, certificateArn, otherNames: others = [] }: Domain): Finding[] {
    if (others.length > 0 && certificateArn !== undefined) {
        const allowed = "no such key beside certificateArn: its names are the certificate's, and records are yours to make";
        return [{ path: ["domain", "otherNames"], found: others.join(", "), allowed, because: [["domain", "certificateArn"]] }];
    }
    return others.flatMap((found, index) => {
        const path = ["domain", "otherNames", String(index)];
        if (zone !== undefined && !isIn(zone, found)) {
            const allowed = `${zone} or a name below it; others with a certificate of your own, as loadBalancer.certificateArns`;
            return [{ path, found, allowed, because: [["domain", "zone"]] }];
        }
        if (!answersTo({ name }, found)) return [];
        const allowed = `names beside ${name} and those one level below it, which are there without it`;
        return [{ path, found, allowed, because: [["domain", "name"]] }];
    });
}

function isIn(zone: string, name: string): boolean {
    return name === zone || name.endsWith(`.${zone}`);
}

/** Whether a host, or every host of a pattern, is one that the domain's own certificate and records are for. */
export function answersTo({ name, otherNames: others = [] }: Pick<DomainSettings, "name" | "otherNames">, host: string): boolean {
    const isBelow = host.endsWith(`.${name}`) && !host.slice(0, -name.length - 1).includes(".");
    return host === name || isBelow || others.includes(host);
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

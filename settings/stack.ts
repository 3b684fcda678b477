import { z } from "zod";
import { SERVICE_NAME, SERVICE_NAME_LIMIT, stackPrefix } from "../model/names";
import { BOUNDARY_CHECKS } from "./boundary";
import type { Check, Context } from "./check";
import { certificateRegion, domain, domainForm, https } from "./domain";
import { policyException } from "./exceptions";
import { text } from "./forms";
import { imageDigest, imagesOfServices } from "./images";
import {
    createdNetwork,
    endpointZones,
    existingEndpoints,
    existingNetwork,
    idsOnce,
    network,
    twoZones,
    zonesOfRegion,
} from "./network";
import { Finding } from "./problems";
import { PROFILES } from "./profiles";
import { sameRoute } from "./route";
import { anyService, service, withServiceDefaults } from "./service";
import { eachService, ownNames } from "./service-checks";
import { tagNames } from "./tags";
import type { Settings } from "./types";
import { budget, usage } from "./usage";

/**
 * The keys below `fargate:` in `Pulumi.<stack>.yaml`. An `error` says what is allowed; key, value found and nearest key are added where problems
 * are told. Defaults that differ by profile are in `profiles.ts`.
 */

/** Values that CloudWatch Logs accepts for `retentionInDays`. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const ROLE_POLICY_ARN = /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/.+$/;

const common = z.strictObject({
    profile: z
        .enum(["development", "production"])
        .default("development")
        .describe("Chooses the defaults of everything that is not set."),
    domain: domain
        .optional()
        .describe("Name and certificate of the load balancer. Absent: plain HTTP under the load balancer's own name."),
    images: z
        .record(z.string(), imageDigest)
        .default({})
        .describe("Images that CI built, by service and digest; they override `build` and `image`."),
    services: z
        .record(z.string(), service, { error: "services by name" })
        .prefault({})
        // Told by rules: where zod finds fault with a name, it does not look at the service.
        .meta({ minProperties: 1, propertyNames: { pattern: SERVICE_NAME.source, maxLength: SERVICE_NAME_LIMIT } })
        .describe("The services of the stack, by name."),
    tags: z
        .record(
            text(
                /^(?!aws:)[\w\s.:/=+@-]{1,128}$/,
                "a tag's name: 1 to 128 letters, digits, spaces or _ . : / = + - @, not starting with aws:",
            ),
            text(/^[\w\s.:/=+@-]{0,256}$/, "a tag's value: at most 256 letters, digits, spaces or _ . : / = + - @"),
        )
        .default({})
        .describe("Tags for everything, beside project, stack, service and managed-by."),
    allowHttp: z.boolean({ error: "true or false" }).default(false).describe("Production without a domain, on plain HTTP."),
    permissionsBoundary: text(ROLE_POLICY_ARN, "arn:aws:iam::<account>:policy/<name>")
        .optional()
        .describe("IAM policy that bounds every role."),
    deletionProtection: z
        .boolean({ error: "true or false" })
        .optional()
        .describe(
            "Keeps the load balancer and non-empty image repositories from being deleted. Default: false (development), true (production).",
        ),
    containerInsights: z
        .enum(["disabled", "enabled", "enhanced"])
        .optional()
        .describe("Metrics of tasks and containers in CloudWatch. Default: disabled (development), enhanced (production)."),
    usage: usage.prefault({}).describe("What cost estimates assume about load; nothing is created from it."),
    policyExceptions: z
        .array(policyException)
        .default([])
        .describe("Findings of policy rules that somebody takes responsibility for, until a day."),
    budget: budget.optional().describe("What the stack may cost. Absent: costs are shown, and nothing fails."),
    logRetentionDays: z
        .int({ error: RETENTION_DAYS.join(", ") })
        .refine(value => RETENTION_DAYS.includes(value), { error: RETENTION_DAYS.join(", ") })
        .meta({ enum: RETENTION_DAYS })
        .optional()
        .describe("How long logs are kept, in days. Default: 7 (development), 365 (production)."),
});

const created = common.extend({ network: createdNetwork.prefault({}) });

const existing = common.extend({ network: existingNetwork });

/** The schema for these values: a network with a `vpcId` is one that exists already. */
export function schemaFor(values: Readonly<Record<string, unknown>>): typeof created | typeof existing {
    const { network } = values;
    return typeof network === "object" && network !== null && "vpcId" in network ? existing : created;
}

/** Both forms of the network in one, for editors. */
export const editorSchema = common.extend({
    network: z.union([createdNetwork, existingNetwork]).optional().describe("The VPC and the way out of it."),
});

export type Parsed = z.output<typeof created> | z.output<typeof existing>;

export type ParsedService = Parsed["services"][string];

export const CHECKS: readonly Check[] = [
    stackName,
    anyService,
    eachService,
    sameRoute,
    imagesOfServices,
    domainForm,
    https,
    twoZones,
    zonesOfRegion,
    endpointZones,
    existingEndpoints,
    tagNames,
    certificateRegion,
    idsOnce,
    ownNames,
    ...BOUNDARY_CHECKS,
];

function stackName({ settings }: Context): readonly Finding[] {
    if (SERVICE_NAME.test(stackPrefix(settings))) return [];
    return [
        {
            path: ["pulumi:stack"],
            found: stackPrefix(settings),
            allowed: "a project and a stack named with lower-case letters, digits and hyphens",
        },
    ];
}

/** Fills in everything that the configuration leaves to its profile. */
export function withDefaults(parsed: Parsed): Omit<Settings, "project" | "stack" | "region" | "aws"> {
    const profile = PROFILES[parsed.profile];
    return {
        profile: parsed.profile,
        network: network(parsed.network, profile),
        domain: parsed.domain as Settings["domain"],
        deletionProtection: parsed.deletionProtection ?? profile.deletionProtection,
        containerInsights: parsed.containerInsights ?? profile.containerInsights,
        logRetentionDays: parsed.logRetentionDays ?? profile.logRetentionDays,
        permissionsBoundary: parsed.permissionsBoundary,
        tags: parsed.tags,
        usage: parsed.usage,
        budget: parsed.budget,
        policyExceptions: parsed.policyExceptions,
        services: Object.keys(parsed.services)
            .sort()
            .flatMap(name => {
                const service = parsed.services[name];
                return service === undefined ? [] : [withServiceDefaults(name, service, ownValue(parsed.images, name), profile)];
            }),
    };
}

/** A service may be called like a property that every object has, such as `constructor`. */
function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
    return Object.hasOwn(record, name) ? record[name] : undefined;
}

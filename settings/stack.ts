import { z } from "zod";
import { ROLE_NAME_LIMIT, SERVICE_NAME, serviceNameRoom, stackPrefix } from "../model/names";
import { alarmNamesFit } from "./alarm-names";
import { alarmsFit, alarmsSchema, alarmsWithDefaults, rollbackWithDefaults } from "./alarms";
import { arnsOfPartition } from "./arns";
import { budgetAlerts, budgetSchema, budgetWithDefaults } from "./budget";
import { boundaryOfThisStack, permissionsBoundarySchema, withinBoundary } from "./boundary";
import type { Check, Context } from "./check";
import { allowHttpSchema, certificateRegion, domainForm, domainSchema, https } from "./domain";
import { encryptionSchema, encryptionWithDefaults, keyRegion } from "./encryption";
import { exceptionsSchema } from "./exceptions";
import { firewallForm, firewallSchema, firewallSeesClients, firewallWithDefaults } from "./firewall";
import { nameForm } from "./forms";
import { imageScanSchema, imageScanWithDefaults } from "./image-scan";
import { imagesOfServices, imagesSchema } from "./images";
import { awsLimits } from "./limits";
import { flowLogsSchema, logBucketFits, logBucketSchema, logsWithDefaults, logsWithSource } from "./logs";
import { eachJob } from "./job-checks";
import { jobsSchema, jobsWithDefaults } from "./jobs";
import { answersHaveAListener, eachAnswer, redirectsEnd } from "./listener-rules";
import { furtherCertificates, internalCallers, loadBalancerSchema, loadBalancerWithDefaults } from "./load-balancer";
import {
    createdNetworkSchema,
    endpointZones,
    existingEndpoints,
    existingNetworkSchema,
    exportedNetworkSchema,
    idsOnce,
    loadBalancerSubnets,
    networkWithDefaults,
    otherStackNetworkSchema,
    twoZones,
    zonesOfRegion,
} from "./network";
import { withDatabase } from "./outbound";
import type { Finding } from "./problems";
import { PROFILES } from "./profiles";
import { releasesSchema } from "./release";
import { routeCount, routesReached } from "./routes";
import { anyTask, servicesSchema, servicesWithDefaults } from "./service";
import { eachService, ownNames } from "./service-checks";
import { eachTask } from "./task-checks";
import { tagNames, tagsSchema } from "./tags";
import { withTracing } from "./tracing";
import type { Settings } from "./types";
import { usageSchema } from "./usage";

/**
 * The keys below `fargate:` in `Pulumi.<stack>.yaml`. An `error` says what is allowed; key, value found and nearest key are added where problems
 * are told. Defaults that differ by profile are in `profiles.ts`.
 */

/** Values that CloudWatch Logs accepts for `retentionInDays`. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const common = z.strictObject({
    profile: z
        .enum(["development", "production"])
        .default("development")
        .describe("Chooses the defaults of everything that is not set."),
    domain: domainSchema,
    loadBalancer: loadBalancerSchema,
    firewall: firewallSchema,
    images: imagesSchema,
    imageScan: imageScanSchema,
    services: servicesSchema,
    jobs: jobsSchema,
    tags: tagsSchema,
    allowHttp: allowHttpSchema,
    permissionsBoundary: permissionsBoundarySchema,
    flowLogs: flowLogsSchema,
    logBucket: logBucketSchema,
    deletionProtection: z
        .boolean({ error: "true or false" })
        .optional()
        .describe(
            "Keeps the load balancer and non-empty image repositories from being deleted, and the log bucket when the stack goes. Default: false (development), true (production).",
        ),
    containerInsights: z
        .enum(["disabled", "enabled", "enhanced"])
        .optional()
        .describe("Metrics of tasks and containers in CloudWatch. Default: disabled (development), enhanced (production)."),
    encryption: encryptionSchema,
    dashboard: z
        .boolean({ error: "true or false" })
        .optional()
        .describe(
            "One dashboard of the stack in CloudWatch, and saved queries of its logs, 3 USD a month. Default: false (development), true (production).",
        ),
    usage: usageSchema,
    policyExceptions: exceptionsSchema,
    budget: budgetSchema,
    alarms: alarmsSchema,
    releases: releasesSchema,
    logRetentionDays: z
        .int({ error: RETENTION_DAYS.join(", ") })
        .refine(value => RETENTION_DAYS.includes(value), { error: RETENTION_DAYS.join(", ") })
        .meta({ enum: RETENTION_DAYS })
        .optional()
        .describe(
            "How long logs are kept, in days, those in the stack's log bucket too. Default: 7 (development), 365 (production).",
        ),
});

const created = common.extend({ network: createdNetworkSchema.prefault({}) });
const existing = common.extend({ network: existingNetworkSchema });
const exported = common.extend({ network: exportedNetworkSchema });
const ofOtherStack = common.extend({ network: otherStackNetworkSchema });

/** All forms of the stack, by which keys are known. */
export const SCHEMAS = [created, existing, exported, ofOtherStack] as const;

/** The schema for these values: a network that exists already says by one key what it is known by. */
export function schemaFor(values: Readonly<Record<string, unknown>>): (typeof SCHEMAS)[number] {
    const { network } = values;
    if (typeof network !== "object" || network === null) return created;
    if ("cloudFormation" in network) return exported;
    if ("stack" in network) return ofOtherStack;
    return "vpcId" in network ? existing : created;
}

/** All forms of the network in one, for editors. */
export const editorSchema = common.extend({
    network: z
        .union([createdNetworkSchema, existingNetworkSchema, exportedNetworkSchema, otherStackNetworkSchema])
        .optional()
        .describe("The VPC and the way out of it."),
});

export type Parsed = z.output<(typeof SCHEMAS)[number]>;

/** In the order in which their findings are told. */
export const CHECKS: readonly Check<Parsed>[] = [
    stackName,
    anyTask,
    eachService,
    eachJob,
    eachTask,
    eachAnswer,
    answersHaveAListener,
    routeCount,
    routesReached,
    redirectsEnd,
    imagesOfServices,
    domainForm,
    https,
    firewallForm,
    firewallSeesClients,
    twoZones,
    zonesOfRegion,
    endpointZones,
    existingEndpoints,
    tagNames,
    arnsOfPartition,
    certificateRegion,
    keyRegion,
    furtherCertificates,
    internalCallers,
    loadBalancerSubnets,
    alarmsFit,
    budgetAlerts,
    alarmNamesFit,
    idsOnce,
    ownNames,
    boundaryOfThisStack,
    withinBoundary,
    logsWithSource,
    logBucketFits,
    awsLimits,
];

function stackName({ settings }: Context): readonly Finding[] {
    const prefix = stackPrefix(settings);
    const path = ["pulumi:stack"];
    if (!SERVICE_NAME.test(prefix)) return [{ path, found: prefix, allowed: `a project and a stack of ${nameForm(prefix)}` }];
    const room = serviceNameRoom(settings);
    if (room >= 1) return [];
    const allowed =
        `at most ${prefix.length + room - 1} for <project>-<stack>, of which Pulumi.yaml says the first and pulumi stack init the second: ` +
        `the role <project>-<stack>-<service>-execution has at most ${ROLE_NAME_LIMIT}`;
    return [{ path, found: `${prefix}, of ${prefix.length} characters`, allowed }];
}

/** Fills in everything that the configuration leaves to its profile. */
export function withDefaults(parsed: Parsed): Omit<Settings, "project" | "stack" | "region" | "aws"> {
    const profile = PROFILES[parsed.profile];
    const services = servicesWithDefaults(parsed, profile);
    const isRouted = services.some(({ route }) => route !== undefined);
    const network = networkWithDefaults(parsed, profile);
    const domain = parsed.domain as Settings["domain"];
    const containerInsights = parsed.containerInsights ?? profile.containerInsights;
    const alarms = alarmsWithDefaults(parsed, profile, { services, containerInsights, domain });
    const rollbackOnAlarms = rollbackWithDefaults(parsed, profile);
    const imageScan = imageScanWithDefaults(parsed, profile);
    return {
        profile: parsed.profile,
        network,
        domain,
        loadBalancer: loadBalancerWithDefaults(parsed),
        deletionProtection: parsed.deletionProtection ?? profile.deletionProtection,
        containerInsights,
        ...(imageScan !== undefined && { imageScan }),
        logRetentionDays: parsed.logRetentionDays ?? profile.logRetentionDays,
        logs: logsWithDefaults(parsed, { network, services }, profile),
        permissionsBoundary: parsed.permissionsBoundary,
        encryption: encryptionWithDefaults(parsed, profile),
        dashboard: (parsed.dashboard ?? profile.dashboard) || undefined,
        tags: parsed.tags,
        usage: parsed.usage,
        budget: budgetWithDefaults(parsed, alarms),
        ...(alarms && { alarms }),
        ...(rollbackOnAlarms !== undefined && { rollbackOnAlarms }),
        releases: parsed.releases,
        policyExceptions: parsed.policyExceptions,
        ...firewallWithDefaults(parsed, profile, isRouted),
        // Jobs have what a service says, and what that amounts to is worked out for each of them.
        services: services.map(withDatabase).map(withTracing),
        jobs: jobsWithDefaults(parsed, services).map(withDatabase).map(withTracing),
    };
}

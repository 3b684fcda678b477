import { z } from "zod";
import { EARLIEST_CERTIFICATE_DAYS } from "../model/alarm-events";
import { ServiceThresholds, serviceThresholds, stackThresholds } from "../model/alarm-thresholds";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";
import { isOfPartition } from "../model/partitions";
import type { AlarmSettings } from "./alarm-types";
import { TOPIC_ARN, arn } from "./arns";
import type { Context } from "./check";
import { integer, once, text } from "./forms";
import type { Finding } from "./problems";
import type { Profile } from "./profiles";
import type { ServiceSettings, Settings } from "./types";

/** A threshold, or none of the kind. */
const threshold = (minimum: number, maximum: number, unit: string, what: string) =>
    z
        .union([integer(minimum, maximum, ` ${unit}, or false`), z.literal(false)], {
            error: `a whole number from ${minimum} to ${maximum} ${unit}, or false`,
        })
        .optional()
        .describe(`${what} \`false\`: no such alarm.`);

const SECONDS = "seconds from 0.001 to 3600, or false";
const percent = (what: string) => threshold(1, 100, "percent", what);
const tasks = (what: string) => threshold(1, 5000, "tasks", what);

const ofService = {
    errorPercent: percent(
        "Answers of the service with a server error (5xx), in percent of its requests, in 3 of 5 minutes. Default: 5; with a route.",
    ),
    latencySeconds: z
        .union([z.number().min(0.001, { error: SECONDS }).max(3600, { error: SECONDS }), z.literal(false)], { error: SECONDS })
        .optional()
        .describe(
            "Seconds until 99 percent of the answers have begun, in 3 of 5 minutes. Default: four times `scaling.responseSeconds`, or 3; with a route. `false`: no such alarm.",
        ),
    unhealthyTargets: tasks(
        "Tasks that fail the load balancer's check for longer than a new one may. Default: a tenth of the fewest tasks, at least 1; with a route.",
    ),
    missingTasks: tasks(
        "Tasks below what is desired, for 10 minutes, or 30 on Spot. Default: a tenth of the fewest tasks, at least 1; with Container Insights.",
    ),
    stoppedTasks: tasks(
        "Tasks that end by themselves or fail their checks, within 15 minutes. Default: half of the fewest tasks, at least 3.",
    ),
    cpuPercent: percent(
        "Average CPU, for 15 minutes. Default: halfway between `scaling.cpuPercent` and 100, or 90 without that.",
    ),
    memoryPercent: percent("Memory of the fullest task, for 5 minutes. Default: 90, or more where scaling keeps more."),
};

const ofStack = {
    loadBalancerErrorPercent: percent(
        "Requests that the load balancer answers itself with an error (5xx), in percent, in 3 of 5 minutes. Default: 5; none where a service with a route rests at times.",
    ),
    certificateDays: threshold(
        1,
        EARLIEST_CERTIFICATE_DAYS,
        "days",
        "Days before the domain's certificate ends, told each day. Default: 30.",
    ),
    rollouts: z
        .boolean({ error: "true or false" })
        .optional()
        .describe("Rollouts that failed, as ECS tells them. Default: true."),
};

const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,253}\.[^\s@,;<>".]{2,63}$/;

const alarms = z.strictObject(
    {
        enabled: z
            .boolean({ error: "true or false" })
            .optional()
            .describe("Whether there are any. Default: true, in development where `fargate:alarms` stands."),
        email: once(
            z.array(text(EMAIL, "one address, such as ops@example.com"), { error: "a list of addresses: [ops@example.com]" }),
            "address",
        )
            .default([])
            .describe("Who is told. AWS sends each address a link, and nothing else before it is followed."),
        topicArn: arn(TOPIC_ARN, "arn:aws:sns:<region>:<account>:<topic>, which is no FIFO topic")
            .optional()
            .describe("A topic that exists, in this region and account, instead of one of the stack's own; or `email`."),
        rollback: z
            .boolean({ error: "true or false" })
            .default(true)
            .describe("Whether ECS takes a rollout back when `errorPercent` or `latencySeconds` is reached in it."),
        thresholds: z
            .strictObject({ ...ofStack, ...ofService })
            .prefault({})
            .describe("Of every service, and of the stack."),
        services: z
            .record(z.string(), z.strictObject(ofService), { error: "thresholds by the service's name" })
            .default({})
            .meta({ propertyNames: { pattern: SERVICE_NAME.source, maxLength: SERVICE_NAME_LIMIT } })
            .describe("Thresholds of single services, before those of all."),
    },
    { error: "a mapping: { email: [ops@example.com] }, or { enabled: false }" },
);

export const alarmsSchema = alarms
    .optional()
    .describe("Alarms, and who is told. Default: none (development), all that fit the services (production).");

type ParsedAlarms = z.output<typeof alarms>;

interface Parsed {
    readonly alarms?: z.output<typeof alarmsSchema>;
}

const SERVICE_KEYS = Object.keys(ofService) as (keyof ServiceThresholds)[];

/** Nothing where nobody is to be told. */
export function alarmsWithDefaults(
    { alarms: given }: Parsed,
    profile: Profile,
    settings: Pick<Settings, "services" | "containerInsights" | "domain">,
): AlarmSettings | undefined {
    const { enabled = true, email, topicArn, thresholds, services } = given ?? { ...alarms.parse({}), enabled: profile.alarms };
    if (!enabled) return undefined;
    const insights = { containerInsights: settings.containerInsights !== "disabled" };
    const { loadBalancerErrorPercent, certificateDays, rollouts, ...ofAll } = thresholds;
    const isOfAcm = settings.domain !== undefined && settings.domain.certificateArn?.includes(":server-certificate/") !== true;
    const own = stackThresholds(settings.services, isOfAcm);
    return {
        email,
        ...(topicArn !== undefined && { topicArn }),
        stack: tuned(own, { loadBalancerErrorPercent, certificateDays, rollouts }),
        services: Object.fromEntries(
            settings.services.map(service => {
                const fitting = serviceThresholds(service, insights);
                const single = Object.hasOwn(services, service.name) ? services[service.name] : undefined;
                // Of all services those that can have it are meant.
                const forAll = Object.fromEntries(Object.entries(ofAll).filter(([key]) => key in fitting));
                return [service.name, tuned(tuned(fitting, forAll), single ?? {})];
            }),
        ),
    };
}

/** Undefined where a stack has never had an alarm: its services are as they were. */
export function rollbackWithDefaults({ alarms: given }: Parsed, profile: Profile): boolean | undefined {
    if (given === undefined) return profile.alarms || undefined;
    return given.enabled !== false && given.rollback;
}

/** What is given goes before what follows, and `false` takes it away. */
function tuned<T extends object>(own: T, given: object): T {
    const told = Object.entries(given).filter(([, value]) => value !== undefined);
    return Object.fromEntries(
        Object.entries({ ...own, ...Object.fromEntries(told) }).filter(([, value]) => value !== false),
    ) as T;
}

export function alarmsFit({ settings, parsed }: Context<Parsed>): readonly Finding[] {
    const { alarms: given } = parsed;
    if (given === undefined) return [];
    return [...topicFindings(given, settings), ...thresholdFindings(given, settings)];
}

function topicFindings({ topicArn, email }: ParsedAlarms, { region }: Settings): Finding[] {
    if (topicArn === undefined) return [];
    const path = ["alarms", "topicArn"];
    const both = email.length > 0 && {
        path,
        found: "topicArn and email",
        allowed: "one of the two: whoever has the topic subscribes addresses to it",
        because: [["alarms", "email"]],
    };
    // What is in another partition is told as that.
    const elsewhere = topicArn.split(":")[3] !== region &&
        isOfPartition(topicArn, region) && {
            path,
            found: topicArn,
            allowed: `a topic in ${region}: alarms reach no other region`,
            because: [["aws:region"]],
        };
    return [both, elsewhere].filter(finding => finding !== false);
}

function thresholdFindings({ thresholds, services }: ParsedAlarms, settings: Settings): Finding[] {
    const ofSingle = Object.entries(services).flatMap(([name, given]): Finding[] => {
        const service = settings.services.find(candidate => candidate.name === name);
        const path = ["alarms", "services", name];
        if (service === undefined) {
            const allowed = `the name of a service: ${settings.services.map(one => one.name).join(", ")}`;
            return [{ path, found: `the name ${name}`, allowed, because: [["services"]] }];
        }
        return SERVICE_KEYS.filter(key => isSet(given[key])).flatMap(key =>
            lacking([...path, key], given[key], [service], settings),
        );
    });
    const routed = settings.services.filter(({ route }) => route !== undefined);
    const { loadBalancerErrorPercent, certificateDays } = thresholds;
    const needs = (key: string, value: unknown, isThere: boolean, allowed: string, because: string): Finding[] =>
        isSet(value) && !isThere
            ? [{ path: ["alarms", "thresholds", key], found: String(value), allowed, because: [[because]] }]
            : [];
    return [
        ...ofSingle,
        ...SERVICE_KEYS.filter(key => isSet(thresholds[key])).flatMap(key =>
            lacking(["alarms", "thresholds", key], thresholds[key], settings.services, settings),
        ),
        ...needs(
            "loadBalancerErrorPercent",
            loadBalancerErrorPercent,
            routed.length > 0,
            "false, or nothing: no service has a route",
            "services",
        ),
        ...needs(
            "certificateDays",
            certificateDays,
            settings.domain !== undefined,
            "false, or nothing: there is no domain",
            "domain",
        ),
    ];
}

/** A threshold that none of these services can have. */
function lacking(
    path: string[],
    value: unknown,
    services: readonly ServiceSettings[],
    { containerInsights }: Settings,
): Finding[] {
    const key = path.at(-1) as keyof ServiceThresholds;
    const insights = { containerInsights: containerInsights !== "disabled" };
    if (services.some(service => key in serviceThresholds(service, insights))) return [];
    const [allowed, because] =
        key === "missingTasks"
            ? ["false, or containerInsights: enabled, which counts tasks", ["containerInsights"]]
            : ["false, or a route, through which requests come", ["services"]];
    return [{ path, found: String(value), allowed, because: [because] }];
}

function isSet(value: unknown): boolean {
    return value !== undefined && value !== false;
}

import { existsSync, statSync } from "node:fs";
import * as path from "node:path";
import { ACTION_PREFIXES, hasEndpoint } from "../model/endpoints";
import { describeMemory, isLegalSize } from "../model/fargate-size";
import { parseImageReference } from "../model/image-reference";
import { SERVICE_NAME, SERVICE_NAME_LIMIT, serviceNameRoom, stackPrefix } from "../model/names";
import { MAX_CONDITION_VALUES, conditions, rulePriority } from "../model/routes";
import { Problem, suggest } from "./problems";
import type { Parsed } from "./schema";
import type { ServiceSettings, Settings } from "./types";

/** Rules between keys, which no single key's schema can state. */
export interface Rule {
    (context: Context): readonly Finding[];
}

export interface Context {
    readonly settings: Settings;
    readonly parsed: Parsed;
    /** Folder that paths in the configuration are relative to. */
    readonly root: string;
}

export interface Finding extends Problem {
    /** Keys that the finding rests on; it is dropped where one of them, or one below, is wrong itself. */
    readonly because?: readonly (readonly string[])[];
}

export const RULES: readonly Rule[] = [
    stackName,
    eachService(size),
    eachService(source),
    eachService(ports),
    eachService(taskNumbers),
    eachService(healthTimings),
    eachService(plaintextSecrets),
    eachService(nameLength),
    eachService(conditionValues),
    eachService(hostsOfDomain),
    eachService(reachable),
    sameRoute,
    imagesOfServices,
    domainForm,
    https,
    twoZones,
    zonesOfRegion,
    endpointZones,
    existingEndpoints,
];

type ServiceRule = (service: ServiceSettings, context: Context, at: (...keys: string[]) => string[]) => readonly Finding[];

function eachService(rule: ServiceRule): Rule {
    return context =>
        context.settings.services.flatMap(service => rule(service, context, (...keys) => ["services", service.name, ...keys]));
}

const nothing: readonly Finding[] = [];

function stackName({ settings }: Context): readonly Finding[] {
    if (SERVICE_NAME.test(stackPrefix(settings))) return nothing;
    return [
        {
            path: ["pulumi:stack"],
            found: stackPrefix(settings),
            allowed: "a project and a stack named with lower-case letters, digits and hyphens",
        },
    ];
}

function size({ cpu, memoryMiB }: ServiceSettings, _: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    if (isLegalSize(cpu, memoryMiB)) return nothing;
    return [
        {
            path: at("memoryMiB"),
            found: String(memoryMiB),
            allowed: `with cpu ${cpu}: ${describeMemory(cpu)}`,
            because: [at("cpu")],
        },
    ];
}

function source(service: ServiceSettings, { parsed, root }: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    const given = parsed.services[service.name];
    const findings: Finding[] = [];
    if (given?.build !== undefined && given.image !== undefined) {
        findings.push({ path: at("image"), found: "build and image", allowed: "one of the two" });
    }
    if (service.build === undefined && service.image === undefined) {
        findings.push({
            path: at(),
            found: "neither build nor image",
            allowed: "build: { context: ./app }, or image: <repository>:<tag>",
            because: [at()],
        });
    }
    if (service.build === undefined || service.image !== undefined) return findings;
    const { context, dockerfile } = service.build;
    if (!statSync(path.resolve(root, context), { throwIfNoEntry: false })?.isDirectory()) {
        return [
            ...findings,
            {
                path: at("build", "context"),
                found: `${context}, which is no folder`,
                allowed: "a folder, relative to the project",
            },
        ];
    }
    if (!existsSync(path.resolve(root, dockerfile))) {
        findings.push({
            path: at("build", "dockerfile"),
            found: `${dockerfile}, which does not exist`,
            allowed: "a Dockerfile, relative to the project",
        });
    }
    return findings;
}

function ports(service: ServiceSettings, _: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    if (service.route === undefined || service.port !== undefined) return nothing;
    return [
        { path: at("port"), found: "nothing", allowed: "the port that the container listens on, since the service has a route" },
    ];
}

function taskNumbers(service: ServiceSettings, { parsed }: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    const given = parsed.services[service.name];
    const findings: Finding[] = [];
    if (given?.tasks !== undefined && given.scaling !== undefined) {
        findings.push({ path: at("tasks"), found: "tasks and scaling", allowed: "one of the two" });
    }
    if (typeof service.tasks === "number") return findings;
    const { min, max, requestsPerTarget } = service.tasks;
    if (min > max)
        findings.push({
            path: at("scaling", "min"),
            found: String(min),
            allowed: `at most max, which is ${max}`,
            because: [at("scaling", "max")],
        });
    if (requestsPerTarget !== undefined && service.route === undefined) {
        findings.push({
            path: at("scaling", "requestsPerTarget"),
            found: String(requestsPerTarget),
            allowed: "only with a route, since the load balancer counts requests",
        });
    }
    return findings;
}

function healthTimings({ health }: ServiceSettings, _: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    const { intervalSeconds, timeoutSeconds } = health;
    if (timeoutSeconds < intervalSeconds) return nothing;
    return [
        {
            path: at("health", "timeoutSeconds"),
            found: String(timeoutSeconds),
            allowed: `less than intervalSeconds, which is ${intervalSeconds}`,
            because: [at("health", "intervalSeconds")],
        },
    ];
}

const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|APIKEY|API_KEY|ACCESS_KEY|PRIVATE_KEY)(_|$)/i;
const URL_WITH_PASSWORD = /:\/\/[^/\s:@]+:[^/\s@]+@/;

function plaintextSecrets(service: ServiceSettings, _: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    return Object.entries(service.environment).flatMap(([name, value]) => {
        if (!SECRET_NAME.test(name) && !URL_WITH_PASSWORD.test(value)) return [];
        const found = "what looks like a secret in plain text (not shown)";
        return [
            {
                path: at("environment", name),
                found,
                allowed: `store it in Secrets Manager or SSM and name its ARN: secrets: { ${name}: arn:aws:secretsmanager:… }`,
            },
        ];
    });
}

function nameLength(service: ServiceSettings, { settings }: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    const room = serviceNameRoom(settings);
    if (service.name.length <= room) return nothing;
    const allowed = `at most ${Math.max(0, room)} characters behind ${stackPrefix(settings)}-, since a role's name has at most 64`;
    return [{ path: at(), found: `a name of ${service.name.length} characters`, allowed }];
}

function conditionValues(service: ServiceSettings, _: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    if (service.route === undefined) return nothing;
    const { hosts, paths } = conditions(service.route);
    const count = hosts.length + paths.length;
    if (count <= MAX_CONDITION_VALUES) return nothing;
    return [
        {
            path: at("route"),
            found: `${count} hosts and paths`,
            allowed: `at most ${MAX_CONDITION_VALUES}, a limit of listener rules`,
        },
    ];
}

function hostsOfDomain(service: ServiceSettings, { settings }: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    const { domain } = settings;
    if (domain?.zone === undefined) return nothing;
    const covered = (host: string) =>
        host === domain.name || (host.endsWith(`.${domain.name}`) && !host.slice(0, -domain.name.length - 1).includes("."));
    return (service.route?.hosts ?? []).flatMap((host, index) =>
        covered(host)
            ? []
            : [
                  {
                      path: at("route", "hosts", String(index)),
                      found: host,
                      allowed: `${domain.name} or one name below it, which is what the certificate covers`,
                      because: [["domain"]],
                  },
              ],
    );
}

/** Without internet, tasks reach ECR in their own region, and what has an endpoint. */
function reachable(service: ServiceSettings, { settings }: Context, at: (...keys: string[]) => string[]): readonly Finding[] {
    if (settings.network.egress !== "endpoints") return nothing;
    const because = [["network", "egress"], ["aws:region"]];
    const way = "or fargate:network.egress: nat";
    const findings: Finding[] = [];
    if (service.image !== undefined && parseImageReference(service.image)?.ecr?.region !== settings.region) {
        findings.push({
            path: at("image"),
            found: service.image,
            allowed: `an image in ECR in ${settings.region}, since tasks have no internet, ${way}`,
            because,
        });
    }
    for (const [name, arn] of Object.entries(service.secrets)) {
        if (arn.split(":")[3] === settings.region) continue;
        findings.push({
            path: at("secrets", name),
            found: arn,
            allowed: `a secret in ${settings.region}, since tasks have no internet, ${way}`,
            because,
        });
    }
    service.permissions.forEach(({ actions }, index) => {
        for (const action of actions.filter(candidate => !hasEndpoint(candidate))) {
            const allowed = `actions of ${ACTION_PREFIXES.join(", ")}, whose endpoints are known, ${way}`;
            findings.push({ path: at("permissions", String(index), "actions"), found: action, allowed, because });
        }
    });
    return findings;
}

function sameRoute({ settings }: Context): readonly Finding[] {
    const routed = settings.services.flatMap(({ name, route }) => (route === undefined ? [] : [{ name, route }]));
    return routed.flatMap(({ name, route }, index) =>
        routed.slice(0, index).flatMap(other => {
            const because = [["services", other.name, "route"]];
            if (JSON.stringify(sorted(conditions(route))) === JSON.stringify(sorted(conditions(other.route)))) {
                return [
                    {
                        path: ["services", name, "route"],
                        found: `the route of ${other.name}`,
                        allowed: "a host or path of its own",
                        because,
                    },
                ];
            }
            if (rulePriority(name, route) !== rulePriority(other.name, other.route)) return [];
            const found = `priority ${rulePriority(name, route)}, which ${other.name} has too`;
            return [
                {
                    path: ["services", name, "route", "priority"],
                    found,
                    allowed: "another route.priority for one of the two",
                    because,
                },
            ];
        }),
    );
}

function sorted({ hosts, paths }: ReturnType<typeof conditions>): unknown {
    return [[...hosts].sort(), [...paths].sort()];
}

function imagesOfServices({ parsed }: Context): readonly Finding[] {
    const known = Object.keys(parsed.services);
    return Object.keys(parsed.images)
        .filter(name => !known.includes(name))
        .map(name => ({
            path: ["images", name],
            found: "a service that does not exist",
            allowed: suggest(name, known),
            because: [["services"]],
        }));
}

function domainForm({ parsed }: Context): readonly Finding[] {
    const { domain } = parsed;
    if (domain === undefined) return nothing;
    if (domain.zone !== undefined && domain.certificateArn !== undefined)
        return [{ path: ["domain"], found: "zone and certificateArn", allowed: "one of the two" }];
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
    if (domain.zone === undefined || domain.name === domain.zone || domain.name.endsWith(`.${domain.zone}`)) return nothing;
    return [{ path: ["domain", "name"], found: domain.name, allowed: `${domain.zone} or a name below it` }];
}

function https({ settings, parsed }: Context): readonly Finding[] {
    const isRouted = settings.services.some(service => service.route !== undefined);
    if (settings.profile !== "production" || !isRouted || settings.domain !== undefined || parsed.allowHttp) return nothing;
    return [
        {
            path: ["domain"],
            found: "nothing",
            allowed: "{ name, zone } or { name, certificateArn }: production speaks HTTPS; or allowHttp: true",
            because: [["allowHttp"]],
        },
    ];
}

function twoZones({ settings: { network, services } }: Context): readonly Finding[] {
    if (!services.some(service => service.route !== undefined)) return nothing;
    const allowed = "two zones at least, a demand of Application Load Balancers";
    if (network.kind === "created" && network.zoneCount < 2)
        return [{ path: ["network", "zones"], found: `${network.zoneCount}`, allowed }];
    if (network.kind === "existing" && network.publicSubnetIds.length < 2) {
        return [{ path: ["network", "publicSubnetIds"], found: `${network.publicSubnetIds.length}`, allowed }];
    }
    return nothing;
}

function zonesOfRegion({ settings: { network, region } }: Context): readonly Finding[] {
    if (network.kind !== "created") return nothing;
    const zones = network.zones ?? [];
    return zones.flatMap((zone, index) => {
        const at = { path: ["network", "zones", String(index)], found: zone, because: [["aws:region"]] };
        if (!zone.startsWith(region)) return [{ ...at, allowed: `a zone of ${region}` }];
        return zones.indexOf(zone) < index ? [{ ...at, allowed: "each zone once" }] : [];
    });
}

function endpointZones({ parsed: { network }, settings }: Context): readonly Finding[] {
    const limit = settings.network.kind === "created" ? settings.network.zoneCount : settings.network.privateSubnetIds.length;
    if (network.endpointZones === undefined || network.endpointZones <= limit) return nothing;
    return [
        {
            path: ["network", "endpointZones"],
            found: String(network.endpointZones),
            allowed: `at most ${limit}, the number of zones`,
            because: [["network", "zones"]],
        },
    ];
}

function existingEndpoints({ settings: { network } }: Context): readonly Finding[] {
    if (network.kind !== "existing" || network.egress !== "endpoints" || network.privateRouteTableIds.length > 0) return nothing;
    return [
        {
            path: ["network", "privateRouteTableIds"],
            found: "nothing",
            allowed: "the route tables of the private subnets, for the S3 gateway endpoint",
        },
    ];
}

import { ACTION_PREFIXES, hasEndpoint } from "../model/endpoints";
import { describeMemory, isLegalSize } from "../model/fargate-size";
import { parseImageReference } from "../model/image-reference";
import { OWN_NAME, SERVICE_NAME, SERVICE_NAME_LIMIT, serviceNameRoom, stackPrefix } from "../model/names";
import { holdsSecret, looksSecret } from "../model/plain-secrets";
import type { At, Context, ServiceCheck } from "./check";
import { source } from "./images";
import { Finding, show, suggest } from "./problems";
import { conditionValues, hostsOfDomain } from "./route";
import type { ParsedServices } from "./service";
import type { ServiceSettings } from "./types";

/** In the order in which their findings are told. */
const SERVICE_CHECKS: readonly ServiceCheck<ParsedServices>[] = [
    nameForm,
    size,
    source,
    ports,
    taskNumbers,
    healthTimings,
    plaintextSecrets,
    variablesOnce,
    conditionValues,
    hostsOfDomain,
    reachable,
];

export function eachService(context: Context<ParsedServices>): readonly Finding[] {
    return context.settings.services.flatMap(service =>
        SERVICE_CHECKS.flatMap(check => check(service, context, (...keys) => ["services", service.name, ...keys])),
    );
}

function size({ cpu, memoryMiB }: ServiceSettings, _: Context, at: At): readonly Finding[] {
    if (isLegalSize(cpu, memoryMiB)) return [];
    return [
        {
            path: at("memoryMiB"),
            found: String(memoryMiB),
            allowed: `with cpu ${cpu}: ${describeMemory(cpu)}`,
            because: [at("cpu")],
        },
    ];
}

function ports(service: ServiceSettings, _: Context, at: At): readonly Finding[] {
    if (service.route === undefined || service.port !== undefined) return [];
    return [
        { path: at("port"), found: "nothing", allowed: "the port that the container listens on, since the service has a route" },
    ];
}

function taskNumbers(service: ServiceSettings, { parsed }: Context<ParsedServices>, at: At): readonly Finding[] {
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
            because: [at("route")],
        });
    }
    return findings;
}

function healthTimings({ health }: ServiceSettings, _: Context, at: At): readonly Finding[] {
    const { intervalSeconds, timeoutSeconds } = health;
    if (timeoutSeconds < intervalSeconds) return [];
    return [
        {
            path: at("health", "timeoutSeconds"),
            found: String(timeoutSeconds),
            allowed: `less than intervalSeconds, which is ${intervalSeconds}`,
            because: [at("health", "intervalSeconds")],
        },
    ];
}

function plaintextSecrets(service: ServiceSettings, _: Context, at: At): readonly Finding[] {
    const { environment, build, health, plain = [] } = service;
    const named = [
        ...Object.entries(environment).map(([name, value]) => ({ name, value, path: at("environment", name) })),
        ...Object.entries(build?.args ?? {}).map(([name, value]) => ({ name, value, path: at("build", "args", name) })),
    ];
    const found = "what looks like a secret in plain text (not shown)";
    const store = "store it in Secrets Manager or SSM and name its ARN: secrets:";
    const names = [...new Set(named.map(one => one.name))];
    const unknown = plain.filter(name => !names.includes(name));
    return [
        ...named
            .filter(({ name, value }) => !plain.includes(name) && looksSecret(name, value))
            .map(({ name, path }) => ({
                path,
                found,
                allowed: `${store} { ${name}: arn:aws:secretsmanager:… }. Where it is none: plain: [${name}]`,
            })),
        ...(holdsSecret((health.command ?? []).join(" "))
            ? [{ path: at("health", "command"), found, allowed: `${store} {…}, and read that variable in the command` }]
            : []),
        ...unknown.map(name => ({
            path: at("plain"),
            found: show(name),
            allowed: named.length === 0 ? "names in environment or build.args, which are empty" : suggest(name, names),
            because: [at("environment"), at("build")],
        })),
    ];
}

/** ECS refuses a variable that is both. */
function variablesOnce(service: ServiceSettings, _: Context, at: At): readonly Finding[] {
    return Object.keys(service.secrets)
        .filter(name => Object.hasOwn(service.environment, name))
        .map(name => ({
            path: at("secrets", name),
            found: `${name} in environment too`,
            allowed: "a variable in one of the two",
            because: [at("environment", name)],
        }));
}

function nameForm(service: ServiceSettings, { settings }: Context, at: At): readonly Finding[] {
    const { length } = service.name;
    const room = serviceNameRoom(settings);
    if (!SERVICE_NAME.test(service.name)) {
        const allowed = "lower-case letters, digits and single hyphens, starting with a letter";
        return [{ path: at(), found: `the name ${show(service.name)}`, allowed }];
    }
    if (length <= room) return [];
    const allowed =
        room === SERVICE_NAME_LIMIT
            ? `at most ${room} characters, since a target group's name has at most 32`
            : `at most ${Math.max(0, room)} characters behind ${stackPrefix(settings)}-, since a role's name has at most 64`;
    return [{ path: at(), found: `a name of ${length} characters`, allowed }];
}

/** Without internet, tasks reach ECR in their own region, and what has an endpoint. */
function reachable(service: ServiceSettings, { settings, parsed }: Context<ParsedServices>, at: At): readonly Finding[] {
    if (settings.network.egress !== "endpoints") return [];
    const because = [["network", "egress"], ["aws:region"]];
    const way = `or fargate:network.egress: ${settings.network.kind === "created" ? "nat" : "existing"}`;
    const findings: Finding[] = [];
    if (service.image !== undefined && parseImageReference(service.image)?.ecr?.region !== settings.region) {
        findings.push({
            path: !Object.hasOwn(parsed.images, service.name) ? at("image") : ["images", service.name],
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

/** Services are named beside the program's own components. */
const OWN_NAMES: readonly string[] = Object.values(OWN_NAME);

export function ownNames({ settings: { services } }: Context): readonly Finding[] {
    return services
        .filter(({ name }) => OWN_NAMES.includes(name))
        .map(({ name }) => ({
            path: ["services", name],
            found: `the name ${name}`,
            allowed: `another name: ${OWN_NAMES.join(", ")} are the program's own`,
        }));
}

import { ACTION_PREFIXES, hasEndpoint } from "../model/endpoints";
import { describeMemory, isLegalSize } from "../model/fargate-size";
import { parseImageReference, registryHost } from "../model/image-reference";
import { OWN_NAME, SERVICE_NAME, SERVICE_NAME_LIMIT, serviceNameRoom, stackPrefix } from "../model/names";
import { isOfPartition, partitionOf } from "../model/partitions";
import { holdsSecret, looksSecret } from "../model/plain-secrets";
import type { At, Context, ServiceCheck } from "./check";
import { nameForm } from "./forms";
import { STOCK_IMAGES, source } from "./images";
import { Finding, show, suggest } from "./problems";
import { conditionValues, hostsOfDomain } from "./route";
import type { ParsedServices } from "./service";
import type { ServiceSettings } from "./types";

/** In the order in which their findings are told. */
const SERVICE_CHECKS: readonly ServiceCheck<ParsedServices>[] = [
    serviceName,
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

/** Below it Linux asks for a capability, and tasks have none, whoever their user is (`model/container.ts`). */
const FIRST_FREE_PORT = 1024;

function ports({ port, route }: ServiceSettings, _: Context, at: At): readonly Finding[] {
    if (port === undefined) {
        const allowed = "the port that the container listens on, since the service has a route";
        return route === undefined ? [] : [{ path: at("port"), found: "nothing", allowed }];
    }
    if (port >= FIRST_FREE_PORT) return [];
    const allowed =
        `a port from ${FIRST_FREE_PORT}, such as 8080, that the container is made to listen on: tasks run without capabilities, ` +
        `so that no user, root neither, can listen below; the load balancer answers on 80 and 443 whatever it is. Stock images: ${STOCK_IMAGES}`;
    return [{ path: at("port"), found: String(port), allowed }];
}

function taskNumbers(service: ServiceSettings, { parsed }: Context<ParsedServices>, at: At): readonly Finding[] {
    const given = parsed.services[service.name];
    const findings: Finding[] = [];
    if (given?.tasks !== undefined && given.scaling !== undefined) {
        findings.push({ path: at("tasks"), found: "tasks and scaling", allowed: "one of the two" });
    }
    // As it is written: where `tasks` stands beside it, it would count for nothing. A default alone is never above another.
    const { min, max, requestsPerTarget } = given?.scaling ?? {};
    if (min !== undefined && max !== undefined && min > max)
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
    const { args = {} } = build ?? {};
    const isHidden = ([name, value]: [string, string]) => !plain.includes(name) && looksSecret(name, value);
    const found = "what looks like a secret in plain text (not shown)";
    const store = "store it in Secrets Manager or SSM and name its ARN: secrets:";
    const names = [...new Set([environment, args].flatMap(Object.keys))];
    const unknown = plain.filter(name => !names.includes(name));
    return [
        ...Object.entries(environment)
            .filter(isHidden)
            .map(([name]) => ({
                path: at("environment", name),
                found,
                allowed: `${store} { ${name}: arn:aws:secretsmanager:… }. Where it is none: plain: [${name}]`,
            })),
        ...Object.entries(args)
            .filter(isHidden)
            .map(([name]) => ({
                path: at("build", "args", name),
                found,
                allowed:
                    "no secret, since arguments stay in the image for all who may pull it, and this program hands a build none. " +
                    "What the build needs: build with docker build --secret, push, and name the image as `image`. " +
                    `What the running container needs: its ARN under \`secrets\`. Where it is none: plain: [${name}]`,
            })),
        ...(holdsSecret((health.command ?? []).join(" "))
            ? [{ path: at("health", "command"), found, allowed: `${store} {…}, and read that variable in the command` }]
            : []),
        ...unknown.map(name => ({
            path: at("plain"),
            found: show(name),
            allowed: names.length === 0 ? "names in environment or build.args, which are empty" : suggest(name, names),
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

function serviceName(service: ServiceSettings, { settings }: Context, at: At): readonly Finding[] {
    const { length } = service.name;
    const room = serviceNameRoom(settings);
    if (!SERVICE_NAME.test(service.name))
        return [{ path: at(), found: `the name ${show(service.name)}`, allowed: nameForm(service.name) }];
    // Where none is left, it is the stack's name that is too long.
    if (length <= room || room < 1) return [];
    const allowed =
        room === SERVICE_NAME_LIMIT
            ? `at most ${room} characters, since a target group's name has at most 32`
            : `at most ${room} characters behind ${stackPrefix(settings)}-, since a role's name has at most 64; or a shorter stack or project`;
    return [{ path: at(), found: `a name of ${length} characters`, allowed }];
}

/** Tasks pull from ECR of their own partition; without internet of their own region alone, and reach what has an endpoint. */
function reachable(service: ServiceSettings, { settings, parsed }: Context<ParsedServices>, at: At): readonly Finding[] {
    const { region, network } = settings;
    const findings: Finding[] = [];
    const image = service.image === undefined ? undefined : parseImageReference(service.image);
    const imagePlace = Object.hasOwn(parsed.images, service.name) ? ["images", service.name] : at("image");
    if (image?.ecr !== undefined && !isOfPartition(image.ecr.arn, region)) {
        const allowed = `an image in ${partitionOf(region)}, the partition of ${region}, or one outside of ECR`;
        findings.push({ path: imagePlace, found: String(service.image), allowed, because: [["aws:region"]] });
    }
    if (network.egress !== "endpoints") return findings;
    const because = [["network", "egress"], ["aws:region"]];
    const way = `or fargate:network.egress: ${network.kind === "created" ? "nat" : "existing"}`;
    if (findings.length === 0 && image !== undefined && image.ecr?.region !== region) {
        const stock = image.ecr === undefined ? `. Stock images: ${STOCK_IMAGES}` : "";
        const allowed = `an image in ECR in ${region}, since tasks have no internet, ${way}${stock}`;
        findings.push({ path: imagePlace, found: String(service.image), allowed, because });
    } else if (findings.length === 0 && image?.ecr !== undefined && !image.repository.startsWith(`${registryHost(image.ecr)}/`)) {
        const allowed = `the same image on ${registryHost(image.ecr)}, the only host of ECR that VPC endpoints serve, ${way}`;
        findings.push({ path: imagePlace, found: String(service.image), allowed, because });
    }
    for (const [name, arn] of Object.entries(service.secrets)) {
        if (arn.split(":")[3] === region || !isOfPartition(arn, region)) continue;
        findings.push({
            path: at("secrets", name),
            found: arn,
            allowed: `a secret in ${region}, since tasks have no internet, ${way}`,
            because,
        });
    }
    service.permissions.forEach(({ actions }, index) => {
        for (const action of actions.filter(candidate => !hasEndpoint(candidate))) {
            const allowed = `actions of ${ACTION_PREFIXES.join(", ")}, whose endpoints are known, or of what is in the VPC itself, such as rds-db:connect; ${way}`;
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

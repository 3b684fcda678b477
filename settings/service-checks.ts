import { OWN_NAME, SERVICE_NAME, SERVICE_NAME_LIMIT, serviceNameRoom, stackPrefix } from "../model/names";
import type { HealthTimings } from "../model/container";
import type { At, Context, ServiceCheck } from "./check";
import { nameForm } from "./forms";
import { STOCK_IMAGES } from "./images";
import { Finding, show } from "./problems";
import { releases } from "./release";
import { conditionValues, hostsOfDomain, namesOnce, openConditions, protocols } from "./route-checks";
import { spotShare, taskNumbers } from "./scaling-checks";
import type { ParsedServices } from "./service";
import type { ServiceSettings, Settings } from "./types";

/** In the order in which their findings are told. */
const SERVICE_CHECKS: readonly ServiceCheck<ParsedServices>[] = [
    serviceName,
    ports,
    taskNumbers,
    spotShare,
    healthTimings,
    releases,
    conditionValues,
    namesOnce,
    openConditions,
    protocols,
    hostsOfDomain,
];

export function eachService(context: Context<ParsedServices>): readonly Finding[] {
    return context.settings.services.flatMap(service =>
        SERVICE_CHECKS.flatMap(check => check(service, context, (...keys) => ["services", service.name, ...keys])),
    );
}

/** Below it Linux asks for a capability, and tasks have none, whoever their user is (`model/container.ts`). */
const FIRST_FREE_PORT = 1024;

function ports({ port, route }: ServiceSettings, _: Context, at: At): readonly Finding[] {
    if (port === undefined) {
        const allowed = "the port that the container listens on, since the service has a route";
        return route === undefined ? [] : [{ path: at("port"), found: "nothing", allowed }];
    }
    return portFaults(port, at);
}

export function portFaults(port: number, at: At): readonly Finding[] {
    if (port >= FIRST_FREE_PORT) return [];
    const allowed =
        `a port from ${FIRST_FREE_PORT}, such as 8080, that the container is made to listen on: tasks run without capabilities, ` +
        `so that no user, root neither, can listen below; the load balancer answers on 80 and 443 whatever it is. Stock images: ${STOCK_IMAGES}`;
    return [{ path: at("port"), found: String(port), allowed }];
}

export function healthTimings({ health }: { readonly health: HealthTimings }, _: unknown, at: At): readonly Finding[] {
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

function serviceName(service: ServiceSettings, { settings }: Context, at: At): readonly Finding[] {
    return nameFaults(service.name, settings, at());
}

/** What is wrong with a name that goes into those of roles, families and log groups. */
export function nameFaults(name: string, settings: Settings, path: readonly string[]): readonly Finding[] {
    const { length } = name;
    const room = serviceNameRoom(settings);
    if (!SERVICE_NAME.test(name)) return [{ path, found: `the name ${show(name)}`, allowed: nameForm(name) }];
    // Where none is left, it is the stack's name that is too long.
    if (length <= room || room < 1) return [];
    const allowed =
        room === SERVICE_NAME_LIMIT
            ? `at most ${room} characters, since a target group's name has at most 32`
            : `at most ${room} characters behind ${stackPrefix(settings)}-, since a role's name has at most 64; or a shorter stack or project`;
    return [{ path, found: `a name of ${length} characters`, allowed }];
}

/** Services and jobs are named beside the program's own components. */
const OWN_NAMES: readonly string[] = Object.values(OWN_NAME);

export function ownNames({ settings: { services, jobs } }: Context): readonly Finding[] {
    const named = { services, jobs };
    return Object.entries(named)
        .flatMap(([section, entries]) => entries.map(({ name }) => ({ section, name })))
        .filter(({ name }) => OWN_NAMES.includes(name))
        .map(({ section, name }) => ({
            path: [section, name],
            found: `the name ${name}`,
            allowed: `another name: ${OWN_NAMES.join(", ")} are the program's own`,
        }));
}

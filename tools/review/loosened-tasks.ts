import { isDeepStrictEqual } from "node:util";
import { Connection, targetOf } from "../../model/connections";
import { furtherConditions, furtherText, pathConditions } from "../../model/conditions";
import type { Route } from "../../model/routes";
import { DEFAULT_WRITABLE_PATHS } from "../../settings/container";
import type { ServiceSettings, Settings, TaskSettings } from "../../settings";
import { loosenedSidecars } from "./loosened-sidecars";
import { Loosened, changed, isOfAws, less, list, more, shown } from "./loosened-words";

const EXEC = "exec is on: commands can be run in its container, as root, and its root file system can be written to";

/** What a service may do that was not there before. */
export function ofNewService(service: ServiceSettings, settings: Settings): Loosened[] {
    return [...ofNewTask(service, settings), service.route !== undefined && "is reached through the load balancer"];
}

/** What a task may do that was not there before. */
export function ofNewTask(task: TaskSettings, { services, jobs }: Settings): Loosened[] {
    const { user, permissions, image, secrets, environmentFiles = [], plain = [] } = task;
    const known = [...services, ...jobs].flatMap(other => (other.image === undefined ? [] : [repositoryOf(other.image)]));
    const paths = task.writablePaths.filter(path => !DEFAULT_WRITABLE_PATHS.includes(path));
    return [
        task.exec === true && EXEC,
        isRoot(user) && "runs as root",
        permissions.length > 0 && `may ${permissionsText(pairsOf(task))}`,
        paths.length > 0 && `may write to ${list(paths)}`,
        environmentFiles.length > 0 && `gets variables of ${list(environmentFiles)}`,
        Object.keys(secrets).length > 0 && `gets secrets: ${Object.keys(secrets).join(", ")}`,
        plain.length > 0 && plainText(plain),
        ...connectionTexts([], task.outbound),
        image !== undefined &&
            !known.includes(repositoryOf(image)) &&
            `runs ${shown(image, isOfAws)}, of a repository that no service had`,
        ...loosenedSidecars({}, task.sidecars),
    ];
}

/** What a task may do more. */
export function ofTask(before: TaskSettings, after: TaskSettings): Loosened[] {
    const added = pairsOf(after).filter(pair => !pairsOf(before).includes(pair));
    const paths = after.writablePaths.filter(path => !before.writablePaths.includes(path));
    const plain = (after.plain ?? []).filter(name => !before.plain?.includes(name));
    const files = (after.environmentFiles ?? []).filter(file => !before.environmentFiles?.includes(file));
    const secrets = Object.entries(after.secrets).filter(([name, arn]) => before.secrets[name] !== arn);
    return [
        before.exec !== true && after.exec === true && EXEC,
        before.user !== after.user && (isRoot(after.user) ? "runs as root" : changed("user", before.user, after.user)),
        added.length > 0 && `may ${permissionsText(added)}`,
        paths.length > 0 && `may write to ${list(paths)}`,
        secrets.length > 0 && `gets another secret: ${secrets.map(([name]) => name).join(", ")}`,
        plain.length > 0 && plainText(plain),
        files.length > 0 && `gets variables of another file: ${list(files)}`,
        ...connectionTexts(before.outbound, after.outbound),
        before.image !== after.image && after.image !== undefined && imageText(before, after.image),
        ...loosenedSidecars(before.sidecars, after.sidecars),
        before.of !== after.of && `runs ${after.of === undefined ? "an image of its own" : `the image of ${after.of}`}`,
    ];
}

/** What a service may do more. */
export function ofService(before: ServiceSettings, after: ServiceSettings): Loosened[] {
    return [
        ...ofTask(before, after),
        before.route === undefined && after.route !== undefined && "is reached through the load balancer",
        before.route !== undefined && after.route !== undefined && wider(before.route, after.route),
        before.health.command !== undefined &&
            !isDeepStrictEqual(before.health.command, after.health.command) &&
            `health.command is ${after.health.command === undefined ? "gone" : "another one"}`,
        before.health.path !== after.health.path && changed("health.path", before.health.path, after.health.path),
        more("health.intervalSeconds", before.health.intervalSeconds, after.health.intervalSeconds),
        more("health.timeoutSeconds", before.health.timeoutSeconds, after.health.timeoutSeconds),
        more("health.gracePeriodSeconds", before.health.gracePeriodSeconds, after.health.gracePeriodSeconds),
        before.release !== undefined && after.release === undefined && "release is gone",
        less("minHealthyPercent", before.minHealthyPercent ?? 100, after.minHealthyPercent ?? 100),
        more("spotPercent", before.spotPercent, after.spotPercent),
        less("tasks that are never on Spot", before.spotBase ?? 0, after.spotBase ?? 0),
        less("drainSeconds", before.drainSeconds, after.drainSeconds),
        less("fewest tasks", fewest(before), fewest(after)),
    ];
}

/** A tag or digest of the same repository is told as what restarts the tasks. */
function imageText(before: TaskSettings, image: string): Loosened {
    if (before.image === undefined) return `is not built any more, and runs ${shown(image, isOfAws)}`;
    return repositoryOf(before.image) !== repositoryOf(image) && changed("image", before.image, image, isOfAws);
}

/** An image's name without its tag or digest. */
function repositoryOf(image: string): string {
    return image.replace(/(@sha256:.*|:[^:/]*)$/, "");
}

function plainText(names: readonly string[]): string {
    return `says that these are no secrets: ${names.join(", ")}`;
}

/** What tasks reach and did not, and whose groups the stack opens to them. */
function connectionTexts(before: readonly Connection[] = [], after: readonly Connection[] = []): Loosened[] {
    const added = (of: (one: Connection) => string | false) => {
        const known = before.map(of);
        return after.flatMap(one => (known.includes(of(one)) ? [] : of(one) || []));
    };
    const end = (one: Connection) => `${targetOf(one)} at port ${one.port}`;
    const reached = added(end);
    const opened = added(one => one.openIngress === true && end(one));
    return [
        reached.length > 0 && `reaches more: ${reached.join(", ")}`,
        opened.length > 0 && `is let into groups of others: ${opened.join(", ")}`,
    ];
}

/** What gets requests and did not: hosts and paths, of which none named are all, and what was asked for beside them. */
function wider(before: Route, after: Route): Loosened {
    const more = (old: readonly string[], next: readonly string[], all: string) =>
        next.length === 0 ? (old.length === 0 ? [] : [all]) : old.length === 0 ? [] : next.filter(one => !old.includes(one));
    const further = furtherConditions(before).flatMap(old => {
        const next = furtherConditions(after).find(
            ({ of, name }) => of === old.of && name.toLowerCase() === old.name.toLowerCase(),
        );
        const values = next?.values.filter(value => !old.values.includes(value));
        if (values?.length === 0) return [];
        return [values === undefined ? `whatever the ${`${old.of} ${old.name}`.trim()} is` : furtherText({ ...old, values })];
    });
    const added = [
        ...more(before.hosts, after.hosts, "every host"),
        ...more(pathConditions(before), pathConditions(after), "every path"),
        ...further,
    ];
    return added.length > 0 && `is reached at more: ${list(added)}`;
}

/** At any time. */
function fewest({ tasks }: ServiceSettings): number {
    return typeof tasks === "number" ? tasks : Math.min(tasks.min, ...(tasks.schedules ?? []).map(({ min }) => min));
}

/** By id or name, with a group or without; `00` is 0 too. */
function isRoot(user: string): boolean {
    return /^(root|0+)(:|$)/.test(user);
}

function pairsOf({ permissions }: TaskSettings): string[] {
    return permissions.flatMap(({ actions, resources }) =>
        actions.flatMap(action => resources.map(resource => `${action} on ${resource}`)),
    );
}

function permissionsText(pairs: readonly string[]): string {
    return `do more: ${list(pairs, isOfAws)}`;
}

/** Every key that differs: what the engine or the provider does with it, no setting tells. Their values may be secret. */

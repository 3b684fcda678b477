import type { StoppedTask } from "./rollout-state";
import { Sidecars, sidecarsByName } from "./sidecars";

/** What a service's settings say that advice quotes. */
export interface ServiceFacts {
    readonly name: string;
    /**
     * Where the stack file has it.
     *
     * @default services
     */
    readonly section?: string;
    readonly architecture: "arm64" | "x86_64";
    readonly memoryMiB: number;
    readonly user: string;
    readonly port?: number;
    readonly spotPercent: number;
    readonly health: { readonly path: string; readonly gracePeriodSeconds: number };
    /** Further containers of its tasks, by name. */
    readonly sidecars?: Sidecars;
    /**
     * The sidecar that these are facts of.
     *
     * @default the service's own container
     */
    readonly sidecar?: string;
}

/** The facts that advice on a sidecar quotes; the service's own where it has no such sidecar. */
export function factsOfContainer(service: ServiceFacts, name: string | undefined): ServiceFacts {
    const [, sidecar] = sidecarsByName(service.sidecars).find(([candidate]) => candidate === name) ?? [];
    if (sidecar === undefined) return service;
    const { user, port, memoryMiB = service.memoryMiB, health } = sidecar;
    const gracePeriodSeconds = health?.gracePeriodSeconds ?? service.health.gracePeriodSeconds;
    return { ...service, user, port, memoryMiB, health: { ...service.health, gracePeriodSeconds }, sidecar: name };
}

/** Where the stack file says it. */
export const key = ({ section = "services", name: service, sidecar }: ServiceFacts, name: string) =>
    `fargate:${section}.${service}.${sidecar === undefined || OF_TASK.includes(name) ? "" : `sidecars.${sidecar}.`}${name}`;
/** Keys that sidecars have no own of. */
const OF_TASK: readonly string[] = ["architecture", "spotPercent", "health.path"];

/** Codes of a process that was told to end: by SIGTERM, by SIGKILL. */
const TOLD_TO_END = [143, 137];

/**
 * The container that a task failed by: the one that ECS says something of, or an essential one that ended with a code of its own, since the others are
 * told to end then. Undefined where none did.
 */
export function failedContainer(
    { containers }: StoppedTask,
    { name: own, sidecars = {} }: Pick<ServiceFacts, "name" | "sidecars">,
): string | undefined {
    const ended = containers
        .filter(
            ({ exitCode = 0, name }) => exitCode !== 0 && !(Object.hasOwn(sidecars, name) && sidecars[name]?.essential === false),
        )
        .sort((a, b) => Number(b.name === own) - Number(a.name === own));
    const itself = ended.find(({ exitCode = 0 }) => !TOLD_TO_END.includes(exitCode));
    const said = containers.find(({ reason = "" }) => reason !== "");
    return (said ?? itself ?? ended[0])?.name;
}

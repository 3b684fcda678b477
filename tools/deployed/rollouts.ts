import { z } from "zod";
import { clientsFor } from "../../lookups/aws-clients";
import { rolloutWatch } from "../../lookups/rollout";
import { bakeSeconds } from "../../model/alarms";
import { logicalName, serviceName } from "../../model/names";
import type { DeclaredRollout } from "../../model/rollout-state";
import { waitFor } from "../../model/rollout-wait";
import { Watch, isFailed } from "../../model/verdict";
import { failureText, successText } from "../../model/verdict-text";
import type { ServiceSettings, Settings } from "../../settings";
import { UserError } from "../cli/user-error";
import { exportState } from "./engine";
import { resourcesOf, settingsIn } from "./images";
import type { Place } from "./stack";

/** A service of the stack's file, and what the last update declared for it; undefined where it never got so far. */
export interface DeployedService {
    readonly service: ServiceSettings;
    readonly rollout?: DeclaredRollout;
    /** Whether the last update got so far as to tell ECS of it: not where its release failed. */
    readonly isTold?: boolean;
}

const ofService = z.object({ cluster: z.string(), name: z.string() });
const ofDefinition = z.object({ arn: z.string() });

/** The services of a stack's file, as its state knows them. The task definition is the one that was made last, whatever ECS runs. */
export function rolloutsIn(state: unknown, settings: Settings): DeployedService[] {
    const resources = resourcesOf(state);
    const found = (type: string, name: string) => resources.find(one => one.type === type && one.urn.endsWith(`::${name}`));
    return settings.services.map(service => {
        const { name } = service;
        const made = ofService.safeParse(found("aws:ecs/service:Service", name)?.outputs);
        const definition = logicalName.taskDefinition(logicalName.task(name));
        const task = ofDefinition.safeParse(found("aws:ecs/taskDefinition:TaskDefinition", definition)?.outputs);
        if (!made.success || !task.success) return { service };
        const { cluster, name: ecsName } = made.data;
        const rollout = {
            ...{ service: name, cluster, serviceName: ecsName, taskDefinition: task.data.arn },
            ...{
                logGroup: serviceName(settings, name),
                wait: waitFor(service, bakeSeconds(settings.alarms?.services[name], settings.rollbackOnAlarms)),
            },
        };
        const isTold = found("aws:ecs/service:Service", name)?.inputs?.["taskDefinition"] === task.data.arn;
        return { service, rollout, isTold };
    });
}

/** The services of a stack, as its state knows them. */
export async function deployedRollouts(place: Place): Promise<DeployedService[]> {
    return rolloutsIn(await exportState(place), settingsIn(place));
}

/** What ECS says of services. */
export interface Judged {
    /** A readable block for each service that does not run what the last update declared. */
    readonly failures: readonly string[];
    /** Services without a desired task, as asleep by a schedule: nobody can say whether they work. */
    readonly unproven: readonly string[];
}

/** Asks ECS whether it runs what the last update declared, and waits where a rollout is under way. Tells of each service that does. */
export async function judged(
    stack: string,
    deployed: readonly DeployedService[],
    watch: Watch,
    tell: (line: string) => void,
): Promise<Judged> {
    const unproven: string[] = [];
    const blocks = await Promise.all(
        deployed.map(async ({ service, rollout }) => {
            if (rollout === undefined)
                return `${service.name}: ${stack} never got so far as to deploy it. Next: npm run up -- ${stack}`;
            const outcome = await watch(rollout, line => tell(`${service.name}: ${line}`)).catch((error: unknown) => {
                throw new UserError(error instanceof Error ? error.message : String(error));
            });
            if (isFailed(outcome)) return failureText(outcome, rollout, service, stack);
            if (outcome.verdict.kind === "unproven") unproven.push(service.name);
            tell(successText(outcome, rollout));
            return undefined;
        }),
    );
    return { failures: blocks.filter(block => block !== undefined), unproven };
}

/**
 * Refuses a stack that does not run what its last update declared.
 *
 * @param services those that matter; by default all of the stack's file
 * @param refusal what is not done therefore
 * @returns the services of which nobody can say whether they work
 * @throws UserError that tells why, service by service
 */
export async function requireRunning(
    place: Place,
    refusal: string,
    tell: (line: string) => void,
    services?: readonly string[],
): Promise<readonly string[]> {
    const deployed = chosen(place.stack, await deployedRollouts(place), services, refusal);
    const { failures, unproven } = await judged(place.stack, deployed, watchOf(place), tell);
    if (failures.length > 0) throw new UserError([refusal, ...failures].join("\n\n"));
    return unproven;
}

export function watchOf(place: Place): Watch {
    return rolloutWatch(() => clientsFor(settingsIn(place).aws));
}

/** Those of the services that matter; by default all. @throws UserError where the stack's file does not have one, so that nobody could ask about it */
export function chosen(
    stack: string,
    deployed: readonly DeployedService[],
    services: readonly string[] | undefined,
    refusal: string,
): readonly DeployedService[] {
    if (services === undefined) return deployed;
    const unknown = services.filter(name => !deployed.some(({ service }) => service.name === name));
    if (unknown.length > 0)
        throw new UserError(
            `${refusal}\n\nPulumi.${stack}.yaml has no service ${unknown.join(", ")}, though its last update had. Next: npm run up -- ${stack}, then again`,
        );
    return deployed.filter(({ service }) => services.includes(service.name));
}

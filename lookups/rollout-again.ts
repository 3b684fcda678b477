import { DeclaredRollout, revisionOf } from "../model/rollout-state";
import { presentVerdict } from "../model/verdict";
import type { Clients } from "./aws-clients";
import { obstacleOf } from "./aws-connection";
import { attemptedRevision, observe } from "./rollout-questions";

/**
 * Starts the declared rollout once more where ECS does not run it, or has not got so far; a rollout that is under way is superseded.
 *
 * A rollback takes back all that belongs to a revision of the service, so that network, capacity and target groups are sent again, too.
 *
 * @returns whether there was anything to start
 * @throws Error where ECS does not remember the attempt
 */
export async function startAgain(clients: Clients, declared: DeclaredRollout): Promise<boolean> {
    try {
        return await started(clients, declared);
    } catch (error) {
        const obstacle = obstacleOf(error, clients);
        if (obstacle === undefined) throw error;
        throw new Error(`ECS cannot be asked for ${declared.service}: ${String(error)}. Next: ${obstacle}`, { cause: error });
    }
}

async function started(clients: Clients, declared: DeclaredRollout): Promise<boolean> {
    const { kind } = presentVerdict(await observe(clients, declared, {}), declared);
    if (kind === "running" || kind === "unproven") return false;
    const { cluster, serviceName: service, taskDefinition } = declared;
    const attempted = await attemptedRevision(clients, declared);
    if (attempted === undefined)
        throw new Error(
            `ECS remembers no rollout of ${revisionOf(taskDefinition)} by ${service}, so that it cannot be started as it was. Next: the same update with --refresh, which sends all of it`,
        );
    // Not its platform version, which a revision tells by number where the service follows the latest.
    const { networkConfiguration, capacityProviderStrategy, loadBalancers } = attempted;
    const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
    await clients.ecs.send(
        new UpdateServiceCommand({
            ...{ cluster, service, taskDefinition, forceNewDeployment: true },
            ...{ networkConfiguration, capacityProviderStrategy, loadBalancers },
        }),
    );
    return true;
}

import type { DeclaredRollout } from "../model/rollout-state";
import { presentVerdict } from "../model/verdict";
import { Clients, obstacleOf } from "./aws-clients";
import { observe } from "./rollout-questions";

/**
 * Starts the declared rollout once more where ECS does not run it, or has not got so far; a rollout that is under way is superseded.
 *
 * @returns whether there was anything to start
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
    const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
    const { cluster, serviceName: service, taskDefinition } = declared;
    await clients.ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition, forceNewDeployment: true }));
    return true;
}

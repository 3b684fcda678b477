import type { DeclaredRollout } from "../model/rollout-state";
import { presentVerdict } from "../model/verdict";
import type { Clients } from "./aws-clients";
import { observe } from "./rollout-questions";

/**
 * Starts the declared rollout once more where ECS does not run it, or has not got so far; a rollout that is under way is superseded.
 *
 * @returns whether there was anything to start
 */
export async function startAgain(clients: Clients, declared: DeclaredRollout): Promise<boolean> {
    const { kind } = presentVerdict(await observe(clients, declared, {}), declared);
    if (kind === "running" || kind === "unproven") return false;
    const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
    const { cluster, serviceName: service, taskDefinition } = declared;
    await clients.ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition, forceNewDeployment: true }));
    return true;
}

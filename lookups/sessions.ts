import { stateResources } from "./state";

/** Whether ECS was told where ECS Exec logs its sessions, by the stack's state. */
export async function hadSessions(): Promise<boolean> {
    return (await stateResources()).some(({ type, outputs }) => {
        const { configuration } = outputs as { readonly configuration?: object | null };
        return type === "aws:ecs/cluster:Cluster" && (configuration ?? undefined) !== undefined;
    });
}

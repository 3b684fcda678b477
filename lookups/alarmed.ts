import { stateResources } from "./state";

/** Services whose rollouts ECS was told to hold against alarms, by the stack's state. */
export async function alarmedServices(): Promise<ReadonlySet<string>> {
    const alarmed = (await stateResources()).filter(({ type, outputs }) => {
        const { alarms } = outputs as { readonly alarms?: { readonly alarmNames?: readonly string[] } | null };
        return type === "aws:ecs/service:Service" && (alarms?.alarmNames ?? []).length > 0;
    });
    return new Set(alarmed.map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2)));
}

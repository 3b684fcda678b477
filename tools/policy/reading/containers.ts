import type { Resource } from "../../inventory/resource";
import { at, listOf, namedFieldsOf, parsed, show } from "../../inventory/inputs";

export interface Container {
    readonly name: string;
    /** As ECS defines it; `at` reads it. */
    readonly definition: unknown;
}

/** The containers of a task definition; none while its definitions are unknown. */
export function containers({ inputs }: Resource): readonly Container[] {
    return listOf(parsed(inputs["containerDefinitions"])).map(definition => ({ name: show(at(definition, "name")), definition }));
}

/** The containers that a task's component is asked for, its own first: known also while its image is being built. */
export function declaredContainers({ inputs }: Resource): readonly Container[] {
    const sidecars = Object.entries(namedFieldsOf(inputs["sidecars"]));
    return [{ name: show(inputs["name"]), definition: inputs }, ...sidecars.map(([name, definition]) => ({ name, definition }))];
}

import type { Resource } from "../../inventory/resource";
import { listOf, parsed, show, at } from "../../inventory/inputs";

export interface Container {
    readonly name: string;
    /** As ECS defines it; `at` reads it. */
    readonly definition: unknown;
}

/** The containers of a task definition; none while its definitions are unknown. */
export function containers({ inputs }: Resource): readonly Container[] {
    return listOf(parsed(inputs["containerDefinitions"])).map(definition => ({ name: show(at(definition, "name")), definition }));
}

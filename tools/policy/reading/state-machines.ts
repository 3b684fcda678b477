import type { Resource } from "../../inventory/resource";
import { at, fieldsOf, listOf, parsed, show } from "../../inventory/inputs";

/** What a state machine runs tasks with: the parameters of its states, also inside of maps and branches. None of another resource, and none while they are unknown. */
export function runsOfTasks({ inputs }: Resource): readonly unknown[] {
    return statesOf(parsed(inputs["definition"]))
        .filter(state => /:ecs:runTask/.test(show(at(state, "Resource"))))
        .map(state => at(state, "Parameters"));
}

function statesOf(definition: unknown): readonly unknown[] {
    return Object.values(fieldsOf(at(definition, "States"))).flatMap(state => [
        state,
        ...[at(state, "ItemProcessor"), ...listOf(at(state, "Branches"))].flatMap(statesOf),
    ]);
}

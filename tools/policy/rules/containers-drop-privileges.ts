import { containers } from "../reading/containers";
import { resourceRule } from "../rule";
import { TASK_DEFINITION } from "../../inventory/types";
import { UNKNOWN, at, listOf, show } from "../../inventory/inputs";

export const containersDropPrivileges = resourceRule({
    name: "containers-drop-privileges",
    title: "Containers are not privileged, and drop every Linux capability.",
    controls: ["ECS.4"],
    severity: "high",
    reason: "Capabilities are what turns a flaw in the application into a way around its limits.",
    fix: 'Set linuxParameters.capabilities to { add: [], drop: ["ALL"] } and privileged to nothing.',
    standing: { is: "met", where: "model/container.ts" },
    types: [TASK_DEFINITION],
    check: resource =>
        containers(resource).flatMap(({ name, definition }) => {
            const dropped = at(definition, "linuxParameters", "capabilities", "drop");
            const added = listOf(at(definition, "linuxParameters", "capabilities", "add"));
            return [
                ...(at(definition, "privileged") === true ? [`container ${name} is privileged`] : []),
                ...(dropped === UNKNOWN || listOf(dropped).includes("ALL") ? [] : [`container ${name} keeps capabilities`]),
                ...(added.length === 0 ? [] : [`container ${name} adds ${added.map(show).join(", ")}`]),
            ];
        }),
});

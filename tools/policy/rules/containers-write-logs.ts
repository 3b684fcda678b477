import { containers } from "../reading/containers";
import { resourceRule } from "../rule";
import { TASK_DEFINITION } from "../../inventory/types";
import { at, isAbsent } from "../../inventory/inputs";

export const containersWriteLogs = resourceRule({
    name: "containers-write-logs",
    title: "Containers have a log driver.",
    controls: ["ECS.9"],
    severity: "high",
    reason: "What a stopped task had to say is lost.",
    fix: "Give the container a logConfiguration.",
    standing: { is: "met", where: "model/container.ts" },
    types: [TASK_DEFINITION],
    check: resource =>
        containers(resource)
            .filter(({ definition }) => isAbsent(at(definition, "logConfiguration", "logDriver")))
            .map(({ name }) => `container ${name} has no log driver`),
});

import { containers } from "../reading/containers";
import { resourceRule } from "../rule";
import { TASK_DEFINITION } from "../../inventory/types";
import { at } from "../../inventory/inputs";

export const containersHaveReadOnlyRoot = resourceRule({
    name: "containers-have-read-only-root",
    title: "The root file system of containers is read-only.",
    controls: ["ECS.5"],
    severity: "high",
    reason: "Whoever gets into a container could change the program that it runs.",
    fix: "Set readonlyRootFilesystem to true, and name what the application writes to under writablePaths.",
    standing: { is: "met", where: "model/container.ts" },
    types: [TASK_DEFINITION],
    check: resource =>
        containers(resource)
            .filter(({ definition }) => at(definition, "readonlyRootFilesystem") !== true)
            .map(({ name }) => `container ${name} may write to its root file system`),
});

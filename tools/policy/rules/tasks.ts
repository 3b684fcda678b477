import { resourceRule } from "../rule";
import { TASK_DEFINITION } from "../../inventory/types";
import { at, isAbsent } from "../../inventory/inputs";

export const tasksNameTheirOperatingSystem = resourceRule({
    name: "tasks-name-their-operating-system",
    title: "Task definitions name their operating system.",
    controls: ["ECS.21"],
    severity: "medium",
    reason: "Without it Security Hub judges the containers by the rules for Windows, where user 65532 means nothing.",
    fix: 'Set runtimePlatform.operatingSystemFamily to "LINUX".',
    standing: { is: "met", where: "components/task.ts" },
    types: [TASK_DEFINITION],
    check: ({ inputs }) =>
        isAbsent(at(inputs, "runtimePlatform", "operatingSystemFamily"))
            ? "runtimePlatform names no operatingSystemFamily"
            : undefined,
});

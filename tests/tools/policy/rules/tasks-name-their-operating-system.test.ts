import { tasksNameTheirOperatingSystem } from "../../../../tools/policy/rules/tasks";
import { TASK_DEFINITION } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(tasksNameTheirOperatingSystem, {
    meets: { Linux: [resource(TASK_DEFINITION, { runtimePlatform: { operatingSystemFamily: "LINUX" } })] },
    breaks: {
        "the default": [
            [resource(TASK_DEFINITION, { runtimePlatform: { cpuArchitecture: "ARM64" } })],
            /names no operatingSystemFamily/,
        ],
    },
    unknown: [resource(TASK_DEFINITION, { runtimePlatform: UNKNOWN })],
    broken: { by: having(TASK_DEFINITION, "web-task-definition", { runtimePlatform: undefined }) },
});

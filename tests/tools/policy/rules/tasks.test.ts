import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { SERVICE, TASK_DEFINITION } from "../../../../tools/inventory/types/ecs";
import { prove } from "../../../support/prove";
import { altered, having, resource } from "../../../support/resources";

prove("tasks-have-no-public-address", {
    meets: {
        none: [resource(SERVICE, { networkConfiguration: { assignPublicIp: false } })],
        "the default": [resource(SERVICE, { networkConfiguration: {} })],
    },
    breaks: { one: [[resource(SERVICE, { networkConfiguration: { assignPublicIp: true } })], /assignPublicIp is true/] },
    unknown: [resource(SERVICE, { networkConfiguration: UNKNOWN })],
    broken: {
        by: altered(SERVICE, "web", inputs => ({
            ...inputs,
            networkConfiguration: { ...(inputs["networkConfiguration"] as object), assignPublicIp: true },
        })),
    },
});

prove("tasks-have-their-own-network", {
    meets: { awsvpc: [resource(TASK_DEFINITION, { networkMode: "awsvpc" })] },
    breaks: {
        "the host's network": [[resource(TASK_DEFINITION, { networkMode: "host" })], /networkMode is host/],
        "the default, which is bridge": [[resource(TASK_DEFINITION)], /networkMode is nothing/],
    },
    unknown: [resource(TASK_DEFINITION, { networkMode: UNKNOWN })],
    broken: { by: having(TASK_DEFINITION, "web-task-definition", { networkMode: undefined }) },
});

prove("tasks-name-their-operating-system", {
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

prove("tasks-share-no-host-namespace", {
    meets: { "a process namespace of the task": [resource(TASK_DEFINITION, { pidMode: "task" })] },
    breaks: {
        "the host's processes": [[resource(TASK_DEFINITION, { pidMode: "host" })], /pidMode is host/],
        "the host's shared memory": [[resource(TASK_DEFINITION, { ipcMode: "host" })], /ipcMode is host/],
    },
    unknown: [resource(TASK_DEFINITION, { pidMode: UNKNOWN, ipcMode: UNKNOWN })],
    broken: { by: having(TASK_DEFINITION, "web-task-definition", { pidMode: "host" }) },
});

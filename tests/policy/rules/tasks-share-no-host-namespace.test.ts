import { tasksShareNoHostNamespace } from "../../../policy/rules/tasks-share-no-host-namespace";
import { TASK_DEFINITION } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(tasksShareNoHostNamespace, {
    meets: { "a process namespace of the task": [resource(TASK_DEFINITION, { pidMode: "task" })] },
    breaks: {
        "the host's processes": [[resource(TASK_DEFINITION, { pidMode: "host" })], /pidMode is host/],
        "the host's shared memory": [[resource(TASK_DEFINITION, { ipcMode: "host" })], /ipcMode is host/],
    },
    unknown: [resource(TASK_DEFINITION, { pidMode: UNKNOWN, ipcMode: UNKNOWN })],
    broken: { by: having(TASK_DEFINITION, "web-task-definition", { pidMode: "host" }) },
});

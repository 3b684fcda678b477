import { tasksShareNoHostNamespace } from "../../../../tools/policy/rules/tasks-share-no-host-namespace";
import { TASK_DEFINITION } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(tasksShareNoHostNamespace, {
    meets: { "a process namespace of the task": [resource(TASK_DEFINITION, { pidMode: "task" })] },
    breaks: {
        "the host's processes": [[resource(TASK_DEFINITION, { pidMode: "host" })], /pidMode is host/],
        "the host's shared memory": [[resource(TASK_DEFINITION, { ipcMode: "host" })], /ipcMode is host/],
    },
    unknown: [resource(TASK_DEFINITION, { pidMode: UNKNOWN, ipcMode: UNKNOWN })],
    broken: { by: having(TASK_DEFINITION, "web-task-definition", { pidMode: "host" }) },
});

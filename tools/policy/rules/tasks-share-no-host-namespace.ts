import { resourceRule } from "../rule";
import { TASK_DEFINITION } from "../../inventory/types";

export const tasksShareNoHostNamespace = resourceRule({
    name: "tasks-share-no-host-namespace",
    title: "Tasks share neither processes nor memory with their host.",
    controls: ["ECS.3"],
    severity: "high",
    reason: "A container in the host's namespace sees, and may stop, what runs beside it.",
    fix: "Remove pidMode and ipcMode.",
    standing: { is: "met", where: "components/task.ts" },
    types: [TASK_DEFINITION],
    check: ({ inputs }) => ["pidMode", "ipcMode"].filter(mode => inputs[mode] === "host").map(mode => `${mode} is host`),
});

import { resourceRule } from "../rule";
import { TASK_DEFINITION } from "../../inventory/types";
import { mayBe, show } from "../../inventory/inputs";

export const tasksHaveTheirOwnNetwork = resourceRule({
    name: "tasks-have-their-own-network",
    title: "Tasks have a network interface, and so security groups, of their own.",
    controls: ["ECS.17"],
    severity: "medium",
    reason: "In any other mode a task shares the network of its host, and no group tells its traffic apart.",
    fix: 'Set networkMode to "awsvpc".',
    standing: { is: "met", where: "components/task.ts" },
    types: [TASK_DEFINITION],
    check: ({ inputs: { networkMode } }) => (mayBe(networkMode, "awsvpc") ? undefined : `networkMode is ${show(networkMode)}`),
});

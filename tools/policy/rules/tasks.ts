import { at, isAbsent, mayBe, show } from "../../inventory/inputs";
import { SERVICE, TASK_DEFINITION } from "../../inventory/types/ecs";
import { STATE_MACHINE } from "../../inventory/types/sfn";
import { runsOfTasks } from "../reading/state-machines";
import { Rule, resourceRule } from "../rule";

const tasksHaveNoPublicAddress = resourceRule({
    name: "tasks-have-no-public-address",
    title: "Tasks have no public address.",
    controls: ["ECS.2"],
    severity: "high",
    reason: "A task with one is a group rule away from the internet, past load balancer and firewall.",
    fix: "Set networkConfiguration.assignPublicIp to false; fargate:network.egress gives tasks a way out.",
    standing: { is: "met", where: "components/service.ts" },
    types: [SERVICE, STATE_MACHINE],
    check: resource =>
        at(resource.inputs, "networkConfiguration", "assignPublicIp") === true ||
        runsOfTasks(resource).some(run => at(run, "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp") === "ENABLED")
            ? "assignPublicIp is true"
            : undefined,
});

const tasksHaveTheirOwnNetwork = resourceRule({
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

const tasksNameTheirOperatingSystem = resourceRule({
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

const tasksShareNoHostNamespace = resourceRule({
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

export const taskRules: readonly Rule[] = [
    tasksHaveNoPublicAddress,
    tasksHaveTheirOwnNetwork,
    tasksNameTheirOperatingSystem,
    tasksShareNoHostNamespace,
];

import { resourceRule } from "../rule";
import { SERVICE } from "../../inventory/types";
import { at } from "../../inventory/inputs";

export const tasksHaveNoPublicAddress = resourceRule({
    name: "tasks-have-no-public-address",
    title: "Tasks have no public address.",
    controls: ["ECS.2"],
    severity: "high",
    reason: "A task with one is a group rule away from the internet, past load balancer and firewall.",
    fix: "Set networkConfiguration.assignPublicIp to false; fargate:network.egress gives tasks a way out.",
    standing: { is: "met", where: "components/service.ts" },
    types: [SERVICE],
    check: ({ inputs }) => (at(inputs, "networkConfiguration", "assignPublicIp") === true ? "assignPublicIp is true" : undefined),
});

import { fieldsOf, joined, textOf } from "../inputs";
import { NOTHING, NO_OUTPUTS, PRICED, Rows, forNow, says } from "./row";

export const CLUSTER = "aws:ecs/cluster:Cluster";
export const CLUSTER_CAPACITY_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
export const SERVICE = "aws:ecs/service:Service";
export const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";

export const ROWS: Rows = {
    [CLUSTER]: {
        facts: inputs => [textOf(inputs["name"])],
        loss: forNow(says("the cluster's metrics under this name")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [CLUSTER_CAPACITY_PROVIDERS]: {
        facts: inputs => [joined(inputs["capacityProviders"])],
        loss: forNow(NOTHING),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [SERVICE]: {
        facts: inputs => [
            `${textOf(inputs["desiredCount"])} task${inputs["desiredCount"] === 1 ? "" : "s"} at first`,
            (inputs["capacityProviderStrategies"] as Readonly<Record<string, unknown>>[])
                .map(({ capacityProvider, weight }) => `${textOf(capacityProvider)} ${textOf(weight)}`)
                .join(" : "),
            fieldsOf(inputs["deploymentCircuitBreaker"])["rollback"] === true && "rolls back",
            inputs["enableExecuteCommand"] === true && "ECS Exec: commands as root, root file system writable",
        ],
        loss: forNow(says("its tasks")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [TASK_DEFINITION]: {
        facts: inputs => [textOf(inputs["family"]), `${textOf(inputs["cpu"])} CPU units, ${textOf(inputs["memory"])} MiB`],
        loss: forNow(says("nothing: old revisions stay readable")),
        cost: { free: "tasks are the service's or the job's" },
        outputs: NO_OUTPUTS,
    },
};

import { fieldsOf, joined, textOf } from "../inputs";
import { NOTHING, NO_OUTPUTS, PRICED, Rows, forNow, says } from "./row";

export const SCALING_POLICY = "aws:appautoscaling/policy:Policy";
export const SCALING_TARGET = "aws:appautoscaling/target:Target";
export const CLUSTER = "aws:ecs/cluster:Cluster";
export const CLUSTER_CAPACITY_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
export const SERVICE = "aws:ecs/service:Service";
export const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";

export const ROWS: Rows = {
    [SCALING_POLICY]: {
        facts: inputs => {
            const target = fieldsOf(inputs["targetTrackingScalingPolicyConfiguration"]);
            return [
                `${textOf(fieldsOf(target["predefinedMetricSpecification"])["predefinedMetricType"])} at ${textOf(target["targetValue"])}`,
            ];
        },
        loss: forNow(says("a reason to add or remove tasks")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [SCALING_TARGET]: {
        facts: inputs => [`${textOf(inputs["minCapacity"])} to ${textOf(inputs["maxCapacity"])} tasks`],
        loss: forNow(says("scaling: the number of tasks stays where it is")),
        cost: { free: "its alarms are the policies'" },
        outputs: NO_OUTPUTS,
    },
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
        ],
        loss: forNow(says("its tasks")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
    [TASK_DEFINITION]: {
        facts: inputs => [textOf(inputs["family"]), `${textOf(inputs["cpu"])} CPU units, ${textOf(inputs["memory"])} MiB`],
        loss: forNow(says("nothing: old revisions stay readable")),
        cost: { free: "tasks are the service's" },
        outputs: NO_OUTPUTS,
    },
};

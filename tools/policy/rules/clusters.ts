import { UNKNOWN, at, listOf, mayBe } from "../../inventory/inputs";
import { CLUSTER } from "../../inventory/types/ecs";
import { Rule, resourceRule } from "../rule";

const clustersHaveContainerInsights = resourceRule({
    name: "clusters-have-container-insights",
    title: "Clusters have Container Insights.",
    controls: ["ECS.12"],
    severity: "medium",
    reason: "Without task-level metrics, memory that runs out shows as restarts and nothing else.",
    fix: "Set fargate:containerInsights to enabled or enhanced.",
    standing: { is: "met", where: "components/cluster.ts" },
    profile: "production",
    types: [CLUSTER],
    check: ({ inputs: { settings } }) => {
        if (settings === UNKNOWN || listOf(settings).includes(UNKNOWN)) return undefined;
        const insights = listOf(settings).find(setting => at(setting, "name") === "containerInsights");
        return mayBe(at(insights, "value"), "enabled", "enhanced") ? undefined : "Container Insights are off";
    },
});

export const clusterRules: readonly Rule[] = [clustersHaveContainerInsights];

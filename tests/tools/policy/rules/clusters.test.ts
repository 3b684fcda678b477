import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { CLUSTER } from "../../../../tools/inventory/types/ecs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove("clusters-have-container-insights", {
    meets: {
        enabled: [resource(CLUSTER, { settings: [{ name: "containerInsights", value: "enabled" }] })],
        enhanced: [resource(CLUSTER, { settings: [{ name: "containerInsights", value: "enhanced" }] })],
    },
    breaks: {
        disabled: [
            [resource(CLUSTER, { settings: [{ name: "containerInsights", value: "disabled" }] })],
            /Container Insights are off/,
        ],
        "the account's default": [[resource(CLUSTER)], /Container Insights are off/],
    },
    unknown: [resource(CLUSTER, { settings: UNKNOWN }), resource(CLUSTER, { settings: [UNKNOWN] })],
    broken: { by: having(CLUSTER, "cluster-cluster", { settings: undefined }) },
});

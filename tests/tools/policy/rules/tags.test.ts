import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { CLUSTER } from "../../../../tools/inventory/types/ecs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

const TAGS = { project: "fargate", stack: "dev", "managed-by": "pulumi" };

prove("resources-carry-tags", {
    meets: {
        "tags of the provider": [resource(CLUSTER, {}, { defaultTags: JSON.stringify({ tags: TAGS }) })],
        "tags of its own": [resource(CLUSTER, { tags: TAGS })],
        "some of each": [
            resource(
                CLUSTER,
                { tags: { project: "fargate" } },
                { defaultTags: { tags: { stack: "dev", "managed-by": "pulumi" } } },
            ),
        ],
        "what has no tags": [resource("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders")],
    },
    breaks: {
        none: [[resource(CLUSTER)], /no project, stack, managed-by/],
        "one that is missing": [[resource(CLUSTER, { tags: { ...TAGS, stack: undefined } })], /no stack among/],
    },
    unknown: [resource(CLUSTER, { tags: UNKNOWN }), resource(CLUSTER, {}, { defaultTags: UNKNOWN })],
    broken: { by: resources => resources.map(each => (each.type === CLUSTER ? { ...each, defaultTags: undefined } : each)) },
});

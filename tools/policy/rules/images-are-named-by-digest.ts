import { containers } from "../reading/containers";
import { resourceRule } from "../rule";
import { TASK_DEFINITION } from "../../inventory/types";
import { UNKNOWN, at, show } from "../../inventory/inputs";

export const imagesAreNamedByDigest = resourceRule({
    name: "images-are-named-by-digest",
    title: "Containers name their image by digest.",
    controls: [],
    severity: "medium",
    reason: "A tag may mean another image tomorrow: a scaled-out task would run what no deployment brought.",
    fix: "Use <repository>@sha256:… as the components/image.ts of this program resolves it.",
    standing: { is: "met", where: "components/image.ts" },
    types: [TASK_DEFINITION],
    check: resource =>
        containers(resource).flatMap(({ name, definition }) => {
            const image = at(definition, "image");
            return image === UNKNOWN || show(image).includes("@sha256:")
                ? []
                : [`container ${name} runs ${show(image)}, which is no digest`];
        }),
});

import { resourceRule } from "../rule";
import { REPOSITORY } from "../../inventory/types";
import { mayBe, show } from "../../inventory/inputs";

export const repositoriesHaveFixedTags = resourceRule({
    name: "repositories-have-fixed-tags",
    title: "Image tags cannot be moved.",
    controls: ["ECR.2"],
    severity: "medium",
    reason: "Whoever may push could put another image under a tag that is trusted.",
    fix: 'Set imageTagMutability to "IMMUTABLE".',
    standing: { is: "met", where: "components/registry.ts" },
    types: [REPOSITORY],
    check: ({ inputs: { imageTagMutability } }) =>
        mayBe(imageTagMutability, "IMMUTABLE") ? undefined : `imageTagMutability is ${show(imageTagMutability ?? "MUTABLE")}`,
});

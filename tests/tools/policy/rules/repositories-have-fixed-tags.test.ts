import { repositoriesHaveFixedTags } from "../../../../tools/policy/rules/repositories-have-fixed-tags";
import { REPOSITORY } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(repositoriesHaveFixedTags, {
    meets: { "fixed tags": [resource(REPOSITORY, { imageTagMutability: "IMMUTABLE" })] },
    breaks: {
        "the default": [[resource(REPOSITORY)], /imageTagMutability is MUTABLE/],
        "tags that are fixed but for some": [
            [resource(REPOSITORY, { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" })],
            /imageTagMutability is IMMUTABLE_WITH_EXCLUSION/,
        ],
    },
    unknown: [resource(REPOSITORY, { imageTagMutability: UNKNOWN })],
    broken: { by: having(REPOSITORY, "web-registry-repository", { imageTagMutability: undefined }) },
});

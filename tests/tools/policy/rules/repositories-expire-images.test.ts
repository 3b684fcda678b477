import { repositoriesExpireImages } from "../../../../tools/policy/rules/repositories-expire-images";
import { REPOSITORY, REPOSITORY_LIFECYCLE } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource, without } from "../../../support/resources";

prove(repositoriesExpireImages, {
    meets: { "a lifecycle policy": [resource(REPOSITORY), resource(REPOSITORY_LIFECYCLE, { repository: "Repository" })] },
    breaks: { none: [[resource(REPOSITORY)], /it has no lifecycle policy/] },
    unknown: [
        resource(REPOSITORY),
        resource(
            REPOSITORY_LIFECYCLE,
            { repository: UNKNOWN },
            { propertyDependencies: { repository: [resource(REPOSITORY).urn] } },
        ),
    ],
    broken: { by: without(REPOSITORY_LIFECYCLE, "web-registry-lifecycle") },
});

import { repositoriesExpireImages } from "../../../policy/rules/repositories-expire-images";
import { REPOSITORY, REPOSITORY_LIFECYCLE } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { resource, without } from "../resources";

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

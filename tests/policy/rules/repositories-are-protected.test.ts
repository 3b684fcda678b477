import { repositoriesAreProtected } from "../../../policy/rules/repositories-are-protected";
import { REPOSITORY } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(repositoriesAreProtected, {
    meets: { "the default": [resource(REPOSITORY)] },
    breaks: { "deletion with everything in it": [[resource(REPOSITORY, { forceDelete: true })], /forceDelete is true/] },
    unknown: [resource(REPOSITORY, { forceDelete: UNKNOWN })],
    broken: { by: having(REPOSITORY, "web-registry-repository", { forceDelete: true }) },
});

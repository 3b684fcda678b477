import { repositoriesAreProtected } from "../../../../tools/policy/rules/repositories-are-protected";
import { REPOSITORY } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(repositoriesAreProtected, {
    meets: { "the default": [resource(REPOSITORY)] },
    breaks: { "deletion with everything in it": [[resource(REPOSITORY, { forceDelete: true })], /forceDelete is true/] },
    unknown: [resource(REPOSITORY, { forceDelete: UNKNOWN })],
    broken: { by: having(REPOSITORY, "web-registry-repository", { forceDelete: true }) },
});

import { containersHaveReadOnlyRoot } from "../../../../tools/policy/rules/containers-have-read-only-root";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { havingContainer, task } from "../../../support/resources";

prove(containersHaveReadOnlyRoot, {
    meets: { "a read-only root": [task({ readonlyRootFilesystem: true })] },
    breaks: { "the default": [[task({})], /container web may write/] },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ readonlyRootFilesystem: undefined }) },
});

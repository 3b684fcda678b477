import { containersHaveReadOnlyRoot } from "../../../policy/rules/containers-have-read-only-root";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { havingContainer, task } from "../resources";

prove(containersHaveReadOnlyRoot, {
    meets: { "a read-only root": [task({ readonlyRootFilesystem: true })] },
    breaks: { "the default": [[task({})], /container web may write/] },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ readonlyRootFilesystem: undefined }) },
});

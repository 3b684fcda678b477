import { tasksHaveTheirOwnNetwork } from "../../../../tools/policy/rules/tasks-have-their-own-network";
import { TASK_DEFINITION } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(tasksHaveTheirOwnNetwork, {
    meets: { awsvpc: [resource(TASK_DEFINITION, { networkMode: "awsvpc" })] },
    breaks: {
        "the host's network": [[resource(TASK_DEFINITION, { networkMode: "host" })], /networkMode is host/],
        "the default, which is bridge": [[resource(TASK_DEFINITION)], /networkMode is nothing/],
    },
    unknown: [resource(TASK_DEFINITION, { networkMode: UNKNOWN })],
    broken: { by: having(TASK_DEFINITION, "web-task-definition", { networkMode: undefined }) },
});

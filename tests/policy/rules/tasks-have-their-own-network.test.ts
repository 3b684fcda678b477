import { tasksHaveTheirOwnNetwork } from "../../../policy/rules/tasks-have-their-own-network";
import { TASK_DEFINITION } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(tasksHaveTheirOwnNetwork, {
    meets: { awsvpc: [resource(TASK_DEFINITION, { networkMode: "awsvpc" })] },
    breaks: {
        "the host's network": [[resource(TASK_DEFINITION, { networkMode: "host" })], /networkMode is host/],
        "the default, which is bridge": [[resource(TASK_DEFINITION)], /networkMode is nothing/],
    },
    unknown: [resource(TASK_DEFINITION, { networkMode: UNKNOWN })],
    broken: { by: having(TASK_DEFINITION, "web-task-definition", { networkMode: undefined }) },
});

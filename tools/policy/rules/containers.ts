import { containers } from "../reading/containers";
import { stackRule } from "../rule";
import { LOG_GROUP, TASK_DEFINITION } from "../../inventory/types";
import { UNKNOWN, at, show } from "../../inventory/inputs";

export const containersLogToAKeptGroup = stackRule({
    name: "containers-log-to-a-kept-group",
    title: "Containers log to a group of this stack, which says how long logs are kept.",
    controls: [],
    severity: "medium",
    reason: "A group that a task or somebody else makes keeps everything for ever, unencrypted by any choice of yours, and is left behind.",
    fix: "Make the log group in the same stack and name it in awslogs-group, without awslogs-create-group.",
    standing: { is: "met", where: "components/task.ts" },
    types: [TASK_DEFINITION],
    find: stack => {
        const names = new Set(stack.ofType(LOG_GROUP).map(({ inputs }) => inputs["name"]));
        return stack.ofType(TASK_DEFINITION).flatMap(resource =>
            containers(resource).flatMap(({ name, definition }) => {
                const driver = at(definition, "logConfiguration", "logDriver");
                const options = at(definition, "logConfiguration", "options");
                const group = at(options, "awslogs-group");
                if (driver !== "awslogs" || group === UNKNOWN) return [];
                if (at(options, "awslogs-create-group") === "true")
                    return [{ resource, what: `container ${name} makes its log group itself` }];
                if (names.has(group) || names.has(UNKNOWN)) return [];
                return [{ resource, what: `container ${name} logs to ${show(group)}, which this stack does not make` }];
            }),
        );
    },
});

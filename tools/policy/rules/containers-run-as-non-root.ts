import { containers } from "../reading/containers";
import { resourceRule } from "../rule";
import { TASK_COMPONENT, TASK_DEFINITION } from "../../inventory/types";
import { UNKNOWN, at, isAbsent, show } from "../../inventory/inputs";

const ROOT = /^(root|0+)(:|$)/;

export const containersRunAsNonRoot = resourceRule({
    name: "containers-run-as-non-root",
    title: "Containers run as a user other than root.",
    controls: ["ECS.20"],
    severity: "medium",
    reason: "Root inside a container is root to every flaw of the kernel, of mounts and of the runtime.",
    fix: 'Set user, such as "65532", in the service\'s settings.',
    standing: { is: "met", where: "model/container.ts" },
    // The component's arguments are plain where the definition is not known before its image is built.
    types: [TASK_DEFINITION, TASK_COMPONENT],
    check: resource => {
        const component = { name: show(resource.inputs["name"]), definition: resource.inputs };
        const running = resource.type === TASK_COMPONENT ? [component] : containers(resource);
        return running.flatMap(({ name, definition }) => {
            const user = at(definition, "user");
            if (user === UNKNOWN) return [];
            if (isAbsent(user)) return [`container ${name} leaves its user to the image`];
            return ROOT.test(show(user)) ? [`container ${name} runs as root (user ${show(user)})`] : [];
        });
    },
});

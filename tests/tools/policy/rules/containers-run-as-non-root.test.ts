import { containersRunAsNonRoot } from "../../../../tools/policy/rules/containers-run-as-non-root";
import { TASK_COMPONENT } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { havingContainer, resource, task } from "../../../support/resources";

prove(containersRunAsNonRoot, {
    meets: {
        "a user by number": [task({ user: "65532" })],
        "a user by name and group": [task({ user: "app:app" })],
        "a user in the component's arguments": [resource(TASK_COMPONENT, { name: "web", user: "65532" })],
    },
    breaks: {
        "root by name": [[task({ user: "root" })], /container web runs as root \(user root\)/],
        "root by number": [[task({ user: "0:0" })], /runs as root/],
        "the image's user": [[task({})], /container web leaves its user to the image/],
        "root in the component's arguments": [
            [resource(TASK_COMPONENT, { name: "web", user: "0" })],
            /container web runs as root/,
        ],
    },
    unknown: [task({}, { containerDefinitions: UNKNOWN }), resource(TASK_COMPONENT, { name: "web", user: UNKNOWN })],
    broken: { by: havingContainer({ user: undefined }) },
});

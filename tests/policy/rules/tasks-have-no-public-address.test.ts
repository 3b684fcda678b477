import { tasksHaveNoPublicAddress } from "../../../policy/rules/tasks-have-no-public-address";
import { SERVICE } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { altered, resource } from "../resources";

prove(tasksHaveNoPublicAddress, {
    meets: {
        none: [resource(SERVICE, { networkConfiguration: { assignPublicIp: false } })],
        "the default": [resource(SERVICE, { networkConfiguration: {} })],
    },
    breaks: { one: [[resource(SERVICE, { networkConfiguration: { assignPublicIp: true } })], /assignPublicIp is true/] },
    unknown: [resource(SERVICE, { networkConfiguration: UNKNOWN })],
    broken: {
        by: altered(SERVICE, "web", inputs => ({
            ...inputs,
            networkConfiguration: { ...(inputs["networkConfiguration"] as object), assignPublicIp: true },
        })),
    },
});

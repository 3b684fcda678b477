import { tasksHaveNoPublicAddress } from "../../../../tools/policy/rules/tasks-have-no-public-address";
import { SERVICE } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { altered, resource } from "../../../support/resources";

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

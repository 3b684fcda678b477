import { targetGroupsAreEncrypted } from "../../../../tools/policy/rules/target-groups-are-encrypted";
import { TARGET_GROUP } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove(targetGroupsAreEncrypted, {
    meets: { HTTPS: [resource(TARGET_GROUP, { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } })] },
    breaks: {
        "HTTP for health checks": [
            [resource(TARGET_GROUP, { protocol: "HTTPS", healthCheck: { protocol: "HTTP" } })],
            /its health check speaks HTTP/,
        ],
        "HTTP for requests": [
            [resource(TARGET_GROUP, { protocol: "HTTP", healthCheck: { protocol: "HTTPS" } })],
            /its protocol is HTTP/,
        ],
    },
    unknown: [resource(TARGET_GROUP, { protocol: UNKNOWN, healthCheck: UNKNOWN })],
});

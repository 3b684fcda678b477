import { topicsAreEncrypted } from "../../../policy/rules/topics-are-encrypted";
import { TOPIC } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { resource } from "../resources";

prove(topicsAreEncrypted, {
    meets: { "a key": [resource(TOPIC, { kmsMasterKeyId: "alias/mine" })] },
    breaks: { none: [[resource(TOPIC)], /it is not encrypted/] },
    unknown: [resource(TOPIC, { kmsMasterKeyId: UNKNOWN })],
});

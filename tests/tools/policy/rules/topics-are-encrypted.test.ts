import { topicsAreEncrypted } from "../../../../tools/policy/rules/topics-are-encrypted";
import { TOPIC } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove(topicsAreEncrypted, {
    meets: { "a key": [resource(TOPIC, { kmsMasterKeyId: "alias/mine" })] },
    breaks: { none: [[resource(TOPIC)], /it is not encrypted/] },
    unknown: [resource(TOPIC, { kmsMasterKeyId: UNKNOWN })],
});

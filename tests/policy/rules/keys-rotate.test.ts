import { keysRotate } from "../../../policy/rules/keys-rotate";
import { KMS_KEY } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { resource } from "../resources";

prove(keysRotate, {
    meets: {
        "a key that rotates": [resource(KMS_KEY, { enableKeyRotation: true })],
        "a key for signatures, which cannot": [resource(KMS_KEY, { keyUsage: "SIGN_VERIFY" })],
    },
    breaks: { "the default": [[resource(KMS_KEY)], /it does not rotate/] },
    unknown: [resource(KMS_KEY, { enableKeyRotation: UNKNOWN })],
});

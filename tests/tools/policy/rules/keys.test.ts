import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { KMS_KEY } from "../../../../tools/inventory/types/kms";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove("keys-rotate", {
    meets: {
        "a key that rotates": [resource(KMS_KEY, { enableKeyRotation: true })],
        "a key for signatures, which cannot": [resource(KMS_KEY, { keyUsage: "SIGN_VERIFY" })],
    },
    breaks: { "the default": [[resource(KMS_KEY)], /it does not rotate/] },
    unknown: [resource(KMS_KEY, { enableKeyRotation: UNKNOWN })],
    broken: { by: having(KMS_KEY, "stack-key", { enableKeyRotation: undefined }) },
});

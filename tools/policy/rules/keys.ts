import { mayBe } from "../../inventory/inputs";
import { KMS_KEY } from "../../inventory/types/kms";
import { Rule, resourceRule } from "../rule";

const keysRotate = resourceRule({
    name: "keys-rotate",
    title: "Customer keys rotate every year.",
    controls: ["KMS.4"],
    severity: "medium",
    reason: "A key that got out would open everything that was ever encrypted under it.",
    fix: "Set enableKeyRotation to true.",
    standing: { is: "met", where: "components/key.ts" },
    types: [KMS_KEY],
    check: ({ inputs: { enableKeyRotation, keyUsage, customerMasterKeySpec } }) => {
        // KMS rotates symmetric keys for encryption, and no others.
        const canRotate =
            mayBe(keyUsage, undefined, "ENCRYPT_DECRYPT") && mayBe(customerMasterKeySpec, undefined, "SYMMETRIC_DEFAULT");
        return canRotate && !mayBe(enableKeyRotation, true) ? "it does not rotate" : undefined;
    },
});

export const keyRules: readonly Rule[] = [keysRotate];

import { isEverything } from "../reading/arn-reach";
import { resourceRule } from "../rule";
import { allowed, covers, namesEncryptionContext } from "../reading/statements";
import { MANAGED_POLICY, ROLE, ROLE_POLICY } from "../../inventory/types";

const DECRYPTION = ["kms:Decrypt", "kms:ReEncryptFrom"];

export const policiesDecryptNamedKeys = resourceRule({
    name: "policies-decrypt-named-keys",
    title: "IAM policies allow decryption with named keys, or of what an encryption context names.",
    controls: ["KMS.1", "KMS.2"],
    severity: "medium",
    reason: "The right to decrypt with every key undoes the encryption of everything in the account.",
    // Security Hub looks at resources alone: it also reports the secrets of a service, whose key cannot be told from their ARN.
    fix: "Name the keys' ARNs, or add a condition on kms:EncryptionContext:….",
    standing: { is: "met", where: "iam/tasks.ts" },
    types: [ROLE_POLICY, MANAGED_POLICY, ROLE],
    check: resource =>
        allowed(resource)
            .filter(({ resources }) => resources.some(isEverything))
            .filter(statement => !namesEncryptionContext(statement))
            .flatMap(statement => DECRYPTION.filter(action => covers(statement, action)))
            .map(action => `it allows ${action} with every key`),
});

import { resourceRule } from "../rule";
import { REPOSITORY } from "../../inventory/types";
import { UNKNOWN, at, listOf } from "../../inventory/inputs";

export const repositoriesUseACustomerKey = resourceRule({
    name: "repositories-use-a-customer-key",
    title: "Image repositories are encrypted under a customer key.",
    controls: ["ECR.5"],
    severity: "medium",
    reason: "Under AWS's own key nobody can be kept from images by the key's policy, nor seen using it.",
    fix: "Set encryptionConfigurations to a KMS key.",
    standing: { is: "not yet", part: "customer keys" },
    profile: "production",
    types: [REPOSITORY],
    check: ({ inputs: { encryptionConfigurations } }) => {
        const types = listOf(encryptionConfigurations).map(encryption => at(encryption, "encryptionType"));
        if (encryptionConfigurations === UNKNOWN || types.includes(UNKNOWN)) return undefined;
        return types.some(type => type === "KMS" || type === "KMS_DSSE") ? undefined : "it is encrypted under AWS's own key";
    },
});

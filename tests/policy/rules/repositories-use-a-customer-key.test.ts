import { repositoriesUseACustomerKey } from "../../../policy/rules/repositories-use-a-customer-key";
import { REPOSITORY } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(repositoriesUseACustomerKey, {
    meets: {
        "a customer key": [resource(REPOSITORY, { encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "arn:…" }] })],
    },
    breaks: {
        "AWS's own key": [[resource(REPOSITORY, { encryptionConfigurations: [{ encryptionType: "AES256" }] })], /AWS's own key/],
        "the default": [[resource(REPOSITORY)], /AWS's own key/],
    },
    unknown: [resource(REPOSITORY, { encryptionConfigurations: UNKNOWN })],
    mended: having(REPOSITORY, "web-registry-repository", {
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "arn:…" }],
    }),
});

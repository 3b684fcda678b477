import { repositoriesUseACustomerKey } from "../../../../tools/policy/rules/repositories";
import { REPOSITORY } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

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

import { certificatesHaveStrongKeys } from "../../../../tools/policy/rules/certificates-have-strong-keys";
import { CERTIFICATE } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(certificatesHaveStrongKeys, {
    meets: {
        "the default": [resource(CERTIFICATE)],
        "an elliptic curve": [resource(CERTIFICATE, { keyAlgorithm: "EC_prime256v1" })],
    },
    breaks: { "1024 bits": [[resource(CERTIFICATE, { keyAlgorithm: "RSA_1024" })], /1024 bits/] },
    unknown: [resource(CERTIFICATE, { keyAlgorithm: UNKNOWN })],
    broken: { by: having(CERTIFICATE, "certificate-certificate", { keyAlgorithm: "RSA_1024" }) },
});

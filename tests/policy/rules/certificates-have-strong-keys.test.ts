import { certificatesHaveStrongKeys } from "../../../policy/rules/certificates-have-strong-keys";
import { CERTIFICATE } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(certificatesHaveStrongKeys, {
    meets: {
        "the default": [resource(CERTIFICATE)],
        "an elliptic curve": [resource(CERTIFICATE, { keyAlgorithm: "EC_prime256v1" })],
    },
    breaks: { "1024 bits": [[resource(CERTIFICATE, { keyAlgorithm: "RSA_1024" })], /1024 bits/] },
    unknown: [resource(CERTIFICATE, { keyAlgorithm: UNKNOWN })],
    broken: { by: having(CERTIFICATE, "certificate-certificate", { keyAlgorithm: "RSA_1024" }) },
});

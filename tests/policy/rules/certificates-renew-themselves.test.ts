import { certificatesRenewThemselves } from "../../../policy/rules/certificates-renew-themselves";
import { CERTIFICATE } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(certificatesRenewThemselves, {
    meets: { "proof by DNS": [resource(CERTIFICATE, { validationMethod: "DNS" })] },
    breaks: {
        "proof by e-mail": [[resource(CERTIFICATE, { validationMethod: "EMAIL" })], /not proved by DNS/],
        "an imported one": [[resource(CERTIFICATE, { certificateBody: "…" })], /not proved by DNS/],
    },
    unknown: [resource(CERTIFICATE, { validationMethod: UNKNOWN })],
    broken: { by: having(CERTIFICATE, "certificate-certificate", { validationMethod: "EMAIL" }) },
});

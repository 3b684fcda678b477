import { certificatesRenewThemselves } from "../../../../tools/policy/rules/certificates";
import { CERTIFICATE } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(certificatesRenewThemselves, {
    meets: { "proof by DNS": [resource(CERTIFICATE, { validationMethod: "DNS" })] },
    breaks: {
        "proof by e-mail": [[resource(CERTIFICATE, { validationMethod: "EMAIL" })], /not proved by DNS/],
        "an imported one": [[resource(CERTIFICATE, { certificateBody: "…" })], /not proved by DNS/],
    },
    unknown: [resource(CERTIFICATE, { validationMethod: UNKNOWN })],
    broken: { by: having(CERTIFICATE, "certificate-certificate", { validationMethod: "EMAIL" }) },
});

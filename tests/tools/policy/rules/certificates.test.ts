import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { CERTIFICATE } from "../../../../tools/inventory/types/acm";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove("certificates-have-strong-keys", {
    meets: {
        "the default": [resource(CERTIFICATE)],
        "an elliptic curve": [resource(CERTIFICATE, { keyAlgorithm: "EC_prime256v1" })],
    },
    breaks: { "1024 bits": [[resource(CERTIFICATE, { keyAlgorithm: "RSA_1024" })], /1024 bits/] },
    unknown: [resource(CERTIFICATE, { keyAlgorithm: UNKNOWN })],
    broken: { by: having(CERTIFICATE, "certificate-certificate", { keyAlgorithm: "RSA_1024" }) },
});

prove("certificates-name-no-wildcard", {
    meets: { "two names": [resource(CERTIFICATE, { domainName: "a.example.com", subjectAlternativeNames: ["b.example.com"] })] },
    breaks: {
        "a wildcard": [[resource(CERTIFICATE, { domainName: "*.example.com" })], /it answers for \*\.example\.com/],
        "a wildcard beside a name": [
            [resource(CERTIFICATE, { domainName: "example.com", subjectAlternativeNames: ["*.example.com"] })],
            /it answers for \*\.example\.com/,
        ],
    },
    unknown: [resource(CERTIFICATE, { domainName: UNKNOWN, subjectAlternativeNames: UNKNOWN })],
});

prove("certificates-renew-themselves", {
    meets: { "proof by DNS": [resource(CERTIFICATE, { validationMethod: "DNS" })] },
    breaks: {
        "proof by e-mail": [[resource(CERTIFICATE, { validationMethod: "EMAIL" })], /not proved by DNS/],
        "an imported one": [[resource(CERTIFICATE, { certificateBody: "…" })], /not proved by DNS/],
    },
    unknown: [resource(CERTIFICATE, { validationMethod: UNKNOWN })],
    broken: { by: having(CERTIFICATE, "certificate-certificate", { validationMethod: "EMAIL" }) },
});

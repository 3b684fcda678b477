import { resourceRule } from "../rule";
import { CERTIFICATE } from "../../inventory/types";

export const certificatesHaveStrongKeys = resourceRule({
    name: "certificates-have-strong-keys",
    title: "RSA certificates have keys of 2048 bits at least.",
    controls: ["ACM.2"],
    severity: "high",
    reason: "Shorter keys can be computed.",
    fix: "Leave keyAlgorithm out, for RSA_2048.",
    standing: { is: "met", where: "components/certificate.ts" },
    types: [CERTIFICATE],
    check: ({ inputs: { keyAlgorithm } }) => (keyAlgorithm === "RSA_1024" ? "its key has 1024 bits" : undefined),
});

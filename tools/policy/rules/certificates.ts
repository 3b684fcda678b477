import { mayBe, texts } from "../../inventory/inputs";
import { CERTIFICATE } from "../../inventory/types/acm";
import { Rule, resourceRule } from "../rule";

const certificatesHaveStrongKeys = resourceRule({
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

const certificatesNameNoWildcard = resourceRule({
    name: "certificates-name-no-wildcard",
    title: "Certificates name each host, and no wildcard.",
    controls: [],
    severity: "low",
    reason: "Whoever gets hold of the key can answer for every name below the domain, also for those that are not thought of.",
    fix: "Name each host, or give fargate:domain a certificateArn of your own.",
    standing: {
        is: "excepted",
        reason: "Services come and go below the domain without a new certificate; ACM never hands out the key.",
        covers: () => true,
    },
    types: [CERTIFICATE],
    check: ({ inputs: { domainName, subjectAlternativeNames } }) => {
        const wildcards = texts([domainName, subjectAlternativeNames]).filter(name => name.startsWith("*."));
        return wildcards.length === 0 ? undefined : `it answers for ${wildcards.join(", ")}`;
    },
});

const certificatesRenewThemselves = resourceRule({
    name: "certificates-renew-themselves",
    title: "Certificates are issued by ACM and proved by DNS, so that they renew by themselves.",
    controls: ["ACM.1"],
    severity: "medium",
    reason: "An imported certificate, or one proved by e-mail, ends on the day that nobody thinks of it.",
    fix: 'Set validationMethod to "DNS".',
    standing: { is: "met", where: "components/certificate.ts" },
    types: [CERTIFICATE],
    check: ({ inputs: { validationMethod } }) =>
        mayBe(validationMethod, "DNS") ? undefined : "it is not proved by DNS, so ACM cannot renew it by itself",
});

export const certificateRules: readonly Rule[] = [
    certificatesHaveStrongKeys,
    certificatesNameNoWildcard,
    certificatesRenewThemselves,
];

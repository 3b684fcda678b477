import { resourceRule } from "../rule";
import { CERTIFICATE } from "../../inventory/types";
import { mayBe } from "../../inventory/inputs";

export const certificatesRenewThemselves = resourceRule({
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

import { joined, listOf, textOf } from "../inputs";
import { NOTHING, NO_FACTS, NO_OUTPUTS, Rows, forNow, named, says } from "./row";

export const CERTIFICATE = "aws:acm/certificate:Certificate";
export const CERTIFICATE_VALIDATION = "aws:acm/certificateValidation:CertificateValidation";

export const ROWS: Rows = {
    [CERTIFICATE]: {
        facts: inputs => [textOf(inputs["domainName"]), joined(inputs["subjectAlternativeNames"])],
        loss: forNow(
            named("the certificate for", "domainName"),
            says("names that the new one is not for; the listener has the old one until the new one is issued"),
        ),
        cost: { free: "public certificates are free" },
        outputs: (id, { domainName, subjectAlternativeNames }) => ({
            domainValidationOptions: [domainName, ...listOf(subjectAlternativeNames)].map(name => {
                // A name and its wildcard are proved by one and the same record.
                const bare = textOf(name).replace(/^\*\./, "");
                const end = bare === domainName ? "" : `-${bare}`;
                return {
                    domainName: name,
                    resourceRecordName: `${id}-proof${end}`,
                    resourceRecordType: "CNAME",
                    resourceRecordValue: `${id}-value${end}`,
                };
            }),
        }),
    },
    [CERTIFICATE_VALIDATION]: {
        facts: NO_FACTS,
        loss: forNow(NOTHING),
        cost: { free: "a wait, no resource" },
        outputs: NO_OUTPUTS,
    },
};

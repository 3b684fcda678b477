import { joined, textOf } from "../inputs";
import { NOTHING, NO_FACTS, NO_OUTPUTS, Rows, forNow, named } from "./row";

export const CERTIFICATE = "aws:acm/certificate:Certificate";
export const CERTIFICATE_VALIDATION = "aws:acm/certificateValidation:CertificateValidation";

export const ROWS: Rows = {
    [CERTIFICATE]: {
        facts: inputs => [textOf(inputs["domainName"]), joined(inputs["subjectAlternativeNames"])],
        loss: forNow(named("the certificate for", "domainName")),
        cost: { free: "public certificates are free" },
        outputs: (id, { domainName }) => ({
            domainValidationOptions: [
                {
                    domainName,
                    resourceRecordName: `${id}-proof`,
                    resourceRecordType: "CNAME",
                    resourceRecordValue: `${id}-value`,
                },
            ],
        }),
    },
    [CERTIFICATE_VALIDATION]: {
        facts: NO_FACTS,
        loss: forNow(NOTHING),
        cost: { free: "a wait, no resource" },
        outputs: NO_OUTPUTS,
    },
};

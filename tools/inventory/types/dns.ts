import { joined, textOf } from "../inputs";
import { NOTHING, NO_FACTS, NO_OUTPUTS, Rows, forGood, forNow, named } from "./row";

export const CERTIFICATE = "aws:acm/certificate:Certificate";
export const CERTIFICATE_VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
export const RECORD = "aws:route53/record:Record";
export const ZONE = "aws:route53/zone:Zone";

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
    [RECORD]: {
        facts: inputs => [textOf(inputs["name"]), textOf(inputs["type"])],
        loss: forNow(named("the record")),
        cost: { free: "records are free, and so are queries for aliases of load balancers" },
        outputs: (_, { name }) => ({ fqdn: name }),
    },
    [ZONE]: {
        facts: NO_FACTS,
        loss: forGood(named("all records in, and the name servers of,")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
};

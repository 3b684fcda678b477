import { ID_TO_COME, Limit, fresh, here, kept, own } from "../scope";
import type { AwsService } from "./actions";

/** Certificates, for stacks with a name to answer to. */
export const ACM: AwsService = {
    needsDomain: true,
    types: {
        "aws:acm/certificate:Certificate": {
            create: ["acm:RequestCertificate"],
            read: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
            update: [],
            delete: ["acm:DeleteCertificate"],
            tag: ["acm:AddTagsToCertificate", "acm:RemoveTagsFromCertificate"],
        },
        "aws:acm/certificateValidation:CertificateValidation": {
            create: [],
            read: ["acm:DescribeCertificate"],
            update: [],
            delete: [],
            tag: [],
        },
    },
    lookUps: {},
    limits: [
        {
            sid: "NewCertificate",
            actions: ["acm:RequestCertificate"],
            on: ({ domains }) => (domains.length === 0 ? [] : ["*"]),
            when: scope => ({
                ...fresh(scope),
                "ForAllValues:StringEquals": {
                    "acm:DomainNames": scope.domains.flatMap(({ name, otherNames = [] }) => [name, `*.${name}`, ...otherNames]),
                },
            }),
        },
        {
            sid: "OwnCertificate",
            actions: [
                "acm:DeleteCertificate",
                "acm:DescribeCertificate",
                "acm:ListTagsForCertificate",
                "acm:RemoveTagsFromCertificate",
            ],
            on: certificates("*"),
            when: own,
        },
        { sid: "RetagCertificate", actions: ["acm:AddTagsToCertificate"], on: certificates("*"), when: kept },
        { sid: "TagNewCertificate", actions: ["acm:AddTagsToCertificate"], on: certificates(ID_TO_COME), when: fresh },
    ],
};

function certificates(id: string): Limit["on"] {
    return scope => (scope.domains.length === 0 ? [] : here("acm", `certificate/${id}`)(scope));
}

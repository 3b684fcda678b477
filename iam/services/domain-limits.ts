import { ID_TO_COME, Limit, Scope, fresh, here, kept, own } from "../scope";
import { partitionOf } from "../../model/image-reference";

/** What the actions on certificates and records are limited to, for stacks with a name to answer to. */
export const DOMAIN_RULES: readonly Limit[] = [
    {
        sid: "NewCertificate",
        actions: ["acm:RequestCertificate"],
        on: ({ domains }) => (domains.length === 0 ? [] : ["*"]),
        when: scope => ({
            ...fresh(scope),
            "ForAllValues:StringEquals": { "acm:DomainNames": scope.domains.flatMap(({ name }) => [name, `*.${name}`]) },
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
    {
        sid: "ReadZone",
        actions: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
        on: zones,
    },
    {
        sid: "FindZone",
        actions: ["route53:ListHostedZones"],
        on: ({ domains }) => (domains.length === 0 ? [] : ["*"]),
    },
    {
        sid: "SeeRecordsArrive",
        actions: ["route53:GetChange"],
        on: ({ domains, region }) => (domains.length === 0 ? [] : [`arn:${partitionOf(region)}:route53:::change/*`]),
    },
    {
        sid: "OwnRecords",
        actions: ["route53:ChangeResourceRecordSets"],
        on: zones,
        // The name, names below it (an asterisk is \052 there), and what proves them to ACM.
        when: ({ domains }) => ({
            "ForAllValues:StringLike": {
                "route53:ChangeResourceRecordSetsNormalizedRecordNames": domains.flatMap(({ name }) => [
                    name,
                    `\\052.${name}`,
                    `_*.${name}`,
                ]),
            },
            "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "CNAME"] },
        }),
    },
];

function certificates(id: string): Limit["on"] {
    return scope => (scope.domains.length === 0 ? [] : here("acm", `certificate/${id}`)(scope));
}

function zones({ domains, region }: Scope): readonly string[] {
    return domains.map(({ zoneId }) => `arn:${partitionOf(region)}:route53:::hostedzone/${zoneId}`);
}

import { partitionOf } from "../../model/partitions";
import type { Scope } from "../scope";
import type { AwsService } from "./actions";

/** Records in a zone that exists, for stacks with a name to answer to. */
export const ROUTE53: AwsService = {
    needsDomain: true,
    types: {
        "aws:route53/record:Record": {
            create: ["route53:ChangeResourceRecordSets"],
            read: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:GetChange"],
            update: [],
            delete: [],
            tag: [],
        },
    },
    lookUps: {
        "aws:route53/getZone:getZone": ["route53:ListHostedZones", "route53:GetHostedZone", "route53:ListTagsForResource"],
    },
    preflight: ["route53:GetHostedZone", "route53:ListHostedZonesByName"],
    limits: [
        {
            sid: "ReadZone",
            actions: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
            on: zones,
        },
        {
            sid: "FindZone",
            actions: ["route53:ListHostedZones", "route53:ListHostedZonesByName"],
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
                    "route53:ChangeResourceRecordSetsNormalizedRecordNames": domains.flatMap(({ name, otherNames = [] }) => [
                        name,
                        `\\052.${name}`,
                        `_*.${name}`,
                        ...otherNames.flatMap(other => [other, `_*.${other}`]),
                    ]),
                },
                "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "CNAME"] },
            }),
        },
    ],
};

function zones({ domains, region }: Scope): readonly string[] {
    return domains.map(({ zoneId }) => `arn:${partitionOf(region)}:route53:::hostedzone/${zoneId}`);
}

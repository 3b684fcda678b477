import { secretsOf } from "../boundary";
import { Limit, Scope, any, fresh, here, kept, own, unclaimed } from "../scope";
import type { AwsService } from "./actions";
import { viaService } from "../../model/partitions";

const keys = here("kms", "key/*");

/** Customer keys, by their tags, and the use of one for a new repository. */
export const KMS: AwsService = {
    types: {
        "aws:kms/key:Key": {
            create: ["kms:CreateKey"],
            read: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
            update: ["kms:DisableKeyRotation", "kms:EnableKeyRotation", "kms:PutKeyPolicy", "kms:UpdateKeyDescription"],
            delete: ["kms:ScheduleKeyDeletion"],
            tag: ["kms:TagResource", "kms:UntagResource"],
        },
    },
    lookUps: {},
    limits: [
        // A new key is in nobody's words before it is there: KMS authorizes both on * (KMS developer guide, controlling access to tags).
        { sid: "NewKeys", actions: ["kms:CreateKey"], on: any, when: hereAnd(fresh) },
        { sid: "TagNewKeys", actions: ["kms:TagResource"], on: any, when: hereAnd(unclaimed) },
        { sid: "RetagKeys", actions: ["kms:TagResource"], on: keys, when: kept },
        {
            sid: "OwnKeys",
            actions: [
                "kms:DescribeKey",
                "kms:DisableKeyRotation",
                "kms:EnableKeyRotation",
                "kms:GetKeyPolicy",
                "kms:GetKeyRotationStatus",
                "kms:ListResourceTags",
                "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion",
                "kms:UntagResource",
                "kms:UpdateKeyDescription",
            ],
            on: keys,
            when: own,
        },
        {
            sid: "UseKeysForImages",
            actions: ["kms:CreateGrant", "kms:RetireGrant"],
            on: keys,
            when: scope => ({
                StringEquals: { ...own(scope)["StringEquals"], "kms:ViaService": viaService("ecr", scope.region) },
            }),
        },
    ],
    operates: [
        {
            // A customer key that the settings name. The last context is that of Secrets Manager's question whether a new secret's key can be used
            // (Secrets Manager user guide, encryption and decryption).
            sid: "EncryptSecrets",
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            on: keys,
            when: scope => ({
                StringEquals: { "kms:ViaService": viaService("secretsmanager", scope.region) },
                StringLike: { "kms:EncryptionContext:SecretARN": [...secretsOf(scope), "RequestToValidateKeyAccess"] },
            }),
        },
    ],
};

function hereAnd(when: typeof fresh): Limit["when"] {
    return (scope: Scope) => {
        const condition = when(scope);
        return { ...condition, StringEquals: { ...condition["StringEquals"], "aws:RequestedRegion": scope.region } };
    };
}

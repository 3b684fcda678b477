import { z } from "zod";
import { KEY_ARN, arn } from "./arns";
import type { Context } from "./check";
import type { Finding } from "./problems";
import type { Profile } from "./profiles";
import type { Settings } from "./types";

export const encryptionSchema = z
    .strictObject({
        customerKey: z
            .union([z.boolean(), arn(KEY_ARN, "arn:aws:kms:<region>:<account>:key/<id>")], {
                error: "true for a key of the stack's own, false for AWS's keys, or the ARN of a KMS key",
            })
            .optional()
            .describe(
                "A KMS key for log groups, the alarms' topic and new image repositories: true makes one, an ARN names one that exists. Default: false (development), true (production).",
            ),
    })
    .optional()
    .describe("Under which key the stack keeps what it writes.");

interface Parsed {
    readonly encryption?: z.output<typeof encryptionSchema>;
}

/** Nothing where AWS's own keys do. */
export function encryptionWithDefaults({ encryption }: Parsed, profile: Profile): Settings["encryption"] {
    const customerKey = encryption?.customerKey ?? profile.customerKey;
    return customerKey === false ? undefined : { customerKey };
}

/** Days in which a deleted key can be had back; AWS's longest (KMS API reference, ScheduleKeyDeletion). */
export const DELETION_WINDOW_DAYS = 30;

/** Whether the key outlives the stack: what it wrote is to be read for longer than a deleted key can be had back. */
export function keepsKey({ deletionProtection, logRetentionDays }: Settings): boolean {
    return deletionProtection || logRetentionDays > DELETION_WINDOW_DAYS;
}

export function keyRegion({ settings: { encryption, region } }: Context): readonly Finding[] {
    const customerKey = encryption?.customerKey;
    if (typeof customerKey !== "string" || customerKey.split(":")[3] === region) return [];
    return [
        {
            path: ["encryption", "customerKey"],
            found: customerKey,
            allowed: `a key in ${region}, the stack's region`,
            because: [["aws:region"]],
        },
    ];
}

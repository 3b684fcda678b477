import { z } from "zod";
import { isOfPartition, partitionOf } from "../model/partitions";
import { regionFault } from "../model/regions";
import { POLICY_ARN } from "./arns";
import { text } from "./forms";
import type { KeyPath, Problem } from "./problems";

/** Roles that the provider takes, in the form that it and STS check. */

const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/.+$/;

const DURATION = /^(\d+(\.\d+)?(h|m|s))+$/;
const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
const SHORTEST = 15 * 60;
const LONGEST = 12 * 3600;
const DURATIONS = "a duration of 15 minutes to 12 hours, such as 1h or 30m";

const sessionText = text(/^[\w+=,.@-]{2,64}$/, "2 to 64 letters, digits or _ + = , . @ -");

/** What a role has, whatever it is taken with. */
export const roleShape = {
    roleArn: text(ROLE_ARN, "arn:aws:iam::<account>:role/<name>").describe("Role to take."),
    sessionName: sessionText.optional().describe("Name of the session, as CloudTrail shows it."),
    duration: text(DURATION, DURATIONS)
        .refine(value => secondsOf(value) >= SHORTEST && secondsOf(value) <= LONGEST, { error: DURATIONS })
        .optional()
        .describe("How long the session lasts, such as 1h."),
    policy: z.string().optional().describe("Policy that limits the session, as JSON."),
    policyArns: z
        .array(text(POLICY_ARN, "a policy's ARN, such as arn:aws:iam::aws:policy/ReadOnlyAccess"))
        .optional()
        .describe("Policies that limit the session."),
};

export const assumedRole = z.strictObject({
    ...roleShape,
    externalId: text(/^[\w+=,.@:/-]{2,1224}$/, "2 to 1224 letters, digits or _ + = , . @ : / -")
        .optional()
        .describe("What the role asks for of others' accounts."),
    sourceIdentity: sessionText.optional().describe("Who it is, as CloudTrail shows it."),
    tags: z.record(z.string(), z.string()).optional().describe("Tags of the session."),
    transitiveTagKeys: z.array(z.string()).optional().describe("Those of them that further roles get too."),
});

/** What of the provider's settings says where everything is made. */
interface Accounts {
    readonly region?: unknown;
    readonly assumeRoles?: readonly z.output<typeof assumedRole>[];
    readonly assumeRoleWithWebIdentity?: { readonly roleArn: string };
    readonly allowedAccountIds?: readonly string[];
    readonly forbiddenAccountIds?: readonly string[];
}

function secondsOf(duration: string): number {
    return [...duration.matchAll(/([\d.]+)([hms])/g)].reduce(
        (sum, [, count = "", unit = ""]) => sum + Number(count) * (SECONDS[unit] ?? 0),
        0,
    );
}

/** A role decides which account everything is made in: that is said twice, so that one slip or one changed line does not move it. */
export function accountProblems(aws: Accounts): Problem[] {
    const { assumeRoles = [], assumeRoleWithWebIdentity: web, allowedAccountIds, forbiddenAccountIds } = aws;
    // The provider takes one of the two alone (ConflictsWith of its schema).
    if (allowedAccountIds !== undefined && forbiddenAccountIds !== undefined)
        return [{ path: ["forbiddenAccountIds"], found: "it beside allowedAccountIds", allowed: "one of the two" }];
    const last = assumeRoles.length - 1;
    const found = assumeRoles[last]?.roleArn ?? web?.roleArn;
    const taken = found === undefined ? undefined : ROLE_ARN.exec(found)?.[1];
    if (found === undefined || taken === undefined || allowedAccountIds?.includes(taken) === true) return [];
    const path = last >= 0 ? ["assumeRoles", String(last), "roleArn"] : ["assumeRoleWithWebIdentity", "roleArn"];
    const allowed =
        allowedAccountIds === undefined
            ? `the account said too, as a guard: aws:allowedAccountIds: ["${taken}"]`
            : `a role of aws:allowedAccountIds: ${allowedAccountIds.join(", ")}`;
    return [{ path, found, allowed }];
}

/** Credentials of one partition open nothing in another. */
export function partitionProblems({ region, assumeRoles = [], assumeRoleWithWebIdentity: web }: Accounts): Problem[] {
    if (typeof region !== "string" || regionFault(region) !== undefined) return [];
    const roles: [KeyPath, typeof web][] = [
        ...assumeRoles.map((role, index): [KeyPath, typeof web] => [["assumeRoles", String(index)], role]),
        [["assumeRoleWithWebIdentity"], web],
    ];
    return roles.flatMap(([path, role]) =>
        role === undefined || isOfPartition(role.roleArn, region)
            ? []
            : [
                  {
                      path: [...path, "roleArn"],
                      found: role.roleArn,
                      allowed: `a role in ${partitionOf(region)}, the partition of ${region}: arn:${partitionOf(region)}:…`,
                  },
              ],
    );
}

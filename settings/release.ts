import { z } from "zod";
import { holdsSecret } from "../model/plain-secrets";
import type { At, Context } from "./check";
import { givenText, integer } from "./forms";
import type { Finding } from "./problems";
import type { ServiceSettings } from "./types";

/** What a service runs once before it moves to a new revision. */
export const releaseSchema = z
    .strictObject({
        command: z
            .array(givenText)
            .min(1, { error: "[program, argument, …]" })
            .describe("What the container runs instead of its own command, such as [npm, run, migrate]; an entry point stays."),
        // An hour is what the session of a role lasts that CI deploys with.
        timeoutMinutes: integer(1, 50, " minutes")
            .default(10)
            .describe("After which it is stopped and counts as failed, in minutes."),
    })
    .optional()
    .describe("What each new revision runs once, before the service moves to it. Absent: nothing.");

/** For the way back, whose older code may refuse a database that newer code has changed. */
export const releasesSchema = z
    .enum(["run", "skip"])
    .optional()
    .describe("skip: services move to new revisions without their `release`, as `npm run rollback` has it. Default: run.");

/** Of the overrides of RunTask, in characters (API reference of TaskOverride). */
const OVERRIDES = 8192;

export function releases({ name, release, restart }: ServiceSettings, _: Context, at: At): readonly Finding[] {
    if (release === undefined) return [];
    const { command } = release;
    const path = at("release", "command");
    const findings: Finding[] = [];
    if (command[0]?.trim() === "") findings.push({ path, found: "no program", allowed: "[program, argument, …]" });
    if (holdsSecret(command.join(" ")))
        findings.push({
            path,
            found: "what looks like a secret in plain text (not shown)",
            allowed: `store it in Secrets Manager or SSM, name its ARN under ${at("secrets").join(".")}, and read that variable in the command`,
        });
    if (restart !== undefined)
        findings.push({
            path: at("restart"),
            found: "restart beside release",
            allowed:
                "one of the two: a release has the container's restart policy, and would be run again in its task when it ends",
            because: [at("release")],
        });
    const { length } = JSON.stringify({ containerOverrides: [{ name, command }] });
    if (length > OVERRIDES)
        findings.push({
            path,
            found: `${length} characters`,
            allowed: `at most ${OVERRIDES}: put it into a script of the image`,
        });
    return findings;
}

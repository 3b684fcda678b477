import { z } from "zod";
import { holdsSecret } from "../model/plain-secrets";
import type { At, Context } from "./check";
import { commandWords } from "./container";
import { NOT_EXECUTABLE, writableAbove } from "./executable";
import { integer } from "./forms";
import type { Finding } from "./problems";
import type { ReleaseSettings, ServiceSettings } from "./types";

/** What a service runs once before it moves to a new revision. */
export const releaseSchema = z
    .strictObject({
        command: commandWords.describe(
            "What the container runs instead of its own command, such as [npm, run, migrate]; an entry point stays.",
        ),
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

export function releases(service: ServiceSettings, _: Context, at: At): readonly Finding[] {
    const { name, release } = service;
    if (release === undefined) return [];
    const { command } = release;
    const [program = ""] = command;
    const path = at("release", "command");
    const findings: Finding[] = [...endsOnce(service, release, at)];
    if (program.trim() === "") findings.push({ path, found: "no program", allowed: "[program, argument, …]" });
    const writable = service.entryPoint === undefined ? writableAbove(program, service) : undefined;
    if (writable !== undefined)
        findings.push({ path, found: program, allowed: `a program outside of ${writable}: ${NOT_EXECUTABLE}` });
    if (holdsSecret(command.join(" ")))
        findings.push({
            path,
            found: "what looks like a secret in plain text (not shown)",
            allowed: `store it in Secrets Manager or SSM, name its ARN under ${at("secrets").join(".")}, and read that variable in the command`,
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

/** A release has the service's task definition: ECS starts a container again that ran for long enough, whatever its exit code is. */
function endsOnce({ restart }: ServiceSettings, { timeoutMinutes }: ReleaseSettings, at: At): readonly Finding[] {
    if (restart === undefined || timeoutMinutes * 60 < restart.attemptPeriodSeconds) return [];
    const { attemptPeriodSeconds } = restart;
    const most = Math.ceil(attemptPeriodSeconds / 60) - 1;
    const longer = `a restart.attemptPeriodSeconds of more than ${timeoutMinutes * 60}`;
    const fits = [...(most > 0 ? [`at most ${most}`] : []), ...(timeoutMinutes < 30 ? [longer] : []), "no restart"].join(", or ");
    return [
        {
            path: at("release", "timeoutMinutes"),
            found: String(timeoutMinutes),
            allowed: `${fits}: a release that ran for ${attemptPeriodSeconds} s would be started again when it ends, also where it succeeded`,
            because: [at("restart")],
        },
    ];
}

import { z } from "zod";
import { ENVIRONMENT_FILE_ARN, SECRET_ARN, arn, environmentFileFault, secretFault } from "./arns";
import { NO_NULL, integer, once, plainValue, text, variableName } from "./forms";

/** `tmpfs` mounts are told apart by their paths. */
const WRITABLE_PATH = /^(?!\/(dev|(proc|sys)(\/.*)?)$)(?!.*\/\.{0,2}(\/|$))\/[^\s:]+$/;

/** What a container may write to where nothing is said. */
export const DEFAULT_WRITABLE_PATHS: readonly string[] = ["/tmp"];

/** A number, or a name as images have it; of the group too, behind a colon. */
const USER = /^(\d+|[A-Za-z_][\w.-]*)(:(\d+|[A-Za-z_][\w.-]*))?$/;

/** Of users and groups, by the container runtime (moby/sys/user, `maxID`). */
const MAX_ID = 2 ** 31 - 1;

/** A path in the container: `WORKDIR` follows the same rule. */
const ABSOLUTE_PATH = /^\/[^\0]*$/;

/** One of a command. */
const word = z
    .string({ error: 'text; in quotes where it is a number or a boolean, such as "5"' })
    .refine(value => !value.includes("\0"), { error: NO_NULL });

/** Words of a command, as a program gets them. */
export const commandWords = z
    .array(word, { error: '[program, argument, …]; a line for a shell is [/bin/sh, -c, "…"]' })
    .min(1, { error: "[program, argument, …]" });

const words = commandWords
    .refine(([program]) => program !== "", { error: "[program, argument, …], the program not empty" })
    .optional();

const restartKeys = {
    // As many as ECS takes (API reference, `ContainerRestartPolicy`).
    ignoredExitCodes: once(z.array(integer(0, 255)), "code")
        .max(50, { error: "at most 50 codes" })
        .default([])
        .describe("Exit codes after which the container stays down."),
    attemptPeriodSeconds: integer(60, 1800, " seconds")
        .default(300)
        .describe("How long it must have run before it is started again, in seconds."),
};

const restart = z.strictObject(restartKeys, { error: `{ } for the defaults, or { ${Object.keys(restartKeys).join(", ")} }` });

const CHECK_FORM = "[CMD, program, argument, …] or [CMD-SHELL, line]";

/** A container's own check, in ECS's form. */
export const healthCommand = z
    .array(word, { error: CHECK_FORM })
    .refine(value => ["CMD", "CMD-SHELL"].includes(value[0] ?? "") && value.length > 1, { error: CHECK_FORM });

/** What every container is started with. */
export const containerKeys = {
    command: words.describe("[program, argument, …] in place of the image's CMD. Default: the image's."),
    entryPoint: words.describe("[program, argument, …] in place of the image's ENTRYPOINT. Default: the image's."),
    workingDirectory: text(ABSOLUTE_PATH, "an absolute path, such as /srv/app")
        .optional()
        .describe("Folder that the command starts in. Default: the image's WORKDIR."),
    // Fargate's hard limit (Amazon ECS developer guide, "Task definition parameters for Fargate", resource limits).
    nofile: integer(1024, 1_048_576)
        .optional()
        .describe("Open files and sockets, the only limit that Fargate lets a task set. Default: 65535."),
    init: z
        .boolean({ error: "true or false" })
        .optional()
        .describe(
            "An init process at PID 1, which hands signals on; false for images that bring their own, as s6. Default: true.",
        ),
    restart: restart
        .optional()
        .describe("Start the container again in its task when it ends: { } for the defaults. Default: the task ends with it."),
    user: z
        .union([z.string(), z.number()], { error: 'a user id or name, such as "65532"' })
        .transform(String)
        .pipe(
            text(USER, 'a user id or name, such as "65532", and a group behind a colon').refine(
                value => value.split(":").every(part => !(Number(part) > MAX_ID)),
                { error: `ids of user and group up to ${MAX_ID}` },
            ),
        )
        .prefault("65532")
        .describe("User of the container's processes."),
    writablePaths: once(
        z.array(
            text(
                WRITABLE_PATH,
                "an absolute path below /, such as /tmp: no spaces, : or .., no / twice or at its end, and none of /proc, /sys and /dev, which are the kernel's",
            ),
        ),
        "path",
    )
        .default([...DEFAULT_WRITABLE_PATHS])
        .describe("Where the container may write, in memory; the root file system is read-only."),
    environment: z.record(variableName, plainValue).prefault({}).describe("Plain variables; nothing secret."),
    environmentFiles: once(z.array(arn(ENVIRONMENT_FILE_ARN, environmentFileFault)), "file")
        .min(1, { error: "one ARN at least" })
        .max(10, { error: "at most 10 files, as ECS has it" })
        .optional()
        .describe(
            "Files of NAME=value lines in S3 by ARN, for variables that are not set otherwise; nothing secret. Default: none.",
        ),
    secrets: z
        .record(variableName, arn(SECRET_ARN, secretFault))
        .default({})
        .describe("Variables read from Secrets Manager or SSM when a task starts, by ARN."),
};

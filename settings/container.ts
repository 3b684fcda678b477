import { z } from "zod";
import { SECRET_ARN, arn, secretFault } from "./arns";
import { givenText, once, plainValue, text, variableName } from "./forms";

/** `tmpfs` mounts are told apart by their paths. */
const WRITABLE_PATH = /^(?!\/(dev|(proc|sys)(\/.*)?)$)(?!.*\/\.{0,2}(\/|$))\/[^\s:]+$/;

/** What a container may write to where nothing is said. */
export const DEFAULT_WRITABLE_PATHS: readonly string[] = ["/tmp"];

/** A number, or a name as images have it; of the group too, behind a colon. */
const USER = /^(\d+|[A-Za-z_][\w.-]*)(:(\d+|[A-Za-z_][\w.-]*))?$/;

/** Of users and groups, by the container runtime (moby/sys/user, `maxID`). */
const MAX_ID = 2 ** 31 - 1;

/** What every container is started with. */
export const containerKeys = {
    command: z.array(givenText).min(1).optional().describe("What the container runs, in place of its image's CMD."),
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
    secrets: z
        .record(variableName, arn(SECRET_ARN, secretFault))
        .default({})
        .describe("Variables read from Secrets Manager or SSM when a task starts, by ARN."),
};

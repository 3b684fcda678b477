import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Session } from "@aws-sdk/client-ecs";
import { UserError } from "../cli/user-error";

/** AWS's own program, which speaks with Session Manager and gives a terminal to it. */
const PLUGIN = "session-manager-plugin";

/** Named in place of the session, it says where that is (src/sessionmanagerplugin/session/session.go of the plugin). */
const VARIABLE = "AWS_SSM_START_SESSION_RESPONSE";

/** What a terminal sends, which is for the command that runs far away: the plugin passes it on. */
const OF_THE_TERMINAL: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT", "SIGTSTP"];

/** A session of ECS Exec, and the task's container that it is with. */
export interface OpenedSession {
    readonly session: Session;
    readonly region: string;
    /** Of the credentials file; absent where the credentials are none of its. */
    readonly profile?: string;
    readonly cluster: string;
    readonly task: string;
    readonly runtimeId: string;
    /** Where ECS answers. */
    readonly url: string;
}

/** @throws UserError where the plugin is not installed, which says how it is */
export async function requirePlugin(): Promise<void> {
    const child = spawn(PLUGIN, ["--version"], { stdio: "ignore" });
    const isThere = await new Promise<boolean>(resolve =>
        child.on("error", () => resolve(false)).on("close", () => resolve(true)),
    );
    if (isThere) return;
    throw new UserError(
        [
            `${PLUGIN} is not on the PATH. AWS's program opens the session, and nothing was started without it. Next: install it, then the same again`,
            "    macOS    brew install --cask session-manager-plugin",
            "    others   https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
        ].join("\n"),
    );
}

/** Gives the terminal to a session until it ends. @returns the plugin's exit code, which is not that of the command: Session Manager does not tell it */
export async function holdSession(opened: OpenedSession): Promise<number> {
    const leaveToIt = () => undefined;
    // Before the plugin is there, which may be quicker than this process.
    for (const signal of OF_THE_TERMINAL) process.on(signal, leaveToIt);
    const end = () => child?.kill("SIGTERM");
    let child: ChildProcess | undefined;
    process.on("SIGTERM", end);
    try {
        const [response = "", ...others] = pluginArguments(opened);
        child = (await readsEnvironment())
            ? spawn(PLUGIN, [VARIABLE, ...others], { stdio: "inherit", env: { ...process.env, [VARIABLE]: response } })
            : spawn(PLUGIN, [response, ...others], { stdio: "inherit" });
        const [code] = (await once(child, "close")) as [number | null];
        return code ?? 1;
    } finally {
        for (const signal of OF_THE_TERMINAL) process.off(signal, leaveToIt);
        process.off("SIGTERM", end);
    }
}

/** Whether the plugin takes the session's token from its environment: everybody on the machine sees the arguments of a process. */
async function readsEnvironment(): Promise<boolean> {
    const child = spawn(PLUGIN, ["--version"], { stdio: ["ignore", "pipe", "ignore"] });
    let version = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (version += text));
    await once(child, "close");
    const [major = 0, minor = 0, build = 0] = version.trim().split(".").map(Number);
    // By its release notes since 1.2.536.0.
    return major > 1 || (major === 1 && (minor > 2 || (minor === 2 && build >= 536)));
}

/** As AWS CLI calls it (awscli/customizations/ecs/executecommand.py). */
export function pluginArguments({ session, region, profile = "", cluster, task, runtimeId, url }: OpenedSession): string[] {
    const { sessionId, streamUrl, tokenValue } = session;
    return [
        JSON.stringify({ sessionId, streamUrl, tokenValue }),
        region,
        "StartSession",
        profile,
        JSON.stringify({ Target: `ecs:${cluster}_${task}_${runtimeId}` }),
        url,
    ];
}

import { Command } from "commander";
import { sessionLogGroup } from "../../model/names";
import type { Settings } from "../../settings";
import { ExitCode, exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { ExecClient, describeExec, execClient, startSession } from "./aws/exec";
import { ExecTarget, ExecWish, execTarget, execText } from "./exec-target";
import { settingsIn } from "./images";
import { DeployedService, deployedRollouts } from "./rollouts";
import { holdSession, requirePlugin } from "./session-plugin";
import { openPlace } from "./stack";

interface Options extends SandboxOptions {
    readonly task?: string;
    readonly container?: string;
    readonly json?: boolean;
}

export const command = new Command("exec")
    .description(
        "Run a command in a task of a deployed service that has exec: true, by default a shell, as root. Needs session-manager-plugin. Ctrl-C goes to the command.",
    )
    .argument("<stack>", "name of the stack")
    .argument("<service>", "name of the service")
    .argument("[command...]", "after --: a program and its arguments, which no shell reads. Default: /bin/sh")
    .option("--task <id>", "the task, by its id or ARN. Default: the one that started last of those that are ready")
    .option("--container <name>", "the container. Default: the service's own")
    .option("--json", "where the command would run, as data; starts nothing")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText(
        "after",
        `\nExamples:\n  npm run exec -- prod web\n  npm run exec -- prod web -- sh -c 'ls -l /tmp | head'\n${exitCodes()}\nOthers are session-manager-plugin's; the command's own is not told.`,
    )
    .showSuggestionAfterError()
    .action(async (stack: string, service: string, words: readonly string[], options: Options) => {
        const { task, container, json = false, ...where } = options;
        const place = await openPlace(stack, where);
        if (!json && place.isSandbox !== true) await requirePlugin();
        const settings = settingsIn(place);
        const declared = declaredIn(await deployedRollouts(place), stack, service);
        const client = await execClient(settings);
        const target = await findTarget(client, stack, declared, { task, container, words });
        const text = execText(target, task === undefined);
        if (json) return print({ text, data: dataOf(declared, target), exitCode: 0 }, json);
        if (place.isSandbox) throw new UserError(sandboxText(stack, text));
        tell(`Runs ${text}.`);
        tell(`The session is logged to ${sessionLogGroup(settings)} where the image has script and cat.`);
        const exitCode = await run(client, settings, declared.cluster, target);
        if (exitCode !== 0) throw new ExitCode(exitCode);
    });

interface Declared {
    readonly service: string;
    readonly cluster: string;
    readonly serviceName: string;
    readonly isWritten: boolean;
}

/**
 * A service as the stack's last update made it.
 *
 * @throws UserError where there is none of that name, or it never got so far
 */
export function declaredIn(deployed: readonly DeployedService[], stack: string, name: string): Declared {
    const found = deployed.find(({ service }) => service.name === name);
    if (found === undefined) {
        const names = deployed.map(({ service }) => service.name).join(", ") || "none";
        throw new UserError(`${stack} has no service ${name}. Allowed: ${names}`);
    }
    const { rollout, service } = found;
    if (rollout === undefined) throw new UserError(`${name} is not deployed in ${stack}. Next: npm run up -- ${stack}`);
    return { service: name, cluster: rollout.cluster, serviceName: rollout.serviceName, isWritten: service.exec === true };
}

/** @throws UserError where no command can be run */
export async function findTarget(client: ExecClient, stack: string, declared: Declared, wish: ExecWish): Promise<ExecTarget> {
    const { service, isWritten } = declared;
    return execTarget({ ...(await describeExec(client, declared)), stack, service, isWritten }, wish);
}

/** Runs a command, and gives the terminal to it. @returns the plugin's exit code */
export async function run(
    client: ExecClient,
    { region, aws }: Pick<Settings, "region" | "aws">,
    cluster: string,
    target: ExecTarget,
): Promise<number> {
    const session = await startSession(client, cluster, target);
    const { task, runtimeId } = target;
    const profile = typeof aws["profile"] === "string" ? aws["profile"] : process.env["AWS_PROFILE"];
    const name = cluster.slice(cluster.lastIndexOf("/") + 1);
    return holdSession({ session, region, profile, cluster: name, task, runtimeId, url: client.url });
}

function sandboxText(stack: string, text: string): string {
    return `Nothing was started: no container runs in the sandbox, and its emulator has no ECS Exec. In AWS this would run ${text}. Next, with the stack in AWS: npm run exec -- ${stack} …`;
}

function dataOf({ service, cluster }: Declared, { task, container, command: words }: ExecTarget) {
    return { service, cluster, task, container, command: words };
}

if (require.main === module) void runCommand(command);

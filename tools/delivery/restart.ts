import { Command } from "commander";
import { observe } from "../../lookups/rollout-questions";
import { DeclaredRollout, Observation, revisionOf } from "../../model/rollout-state";
import { exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { answerOf } from "../deployed/aws/refusal";
import { forceDeployment } from "../deployed/aws/running-service";
import { watchOf } from "../deployed/rollouts";
import { openPlace } from "../deployed/stack";
import { liveService } from "./live-service";
import { settled } from "./settled";

interface Options extends SandboxOptions {
    readonly json?: boolean;
}

export const command = new Command("restart")
    .description(
        "Replace all tasks of a service by new ones of the same revision, as a rollout does: none is stopped before another one is healthy. Waits for the verdict.",
    )
    .argument("<stack>", "name of the stack")
    .argument("[service]", "name of the service. Default: the only one")
    .option("--json", "what became of it as data")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText("after", `\nExample: npm run restart -- prod web\n${exitCodes()}`)
    .showSuggestionAfterError()
    .action(async (stack: string, name: string | undefined, { json = false, ...where }: Options) => {
        const place = await openPlace(stack, where);
        const live = await liveService(place, name);
        const { clients, rollout, connection } = live;
        const now = await answerOf(
            `the service ${rollout.service}`,
            "ecs:DescribeServices",
            observe(clients, rollout, {}),
            connection,
        );
        const refusal = whyNotRestarted(now, rollout, stack);
        if (refusal !== undefined) throw new UserError(refusal);
        await answerOf(`new tasks of ${rollout.service}`, "ecs:UpdateService", forceDeployment(clients, rollout), connection);
        tell(`${rollout.service}: ECS starts new tasks of ${revisionOf(rollout.taskDefinition)}.`);
        print(await settled(live, stack, watchOf(place)), json);
    });

/** Why a service cannot be restarted; nothing where it can, healthy or not. */
export function whyNotRestarted(
    { service: now }: Observation,
    { service, taskDefinition }: DeclaredRollout,
    stack: string,
): string | undefined {
    const declared = revisionOf(taskDefinition);
    if (now === undefined) return `ECS has no service ${service}. Next: npm run up -- ${stack} --refresh`;
    const primary = now.deployments.find(({ isPrimary }) => isPrimary);
    if (primary?.state === "IN_PROGRESS")
        return `${service}: a rollout to ${revisionOf(primary.taskDefinition)} is under way, and starts new tasks by itself. Next: wait for it, or npm run stop-rollout -- ${stack} ${service}`;
    if (primary?.taskDefinition !== taskDefinition)
        return `${service} runs ${revisionOf(primary?.taskDefinition ?? "nothing")}, and its last update declared ${declared}. Next: npm run up -- ${stack} --retry, or npm run rollback -- ${stack}`;
    if (now.desired === 0) return `${service}: no task is desired, so that there is none to replace.`;
    return undefined;
}

if (require.main === module) void runCommand(command);

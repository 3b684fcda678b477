import { Command, InvalidArgumentError } from "commander";
import type { ServiceSettings } from "../../settings";
import { exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { answerOf } from "../deployed/aws/refusal";
import { scalingBounds, setDesiredCount } from "../deployed/aws/running-service";
import { watchOf } from "../deployed/rollouts";
import { openPlace } from "../deployed/stack";
import { liveService } from "./live-service";
import { settled } from "./settled";

interface Options extends SandboxOptions {
    readonly json?: boolean;
}

export const command = new Command("scale")
    .description(
        "Ask for this many tasks of a service that scales, now, inside the bounds of its scaling, which may change the number again. Waits until they run.",
    )
    .argument("<stack>", "name of the stack")
    .argument("<service>", "name of the service")
    .argument("<tasks>", "number of tasks", tasksArgument)
    .option("--json", "what became of it as data")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText("after", `\nExample: npm run scale -- prod web 6\n${exitCodes()}`)
    .showSuggestionAfterError()
    .action(async (stack: string, name: string, tasks: number, { json = false, ...where }: Options) => {
        const place = await openPlace(stack, where);
        const live = await liveService(place, name);
        const { service, rollout, clients, connection } = live;
        requireScaling(service, stack);
        const bounds = await answerOf(
            `the scaling of ${name}`,
            "application-autoscaling:DescribeScalableTargets",
            scalingBounds(connection, rollout),
            connection,
        );
        const refusal = whyNotScaled(service, tasks, bounds, stack);
        if (refusal !== undefined) throw new UserError(refusal);
        await answerOf(
            `another number of tasks of ${name}`,
            "ecs:UpdateService",
            setDesiredCount(clients, rollout, tasks),
            connection,
        );
        tell(
            `${name}: ${tasks} of ${bounds?.min ?? 0} to ${bounds?.max ?? 0} tasks are desired. Its scaling may change that again.`,
        );
        print(await settled(live, stack, watchOf(place)), json);
    });

/** @throws UserError for a service whose number of tasks the stack's file fixes: the next update would undo it */
export function requireScaling({ name, tasks }: Pick<ServiceSettings, "name" | "tasks">, stack: string): void {
    if (typeof tasks !== "number") return;
    throw new UserError(
        `${name} has a fixed number of tasks, ${tasks}, which an update would bring back. ` +
            `Next: fargate:services.${name}.tasks in Pulumi.${stack}.yaml, then npm run up -- ${stack}`,
    );
}

/** Why this many tasks cannot be asked for; nothing where they can. */
export function whyNotScaled(
    { name, tasks: declared }: Pick<ServiceSettings, "name" | "tasks">,
    tasks: number,
    bounds: { readonly min: number; readonly max: number } | undefined,
    stack: string,
): string | undefined {
    if (bounds === undefined)
        return `${name} is not scaled by anything in AWS, though its file says so. Next: npm run up -- ${stack} --refresh`;
    const { min, max } = bounds;
    if (tasks >= min && tasks <= max) return undefined;
    const isScheduled = typeof declared === "object" && (declared.min !== min || declared.max !== max);
    const because = isScheduled
        ? `, as a schedule or a change outside of Pulumi has it now; the file says ${declared.min} to ${declared.max}`
        : "";
    return `${name}: found ${tasks} tasks. Allowed: ${min} to ${max}${because}. Next: fargate:services.${name}.scaling in Pulumi.${stack}.yaml, then npm run up -- ${stack}`;
}

function tasksArgument(text: string): number {
    if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("Allowed: a whole number of tasks.");
    return Number(text);
}

if (require.main === module) void runCommand(command);

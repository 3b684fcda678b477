import { revisionOf } from "../../model/rollout-state";
import { Watch, isFailed } from "../../model/verdict";
import { failureText, successText } from "../../model/verdict-text";
import type { Answer } from "../cli/command";
import { tell } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import type { LiveService } from "./live-service";

/** Waits until ECS has decided about a service, and says what became of it. */
export async function settled({ service, rollout }: LiveService, stack: string, watch: Watch): Promise<Answer> {
    const outcome = await watch(rollout, line => tell(`${service.name}: ${line}`)).catch((error: unknown) => {
        throw new UserError(error instanceof Error ? error.message : String(error));
    });
    const { verdict, observation, elapsedSeconds } = outcome;
    return {
        text: isFailed(outcome) ? failureText(outcome, rollout, service, stack) : `${successText(outcome, rollout)}.`,
        data: {
            service: service.name,
            revision: revisionOf(rollout.taskDefinition),
            verdict: verdict.kind,
            running: observation.service?.running ?? 0,
            desired: observation.service?.desired ?? 0,
            seconds: Math.round(elapsedSeconds),
        },
        exitCode: isFailed(outcome) ? 1 : 0,
    };
}

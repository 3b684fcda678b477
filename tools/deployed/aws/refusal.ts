import { obstacleOf } from "../../../lookups/aws-connection";
import { reasonOf } from "../../../lookups/rollout";
import { UserError } from "../../cli/user-error";

/** Where the permissions of commands stand. */
const PAGE = "docs/operate.md#permissions";

/** Whether AWS said that whoever asks may not. */
export function isRefused(error: unknown): error is Error {
    return error instanceof Error && /^AccessDenied|^Unauthorized|^NotAuthorized/.test(error.name);
}

/**
 * Why AWS could not be asked, and what to do about it.
 *
 * @param what was asked for, as in `the logs of web`
 * @param action that was asked last, for services that do not name it
 */
export function cannotAsk(what: string, action: string, error: unknown, connection?: { readonly obstacle?: string }): UserError {
    if (error instanceof UserError) return error;
    if (isRefused(error)) {
        const refused = /not authorized to perform: ([\w-]+:\w+)/.exec(error.message)?.[1] ?? action;
        return new UserError(
            `AWS refuses ${what}: ${refused} is not allowed.\n${error.message}\nNext: credentials of a role that may, ${PAGE}`,
        );
    }
    const next = obstacleOf(error, connection) ?? "check credentials and network, then again";
    return new UserError(`AWS cannot be asked for ${what}: ${reasonOf(error)}. Next: ${next}`, { cause: error });
}

/**
 * An answer of AWS.
 *
 * @throws UserError that says why there is none, see `cannotAsk`
 */
export async function answerOf<T>(
    what: string,
    action: string,
    answer: Promise<T>,
    connection?: { readonly obstacle?: string },
): Promise<T> {
    try {
        return await answer;
    } catch (error) {
        throw cannotAsk(what, action, error, connection);
    }
}

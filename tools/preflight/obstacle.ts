import { inertLine } from "../../model/inert-text";
import type { Finding } from "./check";
import { Denied } from "./clients";

/** There are no credentials, or none that hold: an update would end here. */
const NO_CREDENTIALS = [
    "CredentialsProviderError",
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "TokenRefreshRequired",
    "UnrecognizedClientException",
];

export function isWithoutCredentials(error: unknown): boolean {
    return NO_CREDENTIALS.includes((error as Error).name);
}

/**
 * A question that got no answer, as a warning: the update may well know the answer.
 *
 * @param signal of the check that asked
 * @param obstacle what is known to be in the way of requests
 */
export function findingOf(error: unknown, signal: AbortSignal, obstacle?: string): Finding {
    if (error instanceof Denied)
        return {
            status: "warning",
            found: `not known: these credentials may not ask ${error.action}`,
            fix: `allow ${error.action} to the role that asks, or look by hand`,
        };
    if (isWithoutCredentials(error))
        return { status: "warning", found: "not known: AWS was given no credentials that hold", fix: "see account" };
    if (signal.aborted)
        return {
            status: "warning",
            found: "not known: no answer in time",
            fix: obstacle ?? "try again; where it stays so, see what is between here and AWS",
        };
    const reason = inertLine(String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "");
    return { status: "warning", found: `not known: ${reason}`, fix: obstacle ?? "look by hand" };
}

import { inertLine } from "../../model/inert-text";
import type { Finding } from "./check";
import { Denied } from "./clients";

/** There are no credentials, or none that hold. The engine may have others, such as those of an environment that the stack's file names. */
const NO_CREDENTIALS = [
    "CredentialsProviderError",
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "TokenRefreshRequired",
    "UnrecognizedClientException",
];

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
    if (NO_CREDENTIALS.includes((error as Error).name))
        return {
            status: "warning",
            found: "not known: there are no AWS credentials that hold",
            fix: "aws sso login, or another of AWS's ways, in this shell",
        };
    if (signal.aborted)
        return {
            status: "warning",
            found: "not known: no answer in time",
            fix: obstacle ?? "try again; where it stays so, see what is between here and AWS",
        };
    const reason = inertLine(String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "");
    return { status: "warning", found: `not known: ${reason}`, fix: obstacle ?? "look by hand" };
}

import { hiddenAnswer } from "../cli/hidden-answer";
import { UserError } from "../cli/user-error";

/** Bytes of a secret's value (Secrets Manager API reference, `SecretString`). */
const MOST_BYTES = 65_536;

/** The value that standard input has, or that somebody types where it is a terminal. @throws UserError that tells its size at the most */
export async function readValue(name: string): Promise<string> {
    if (process.stdin.isTTY) return valueOf(Buffer.from(await hiddenAnswer(`Value of ${name}, which is not shown: `)));
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
    return valueOf(Buffer.concat(chunks));
}

/** Text without its last line break, which `echo` adds. @throws UserError where it can be no secret's */
export function valueOf(given: Buffer): string {
    const text = decoded(given);
    const next = "Nothing was done.";
    if (text === undefined || text.includes("\0"))
        throw new UserError(
            `The value is ${given.length} bytes that are no text. ${next} Allowed: text in UTF-8, as a variable can hold it; base64 makes some of anything`,
        );
    const value = text.replace(/\r?\n$/, "");
    if (value === "") throw new UserError(`The value is empty. ${next} Allowed: 1 to ${MOST_BYTES} bytes on standard input`);
    const bytes = Buffer.byteLength(value);
    if (bytes > MOST_BYTES)
        throw new UserError(`The value has ${bytes} bytes. ${next} Allowed: at most ${MOST_BYTES}, as Secrets Manager has it`);
    return value;
}

function decoded(given: Buffer): string | undefined {
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(given);
    } catch {
        return undefined;
    }
}

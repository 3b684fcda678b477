import { createInterface } from "node:readline/promises";
import { UserError } from "./user-error";
import { shown } from "./terminal";

/** Asks a person; nobody there to answer means no. @throws UserError that names the option for scripts */
export async function confirm(question: string): Promise<boolean> {
    if (!process.stdin.isTTY) throw new UserError(`${question} Nobody is there to answer. Next: --yes, to do it without asking.`);
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    try {
        return /^y(es)?$/i.test((await prompt.question(shown(`${question} [y/N] `))).trim());
    } finally {
        prompt.close();
    }
}

import { shown } from "./terminal";
import { UserError } from "./user-error";

/** Ctrl-C and Ctrl-D, which a terminal in raw mode hands over as they are. */
const ENDINGS: readonly string[] = ["\u0003", "\u0004"];
/** What an arrow or Ctrl-U sends; nobody would see it in what was typed. */
const NO_TEXT = /^(?!\t)\p{Cc}$/u;
const ERASES: readonly string[] = ["\b", "\u007f"];

/**
 * Asks on the terminal for a line that nobody is to see.
 *
 * @throws UserError where whoever is asked gives up, or pastes several lines
 */
export async function hiddenAnswer(question: string): Promise<string> {
    const { stdin, stderr } = process;
    stdin.setRawMode(true);
    stderr.write(shown(question));
    try {
        let line = "";
        for await (const typed of stdin.setEncoding("utf8") as AsyncIterable<string>) {
            const characters = Array.from(typed);
            for (const [index, character] of characters.entries()) {
                if (ENDINGS.includes(character)) throw new UserError("Nothing was given, and nothing done.");
                if (character === "\r" || character === "\n") {
                    if (characters.slice(index + 1).some(other => other.trim() !== ""))
                        throw new UserError(
                            "Several lines were given, and nothing done. Next: hand them over in a pipe or a file",
                        );
                    return line;
                }
                if (!ERASES.includes(character) && NO_TEXT.test(character))
                    throw new UserError(
                        "A key was pressed that writes nothing, such as an arrow. Nothing was done. Next: the same again, or in a pipe",
                    );
                line = ERASES.includes(character) ? Array.from(line).slice(0, -1).join("") : line + character;
            }
        }
        throw new UserError("The terminal was closed. Nothing was done.");
    } finally {
        stdin.setRawMode(false);
        stdin.destroy();
        stderr.write("\n");
    }
}

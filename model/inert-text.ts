/** Text that other people wrote, as it may reach a terminal, a workflow's log or the engine. */

/** Characters that move a terminal, turn the direction of text around, or are not seen; all but the line feed and the tab. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** The same, and the colours of this program left alone. */
const UNSEEN_BUT_COLOURS = new RegExp(`(?<colour>\\u001b\\[(?:[12]|22|3[0-9])m)|${UNSEEN.source}`, "gu");

/** Orders to GitHub's runner: at the start of a line, or anywhere in one (actions/runner, src/Runner.Common/ActionCommand.cs). */
const ORDER = /^([^\S\n]*):(?=:)/gm;
const OLD_ORDER = /##(?=\w*\[)/g;
/** Pulumi's markup of colours: one that it does not know ends its CLI. */
const MARKUP = /<\{(?=%)/g;

/**
 * Text that does nothing but be read. What would do more is written as JSON escapes it, so that JSON stays the same JSON.
 *
 * @param keepsColours leaves codes of plain colours as they are
 */
export function inert(text: string, keepsColours = false): string {
    return text
        .replaceAll("\r\n", "\n")
        .replace(keepsColours ? UNSEEN_BUT_COLOURS : UNSEEN, (found: string, ...rest: unknown[]) => {
            const { colour } = (rest.at(-1) ?? {}) as { readonly colour?: string };
            return colour ?? escaped(found);
        })
        .replace(ORDER, `$1${escaped(":")}`)
        .replace(OLD_ORDER, `#${escaped("#")}`)
        .replace(MARKUP, `<${escaped("{")}`);
}

/** Inert text in one line. */
export function inertLine(text: string): string {
    return inert(text.replace(/\s+/g, " ").trim());
}

/** Inert text as it was written, in one line: breaks and tabs are seen as such. */
export function visible(text: string): string {
    return inert(text.replaceAll(/[\n\r\t]/g, character => JSON.stringify(character).slice(1, -1)));
}

function escaped(text: string): string {
    return text
        .split("")
        .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
        .join("");
}

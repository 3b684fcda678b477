import { holdsSecret } from "./plain-secrets";
import { PASSWORD_OPTION } from "./secret-forms";
import { withReferences } from "./secret-readings";

/** What is shown in place of a line that looks like a secret. */
export const HIDDEN = "[hidden: it looks like a secret]";

/** Escape codes of terminals: colours, cursor, titles, links. */
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(\u0007|\u001b\\)?|\u001b[ -/]*[0-~]/g;
/** Other control characters, and those that turn the direction of text or are not seen. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** Pulumi's markup of colours: one that it does not know ends its CLI. */
const MARKUP = /<\{%/g;

/** A line of a key, or of another secret in Base64 or hexadecimal, that nothing else on it explains. */
const OPAQUE = /^(?=.*\d)(?=.*[A-Za-z])\s*[\w+/=-]{40,}\s*$/;
const BEGIN_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY/;
const END_KEY = /-----END [A-Z ]*PRIVATE KEY/;
/** The name of a secret in a sentence, and what is said to be its value: `password hunter2`, `the api key is hunter2`. */
const SENTENCE =
    /(password|passwd|passphrase|[_-]pass|[_-]pwd|secret(?:[ _-]access)?(?:[ _-]key)?|api[ _-]?key|token)["'`]*(?= +(?:(is|was)\b *(?:[:=] *)?)?["'`]*([^\s"'`]+))/gi;
const BRACKET = /^[([{<]/;
const PUNCTUATION = /^[([{<]+|[.,:;!?…)\]}>]+$/g;
/** What follows `is` in prose about a secret. Any other word there is hidden. */
const HARMLESS_WORDS = [
    "a about all already also always an and as at being by for from in it its longer never no not now of on only or still that the there to too",
    "absent active bad blank correct different empty gone inactive incorrect insecure invalid malformed mandatory missing new null ok old",
    "optional out present ready same secure set short stale unclear undefined unknown unset valid weak what where wrong",
].flatMap(words => words.split(" "));
const HARMLESS_WORD = new RegExp(`^(${HARMLESS_WORDS.join("|")}|[a-z]+(able|ed|ible|ing))$`, "i");
/** It names a secret and holds none. */
const ARN = /\barn:aws[\w-]*:\S+/g;

/** A log event may have 256 KB: what is never shown need not be looked through. */
const LOOKED_AT = 4_000;

/**
 * Lines that somebody else wrote as they may be shown anywhere: without secrets, without what moves a terminal, and not too long.
 *
 * @param longest in characters
 */
export function harmlessLines(lines: readonly string[], longest?: number): string[] {
    return lines.map(lineGuard(longest));
}

/** The same for lines that come one after the other: a key may be of several. */
export function lineGuard(longest = 200): (line: string) => string {
    let isKey = false;
    return line => {
        const plain = line
            .slice(0, LOOKED_AT)
            .replace(ESCAPES, "")
            .replace(/\s/g, " ")
            .replace(CONTROLS, "")
            .replace(MARKUP, "< {%")
            .trimEnd();
        isKey ||= BEGIN_KEY.test(plain);
        const isHidden = isKey || mayHoldSecret(plain);
        if (END_KEY.test(plain)) isKey = false;
        return isHidden ? HIDDEN : shortened(plain, longest);
    };
}

/** Text of several lines as one, just as harmless. */
export function harmless(text: string, longest?: number): string {
    return harmlessLines([text], longest).join("");
}

function shortened(text: string, longest: number): string {
    // Not through the middle of a character of two units.
    return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, "")}…`;
}

function mayHoldSecret(line: string): boolean {
    if (OPAQUE.test(line) || holdsSecret(line) || PASSWORD_OPTION.test(withReferences(line))) return true;
    const told = line.replace(ARN, "").matchAll(SENTENCE);
    return [...told].some(([, name = "", is, value = ""]) => isTold(name, value, is !== undefined));
}

/** Whether a word of a sentence may be the value of a secret. `password swordfish` is shown: nothing tells it from prose. */
function isTold(name: string, word: string, isSaidToBe: boolean): boolean {
    // What is in brackets explains, such as the place in a line of a stack; a pair has been judged by its own name.
    if ((BRACKET.test(word) && !isSaidToBe) || /^[\w.-]+=./.test(word)) return false;
    const value = word.replace(PUNCTUATION, "");
    if (/^-?[\d.,:%-]+$/.test(value)) return /pass|pwd/i.test(name) && value.length >= 4;
    if (isSaidToBe) return /\w/.test(value) && !HARMLESS_WORD.test(value);
    return value.length >= 4 && /\d|[a-z][A-Z]|[!@#$%^&*?+~]/.test(value);
}

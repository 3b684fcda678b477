import { looksSecret } from "./plain-secrets";

const HIDDEN = "[hidden: it looks like a secret]";

/** Escape codes of terminals: colours, cursor, titles, links. */
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(\u0007|\u001b\\)?|\u001b[ -/]*[0-~]/g;
/** Other control characters, and those that turn the direction of text or are not seen. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Pulumi's markup of colours: one that it does not know ends its CLI. */
const MARKUP = /<\{%/g;

const HEADER = /\b(bearer|basic)\s+[\w+/=.~-]{8,}|\bcookie:/i;
const WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w-]+/;
/** A line of a key, or of another secret in Base64 or hexadecimal, that nothing else on it explains. */
const OPAQUE = /^(?=.*\d)(?=.*[A-Za-z])\s*[\w+/=-]{40,}\s*$/;
const BEGIN_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY/;
const END_KEY = /-----END [A-Z ]*PRIVATE KEY/;
/** `name=value`, `name: value`, `"name": "value"` and `--name value`. */
const PAIRS = [/(?<![\w-])([\w-]+)["'\\]*\s*[=:]\s*["'\\]*([^\s"',;&]*\w[^\s"',;&]*)/g, /--([A-Za-z][\w-]*)\s+(\S+)/g];
/** It names a secret and holds none. */
const ARN = /\barn:aws[\w-]*:\S+/g;

/** A log event may have 256 KB: what is never shown need not be looked through. */
const LOOKED_AT = 4_000;

/**
 * Lines that somebody else wrote as they may be shown anywhere: without secrets, without what moves a terminal, and not too long.
 *
 * @param longest in characters
 */
export function harmlessLines(lines: readonly string[], longest = 200): string[] {
    let isKey = false;
    return lines.map(line => {
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
    });
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
    if (HEADER.test(line) || WEB_TOKEN.test(line) || OPAQUE.test(line) || looksSecret("", line)) return true;
    const text = line.replace(ARN, "");
    return PAIRS.flatMap(pair => [...text.matchAll(pair)]).some(([, name = "", value = ""]) => looksSecret(name, value));
}

/** Text as those read it who look for secrets in it. */

/** Stands for what only names a secret. No text has it: it is for private use. */
export const REFERENCE = "\ue000";

/** Longest piece that patterns are tried on, and how much of it the next one has too: no form is longer. */
export const PIECE = 4_096;
export const OVERLAP = 1_024;

const VARIABLE = String.raw`\$[A-Z_][A-Z\d_]*(?![A-Za-z\d])`;
/** What may follow the name: a message where it is not set, or nothing, or another variable. A default, as in `${NAME:-value}`, is a value. */
const OTHERWISE = String.raw`:?\?[^{}]*|:?[-=]?(${VARIABLE}|\$\{[A-Za-z_][\w.]*\})?`;
/** Each begins with what the rest of it cannot have, so that text is read once. */
const REFERENCES = new RegExp(
    [
        String.raw`\$\{[A-Za-z_][\w.]*(${OTHERWISE})\}`,
        String.raw`\$?\{\{[^{}]*\}\}`,
        VARIABLE,
        // What the command itself says stays.
        String.raw`\$\([A-Z_][A-Z\d_]*\)|\$(?=\([\w./-]+ [^()]+\))`,
        // Not bytes of an address.
        String.raw`%(?![A-F\d]{2}%)[A-Z_][A-Z\d_]*%`,
        String.raw`\*{3,}`,
        String.raw`\barn:aws[\w-]*:([^\s"',;:]*:){3}[^\s"',;?&]+`,
    ].join("|"),
    "g",
);

/** Text in which what only names a secret is one character. */
export function withReferences(text: string): string {
    return text.replaceAll(REFERENCES, REFERENCE);
}

/**
 * As it is written, and as a reader of it reads it: `%40` in an address, `\u003d` and `\/` in JSON, Base64. Either may hide what the other shows. In
 * pieces, so that work on them grows with the length of the text and with nothing else.
 */
export function readings(text: string): string[] {
    const decoded = text
        .replaceAll(/\\u00([2-7][\da-f])/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
        .replaceAll("\\/", "/")
        .replaceAll(/%([2-7][\da-f])/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
    return [...new Set([text, decoded, fromBase64(text)])].map(withReferences).flatMap(pieces);
}

/** Base64 of text; a name and a password, as in a file of logins, as a header has them. */
function fromBase64(text: string): string {
    return [...text.matchAll(/[A-Za-z\d+/]{12,}/g)]
        .map(([run]) => Buffer.from(run, "base64").toString())
        .filter(plain => !/(?![\t\n\r])[\p{Cc}\ufffd]/u.test(plain))
        .map(plain => (/^[\w.@-]+:[^\s:]+$/.test(plain) ? `//${plain}@` : plain))
        .join("\n");
}

function pieces(text: string): string[] {
    const count = Math.max(1, Math.ceil((text.length - OVERLAP) / (PIECE - OVERLAP)));
    return Array.from({ length: count }, (_, index) => index * (PIECE - OVERLAP)).map(start => text.slice(start, start + PIECE));
}

/**
 * What a plain scalar of a stack file is for the engine, whose reader is go-yaml v3.0.1: neither YAML 1.1 nor 1.2. A port of `resolve.go`, and of
 * what the engine then makes of a time (`unmarshalObject` in sdk/go/common/resource/config/object.go).
 */

type Plain = string | number | boolean | null;

const WORDS: ReadonlyMap<string, Plain> = new Map<string, Plain>([
    ...["true", "True", "TRUE"].map(word => [word, true] as const),
    ...["false", "False", "FALSE"].map(word => [word, false] as const),
    ...["", "~", "null", "Null", "NULL"].map(word => [word, null] as const),
    ...[".nan", ".NaN", ".NAN"].map(word => [word, NaN] as const),
    ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map(word => [word, Infinity] as const),
    ...["-.inf", "-.Inf", "-.INF"].map(word => [word, -Infinity] as const),
]);

const INTEGER = /^[-+]?(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/;
/** A sign behind the base, which go-yaml takes too. */
const SIGN_INSIDE = /^(0b)([-+])([01]+)$|^(0o)([-+])([0-7]+)$/;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
/** Where a point comes first, Go's own parser is asked, which wants an underscore between digits. */
const POINT_FIRST = /^\.\d+(_\d+)*([eE][-+]?\d+(_\d+)*)?$/;
const TIME =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:([Tt])| +)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(?:Z|([+-])(\d{2}):(\d{2}))?)?$/;

const LARGEST_INTEGER = 2n ** 63n;

/** Text, number, boolean or null; a time as the text that the program is handed. NaN and infinities are what the engine then refuses. */
export function resolvePlain(text: string): Plain {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
    if (text.startsWith(".")) return POINT_FIRST.test(text) ? finite(text.replaceAll("_", ""), text) : text;
    if (!/^[-+\d]/.test(text)) return text;
    return timeOf(text) ?? numberOf(text.replaceAll("_", "")) ?? text;
}

/** What a plain key is: Go's text for what the scalar is, with its own form of floats. */
export function keyText(text: string): string {
    const value = resolvePlain(text);
    if (value === null) return "<nil>";
    if (typeof value !== "number") return String(value);
    if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    const integer = text.startsWith(".") ? undefined : integerOf(text.replaceAll("_", ""));
    if (integer !== undefined) return String(integer);
    const [, digits = "", sign = "", exponent = ""] = /^(.*)e([-+])(\d+)$/.exec(value.toExponential()) ?? [];
    const isShort = sign === "-" ? Number(exponent) <= 4 : Number(exponent) < 6;
    return isShort ? String(value) : `${digits}e${sign}${exponent.padStart(2, "0")}`;
}

function numberOf(plain: string): number | undefined {
    const integer = integerOf(plain);
    if (integer !== undefined) return Number(integer);
    return FLOAT.test(plain) ? finite(plain, undefined) : undefined;
}

function integerOf(plain: string): bigint | undefined {
    const [, binary, binarySign, bits = "", octal, octalSign, octets = ""] = SIGN_INSIDE.exec(plain) ?? [];
    if (binary !== undefined) return integerOf(`${binarySign}${binary}${bits}`);
    if (octal !== undefined) return integerOf(`${octalSign}${octal}${octets}`);
    if (!INTEGER.test(plain)) return undefined;
    const [, sign = "", base = "", digits = ""] = /^([-+]?)(0[xXbBoO]|0(?=\d))?(.*)$/.exec(plain) ?? [];
    const size = BigInt(`${base === "0" ? "0o" : base.toLowerCase()}${digits}`);
    const isSmall = sign === "-" ? size <= LARGEST_INTEGER : size < LARGEST_INTEGER * (sign === "" ? 2n : 1n);
    return isSmall ? (sign === "-" ? -size : size) : undefined;
}

/** A number too large for a float stays text. */
function finite<T>(digits: string, otherwise: T): number | T {
    const number = Number(digits);
    return Number.isFinite(number) ? number : otherwise;
}

/** `2023-10-16` is `2023-10-16 00:00:00 +0000 UTC`: Go's `Time.String`. */
function timeOf(text: string): string | undefined {
    const [whole, year = "", month = "", day = "", t, hour = "0", minute = "0", second = "0", fraction = "", ...zone] =
        TIME.exec(text) ?? [];
    if (whole === undefined) return undefined;
    const [sign, zoneHours = "0", zoneMinutes = "0"] = zone;
    const hasZone = sign !== undefined || text.endsWith("Z");
    if (hasZone !== (t !== undefined)) return undefined;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
    if (Number(zoneHours) > 24 || Number(zoneMinutes) > 59) return undefined;
    const date = new Date(0);
    date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
    if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
    const two = (part: string) => part.padStart(2, "0");
    const rest = fraction.slice(0, 9).replace(/0+$/, "");
    const clock = `${two(hour)}:${two(minute)}:${two(second)}${rest === "" ? "" : `.${rest}`}`;
    const offset = `${sign ?? "+"}${zoneHours.padStart(2, "0")}${zoneMinutes.padStart(2, "0")}`;
    return `${year}-${two(month)}-${two(day)} ${clock} ${offset} ${/^.0000$/.test(offset) ? "UTC" : offset}`;
}

import { isUtf8 } from "node:buffer";
import * as path from "node:path";
import { RE2JS } from "re2js";

/**
 * `.dockerignore` as BuildKit reads it on Linux, with all that documentation leaves out: what moby/patternmatcher 0.6.1 (`ignorefile.go`,
 * `patternmatcher.go`) and the walk of tonistiigi/fsutil (`filter.go`) make of it, step by step. A pattern becomes a regular expression in which
 * `|`, `{2}`, `^` and `\d` keep their meaning, so it is one of Go's grammar that is needed here; re2js is a port of Go's, and as linear in time.
 */
export class IgnoreRules {
    private readonly exceptions: readonly string[];
    private readonly areExceptionsPrefixes: boolean;

    private constructor(private readonly patterns: readonly Pattern[]) {
        this.exceptions = patterns.filter(({ isException }) => isException).map(({ text }) => withoutTrailingGlob(text));
        this.areExceptionsPrefixes = !this.exceptions.some(text => /[*[\]?^\\]/.test(text));
    }

    /** @throws BadIgnoreLine where BuildKit would refuse the file */
    static read(file: Buffer): IgnoreRules {
        let steps = 0;
        return new IgnoreRules(
            linesOf(file).flatMap(({ line, text }) => {
                const written = writtenPattern(text);
                if (written === undefined) return [];
                try {
                    const read = pattern(written);
                    steps += read?.steps ?? 0;
                    if (steps > MOST_STEPS)
                        throw new Error(`patterns of more than ${MOST_STEPS} steps up to here; fewer, or without {…}`);
                    return read ?? [];
                } catch (error) {
                    throw new BadIgnoreLine(line, text, error instanceof Error ? error.message : String(error));
                }
            }),
        );
    }

    /** Of a path below the context, given the verdict on the folder that it is in; undefined at the top. */
    verdict(file: string, parent?: Verdict): Verdict {
        let isIgnored = false;
        const matched = this.patterns.map(({ isException, matches }, index) => {
            const asParent = parent?.matched[index] ?? false;
            // What would change nothing is not looked at, and so not known below either.
            if (!asParent && (isException !== isIgnored || !matches(file))) return false;
            isIgnored = !isException;
            return true;
        });
        return { isIgnored, matched };
    }

    /** Whether BuildKit looks into an ignored folder for what an exception takes back. */
    maySendBelow(folder: string): boolean {
        return !this.areExceptionsPrefixes || this.exceptions.some(text => `${text}/`.startsWith(`${folder}/`));
    }
}

export interface Verdict {
    readonly isIgnored: boolean;
    /** By pattern: whether it is known to match the path or a folder that it is in. */
    readonly matched: readonly boolean[];
}

/**
 * Steps of all expressions together, each of which may be taken for every character of every path: ten times what long ignore files have. A
 * repetition such as `a{0,1000}*` is a thousand steps in ten characters, and BuildKit would walk as long.
 */
const MOST_STEPS = 20_000;

/** Characters of a line that a message shows. */
const SHOWN_LENGTH = 60;

/** A line that BuildKit refuses, which fails the build. */
export class BadIgnoreLine extends Error {
    constructor(line: number, text: string, reason: string) {
        const shown = text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
        super(`line ${line}, ${JSON.stringify(shown)}: ${reason}`);
    }
}

/**
 * Text as Go compares it: bytes that are no UTF-8 stay apart from each other and from all characters, here as lone surrogates (U+DC80 to U+DCFF).
 * `asRunes` is what Go's regular expressions see of it.
 */
export function goText(bytes: Buffer): string {
    if (isUtf8(bytes)) return bytes.toString();
    let text = "";
    for (let at = 0; at < bytes.length;) {
        const character = [1, 2, 3, 4].map(length => bytes.subarray(at, at + length)).find(isUtf8);
        text += character?.toString() ?? String.fromCharCode(0xdc00 + bytes.readUInt8(at));
        at += character?.length ?? 1;
    }
    return text;
}

function asRunes(text: string): string {
    return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

interface Line {
    readonly line: number;
    readonly text: string;
}

/** Bytes that Go's scanner takes as one line. */
const LONGEST_LINE = 64 * 1024 - 1;

function linesOf(file: Buffer): Line[] {
    const lines: Line[] = [];
    for (let start = 0; start < file.length;) {
        const newline = file.indexOf("\n", start);
        const bytes = file.subarray(start, newline === -1 ? file.length : newline);
        const line = lines.length + 1;
        // Patterns travel to the walk as JSON, which has no bytes that are no text.
        const text = asRunes(goText(bytes));
        if (bytes.length > LONGEST_LINE) throw new BadIgnoreLine(line, text, `more than ${LONGEST_LINE} bytes`);
        lines.push({ line, text: line === 1 && text.startsWith("\ufeff") ? text.slice(1) : text });
        start += bytes.length + 1;
    }
    return lines;
}

/** `ignorefile.ReadAll`: what a line says; undefined for a comment or nothing. */
function writtenPattern(line: string): string | undefined {
    const text = trim(line);
    if (line.startsWith("#") || text === "") return undefined;
    const isException = text.startsWith("!");
    const rest = isException ? trim(text.slice(1)) : text;
    const cleaned = rest === "" ? "" : clean(rest);
    return (isException ? "!" : "") + (cleaned.length > 1 && cleaned.startsWith("/") ? cleaned.slice(1) : cleaned);
}

interface Pattern {
    /** Without the `!` of an exception. */
    readonly text: string;
    readonly isException: boolean;
    readonly matches: (file: string) => boolean;
    /** That a look at one character may take. */
    readonly steps: number;
}

/** `patternmatcher.New`, which trims and cleans again: `/!a` is an exception by now. */
function pattern(written: string): Pattern | undefined {
    const trimmed = trim(written);
    if (trimmed === "") return undefined;
    const cleaned = clean(trimmed);
    const isException = cleaned.startsWith("!");
    const text = isException ? cleaned.slice(1) : cleaned;
    if (text === "") throw new Error("an exception from nothing");
    if (!passesMatch(text)) throw new Error("syntax error in pattern");
    return { text, isException, ...matcher(text) };
}

/** Whether Go's `filepath.Match` takes a pattern when asked for ".", which looks at no more of it than it needs for the answer. */
function passesMatch(text: string): boolean {
    const [first = "", second = ""] = text.match(CHUNKS) ?? [];
    return WELL_FORMED.test(first) && (!meansDot(first) || WELL_FORMED.test(second));
}

/** What lies between stars that are in no class of characters, each with the stars before it. */
const CHUNKS = /\**(?:\\.?|\[(?:\\.?|[^\\\]])*\]?|[^\\[*])+/gsu;

/** A `\` before something, and closed classes of characters and ranges. */
const WELL_FORMED = /^(?:\\.|\[(?:\^|(?!\^))(?:(?:\\.|[^\\\]-])(?:-(?:\\.|[^\\\]-]))?)+\]|[^\\[])*$/su;

function meansDot(chunk: string): boolean {
    const character = chunk.replace(/^\*+/, "");
    const [, not, members] = /^\[(\^?)(.*)\]$/su.exec(character) ?? [];
    if (members === undefined) return [".", "?", "\\."].includes(character);
    const ranges = [...members.matchAll(/\\?(.)(?:-\\?(.))?/gsu)].map(([, low = "", high = low]) => ({ low, high }));
    return ranges.some(({ low, high }) => low <= "." && "." <= high) === (not === "");
}

/** `Pattern.compile` and `Pattern.match`. */
function matcher(text: string): Pick<Pattern, "matches" | "steps"> {
    let kind: "exact" | "prefix" | "suffix" | "expression" = "exact";
    let expression = "^";
    // Go's scanner leaves out the mark of the byte order, where the whole pattern does not.
    const characters = Array.from(text.replace(/^\ufeff/, ""));
    for (let at = 0; at < characters.length; at++) {
        const character = characters[at] ?? "";
        const next = characters[at + 1];
        if (character === "*" && next === "*") {
            const isFirst = at === 0;
            at += characters[at + 2] === "/" ? 2 : 1;
            if (at + 1 < characters.length) {
                expression += "(.*/)?";
                kind = "expression";
            } else if (kind === "exact") {
                kind = "prefix";
            } else {
                expression += ".*";
                kind = "expression";
            }
            if (isFirst) kind = "suffix";
        } else if (character === "*" || character === "?") {
            expression += character === "*" ? "[^/]*" : "[^/]";
            kind = "expression";
        } else if (".+()$".includes(character)) {
            expression += `\\${character}`;
        } else if (character === "\\") {
            expression += `\\${next ?? ""}`;
            kind = "expression";
            at++;
        } else {
            expression += character;
            if (character === "[" || character === "]") kind = "expression";
        }
    }
    const plain = (matches: Pattern["matches"]) => ({ matches, steps: 0 });
    if (kind === "exact") return plain(file => file === text);
    if (kind === "prefix") return plain(file => file.startsWith(text.slice(0, -2)));
    if (kind === "suffix") return plain(file => file.endsWith(text.slice(2)) || (text[2] === "/" && file === text.slice(3)));
    const compiled = RE2JS.compile(`${expression}$`);
    const part = neededPart(characters.join(""));
    const matches = (file: string) => file.includes(part) && compiled.test(file);
    return { matches: file => matches(asRunes(file)), steps: compiled.programSize() };
}

/** The longest text that is in every path that a pattern matches: looking for it is a hundred times faster than the expression. */
function neededPart(text: string): string {
    if (/[[\]{|^\\]/.test(text)) return "";
    return text.split(/\*\*\/?|[*?]/).reduce((longest, part) => (part.length > longest.length ? part : longest));
}

/** Go's `filepath.Clean`. */
function clean(name: string): string {
    const normal = path.posix.normalize(name);
    return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

/** Go's `strings.TrimSpace`: what Unicode calls white space, which is not what JavaScript trims. */
function trim(text: string): string {
    const isSpace = (index: number) => /^\p{White_Space}$/u.test(text.charAt(index));
    let start = 0;
    let end = text.length;
    while (start < end && isSpace(start)) start++;
    while (end > start && isSpace(end - 1)) end--;
    return text.slice(start, end);
}

function withoutTrailingGlob(text: string): string {
    return text.replace(/\/\*\*$/, "").replace(/\/\*$/, "");
}

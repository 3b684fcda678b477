import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** A column of a table; text to the left, numbers to the right. */
export interface Column {
    readonly title: string;
    /** @default "left" */
    readonly align?: "left" | "right";
    /** Shortens its cells where the table is too wide. @default as they are */
    readonly short?: (cell: string) => string;
}

const GAP = "  ";

/** Narrower than this, a last column of text is put below its row. */
const READABLE = 24;

/** What stands below its row is indented so. */
const BELOW = "    ";

/**
 * Rows under aligned columns, the titles first; a row is one line wherever the table fits. Where it does not, cells are shortened, then the text of the
 * last column is broken or put below its row, and at last every text is broken; beside numbers the last one still stands below. No word is: a longer one
 * stays whole, so that it can be copied.
 *
 * @param width in columns of a terminal
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width = Infinity): string[] {
    const whole = [columns.map(({ title }) => title), ...rows];
    const isTooWide = (given: readonly number[]) => total(given) > width;
    if (!isTooWide(widthsOf(columns, whole))) return whole.map(row => aligned(columns, row, widthsOf(columns, whole)));

    const short = whole.map(row => columns.map((column, index) => column.short?.(row[index] ?? "") ?? row[index] ?? ""));
    const widths = widthsOf(columns, short);
    if (!isTooWide(widths)) return short.map(row => aligned(columns, row, widths));
    const [firsts, last] = [widths.slice(0, -1), columns[columns.length - 1]];
    const room = width - total(firsts) - GAP.length;
    const needed = Math.max(READABLE, ...short.map(row => longestWord(row[firsts.length] ?? "")));
    if (last?.align === "right" || room < needed) {
        const hasNumbers = columns.some(({ align }) => align === "right");
        if (last?.align !== "right" && firsts.length > 0 && (hasNumbers || !isTooWide(firsts)))
            return short.map(row => withLastBelow(columns, row, shrunk(columns.slice(0, -1), short, firsts, width), width));
        return short.map(row => aligned(columns, row, shrunk(columns, short, widths, width)));
    }
    return short.map(row => aligned(columns, row, [...firsts, Math.min(room, widths[widths.length - 1] ?? 0)]));
}

/** A text of which no line is longer than a terminal is wide, but for a longer word; what is broken hangs below its line. */
export function fitted(text: string, width: number): string {
    if (width === Infinity) return text;
    return text
        .split("\n")
        .flatMap(line => broken(line, width))
        .join("\n");
}

function broken(line: string, width: number): string[] {
    if (stringWidth(line) <= width) return [line];
    const [indent = ""] = /^ */.exec(line) ?? [];
    const hanging = `${indent}${GAP}`;
    const [first = "", ...others] = inLines(line.slice(indent.length), width - hanging.length);
    return [`${indent}${first}`, ...others.map(other => `${hanging}${other}`)];
}

/** Broken between words alone. */
export function inLines(text: string, width: number): string[] {
    return wrapAnsi(text, Math.max(1, width)).split("\n");
}

/** Spaces behind a text, or before it. */
export function padded(text: string, width: number, align: "left" | "right" = "left"): string {
    const spaces = " ".repeat(Math.max(0, width - stringWidth(text)));
    return align === "right" ? `${spaces}${text}` : `${text}${spaces}`;
}

function widthsOf(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
    return columns.map((_, index) => Math.max(...rows.map(row => stringWidth(row[index] ?? ""))));
}

function total(widths: readonly number[]): number {
    return widths.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(0, widths.length - 1);
}

/** A row whose cells take so many lines as the longest needs. */
function aligned(columns: readonly Column[], row: readonly string[], widths: readonly number[]): string {
    const cells = widths.map((width, index) => cellLines(row[index] ?? "", width));
    const height = Math.max(1, ...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
        widths
            .map((width, index) => padded(cells[index]?.[line] ?? "", width, columns[index]?.align))
            .join(GAP)
            .trimEnd(),
    ).join("\n");
}

/** Every line of a cell keeps the indentation of its first. */
function cellLines(cell: string, width: number): string[] {
    if (stringWidth(cell) <= width) return [cell];
    const [indent = ""] = /^ */.exec(cell) ?? [];
    return inLines(cell.slice(indent.length), width - indent.length).map(line => `${indent}${line}`);
}

function withLastBelow(columns: readonly Column[], row: readonly string[], widths: readonly number[], width: number): string {
    const text = row[widths.length] ?? "";
    const below = text === "" ? [] : inLines(text, width - BELOW.length).map(line => `${BELOW}${line}`);
    return [aligned(columns, row, widths), ...below].join("\n");
}

/** The widest columns of text give way first, as far as their longest word. */
function shrunk(
    columns: readonly Column[],
    rows: readonly (readonly string[])[],
    natural: readonly number[],
    width: number,
): number[] {
    const widths = [...natural];
    const least = columns.map(({ align }, index) =>
        align === "right" ? (natural[index] ?? 0) : Math.max(...rows.map(row => longestWord(row[index] ?? ""))),
    );
    for (let excess = total(widths) - width; excess > 0; excess--) {
        const [widest] = widths
            .map((_, index) => index)
            .filter(index => (widths[index] ?? 0) > (least[index] ?? 0))
            .sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
        if (widest === undefined) break;
        widths[widest] = (widths[widest] ?? 0) - 1;
    }
    return widths;
}

/** Width of what is never broken, with the indentation before it. */
export function longestWord(cell: string): number {
    const [indent = ""] = /^ */.exec(cell) ?? [];
    return (
        indent.length +
        Math.max(
            0,
            ...cell
                .trim()
                .split(" ")
                .map(word => stringWidth(word)),
        )
    );
}

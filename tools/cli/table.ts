/** A column of a table; text to the left, numbers to the right. */
export interface Column {
    readonly title: string;
    /** @default "left" */
    readonly align?: "left" | "right";
}

const GAP = "  ";

/** Rows under aligned columns, a line each, the titles first. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
    const lines = [columns.map(({ title }) => title), ...rows];
    const widths = columns.map((_, index) => Math.max(...lines.map(line => (line[index] ?? "").length)));
    return lines.map(line =>
        columns
            .map(({ align }, index) => {
                const [text, width] = [line[index] ?? "", widths[index] ?? 0];
                return align === "right" ? text.padStart(width) : text.padEnd(width);
            })
            .join(GAP)
            .trimEnd(),
    );
}

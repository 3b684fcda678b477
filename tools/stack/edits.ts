import { Document, Pair, Scalar, YAMLMap, isMap, isPair, isScalar, parseDocument } from "yaml";

/** A piece of a text that another takes the place of. */
export interface Edit {
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

/** The text with its edits, in any order; all else stays as it is, byte for byte. */
export function edited(text: string, edits: readonly Edit[]): string {
    return [...edits]
        .sort((a, b) => b.start - a.start)
        .reduce((done, { start, end, text: piece }) => done.slice(0, start) + piece + done.slice(end), text);
}

export function documentOf(text: string): Document {
    return parseDocument(text);
}

/** The mapping at a path, where there is one. */
export function mapAt(document: Document, path: readonly string[]): YAMLMap | undefined {
    const node = document.getIn(path, true);
    return isMap(node) ? node : undefined;
}

export function pairIn(map: YAMLMap | undefined, key: string): Pair<Scalar> | undefined {
    return map?.items.find((item): item is Pair<Scalar> => isPair(item) && isScalar(item.key) && item.key.value === key);
}

/** Whole lines of a key and its value, in a mapping that has a line for each. */
export function linesOf(text: string, pair: Pair<Scalar>): Omit<Edit, "text"> {
    const [start, keyEnd] = rangeOf(pair.key);
    const [, valueEnd] = pair.value === null ? [0, keyEnd] : rangeOf(pair.value);
    // The value of a block ends behind its last line.
    const last = text[valueEnd - 1] === "\n" ? valueEnd - 1 : valueEnd;
    const end = text.indexOf("\n", last);
    return { start: text.lastIndexOf("\n", start) + 1, end: end < 0 ? text.length : end + 1 };
}

/** In place of a node. */
export function replaced(node: unknown, text: string): Edit {
    const [start, end] = rangeOf(node);
    return { start, end, text };
}

function rangeOf(node: unknown): readonly [number, number] {
    const { range } = node as { readonly range?: readonly [number, number, number] | null };
    if (!range) throw new Error("a node that was not read from a text");
    return [range[0], range[1]];
}

/** Every scalar below a node, with its path. */
export function scalarsIn(
    node: unknown,
    path: readonly string[] = [],
): { readonly path: readonly string[]; readonly node: Scalar }[] {
    if (isScalar(node)) return [{ path, node }];
    if (isPair(node)) return scalarsIn(node.value, [...path, String((node.key as Scalar).value)]);
    if (typeof node !== "object" || node === null || !("items" in node)) return [];
    const items = node.items as unknown[];
    return items.flatMap((item, index) => scalarsIn(item, isPair(item) ? path : [...path, String(index)]));
}

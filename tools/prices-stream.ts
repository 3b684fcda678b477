/** What to do with the value at a place: give it out whole, look inside, or pass over it. */
export type Interest = "take" | "open" | "skip";

/** A value that was taken, or, without text, an object that was looked into and is now closed. */
export interface Piece {
    /** Keys from the top. */
    readonly path: readonly string[];
    /** JSON of the value. */
    readonly text?: string;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Cuts objects and texts out of a JSON document while it arrives. AWS's price list for EC2 is half a gigabyte, more than a string can hold, and
 * the part that matters is over before its middle: the reader stops there.
 */
export async function* cutJson(
    chunks: AsyncIterable<string>,
    interestIn: (path: readonly string[]) => Interest,
): AsyncGenerator<Piece> {
    const cutter = new Cutter(interestIn);
    for await (const chunk of chunks) yield* cutter.feed(chunk);
    if (cutter.depth > 0) throw new SyntaxError("the JSON document ends in the middle");
}

class Cutter {
    depth = 0;
    private readonly path: string[] = [];
    /** Whether each open bracket that is looked into belongs to an object. */
    private readonly objects: boolean[] = [];
    private inText = false;
    private escaped = false;
    private atKey = false;
    private key: string[] | undefined;
    /** A value that is being taken or passed over, since the depth it began at. */
    private value: { readonly depth: number; readonly parts: string[] | undefined } | undefined;

    constructor(private readonly interestIn: (path: readonly string[]) => Interest) {}

    *feed(chunk: string): Generator<Piece> {
        /** Where the key or the value began that is still open. */
        let from = 0;
        for (let at = 0; at < chunk.length; at++) {
            const code = chunk.charCodeAt(at);
            if (this.inText) {
                if (this.escaped) this.escaped = false;
                else if (code === BACKSLASH) this.escaped = true;
                else if (code === QUOTE) {
                    this.inText = false;
                    if (this.key !== undefined) this.path[this.path.length - 1] = this.endKey(chunk.slice(from, at + 1));
                    else if (this.value?.depth === this.depth) yield* this.endValue(chunk.slice(from, at + 1));
                }
            } else if (code === QUOTE) {
                this.inText = true;
                if (this.value !== undefined) continue;
                from = at;
                if (this.atKey) this.key = [];
                else this.beginValue("skip");
            } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
                if (this.value === undefined) {
                    from = at;
                    if (!this.beginValue("open")) this.open(code === OPEN_OBJECT);
                }
                this.depth += 1;
            } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
                this.depth -= 1;
                if (this.value?.depth === this.depth) yield* this.endValue(chunk.slice(from, at + 1));
                else if (this.value === undefined) yield* this.close();
            } else if (this.value === undefined && code === COMMA) this.atKey = this.objects[this.objects.length - 1] ?? false;
            else if (this.value === undefined && code === COLON) this.atKey = false;
        }
        this.value?.parts?.push(chunk.slice(from));
        this.key?.push(chunk.slice(from));
    }

    /** Whether a value is kept or passed over as a whole. A text is not looked into, and neither is a value inside of a list. */
    private beginValue(otherwise: "open" | "skip"): boolean {
        const interest = this.objects[this.objects.length - 1] === false ? "skip" : this.interestIn(this.path);
        if (interest === "open" && otherwise === "open") return false;
        this.value = { depth: this.depth, parts: interest === "take" ? [] : undefined };
        return true;
    }

    private *endValue(rest: string): Generator<Piece> {
        const parts = this.value?.parts;
        this.value = undefined;
        if (parts !== undefined) yield { path: [...this.path], text: [...parts, rest].join("") };
    }

    private endKey(rest: string): string {
        const text = [...(this.key ?? []), rest].join("");
        this.key = undefined;
        return JSON.parse(text) as string;
    }

    private open(isObject: boolean): void {
        this.objects.push(isObject);
        this.path.push("");
        this.atKey = isObject;
    }

    private *close(): Generator<Piece> {
        this.objects.pop();
        this.path.pop();
        this.atKey = false;
        yield { path: [...this.path] };
    }
}

import assert from "node:assert/strict";
import fc from "fast-check";
import { Interest, Piece, cutJson } from "../../tools/prices-stream";

/** The text in pieces of these lengths, over and over. */
async function* inChunks(text: string, lengths: readonly number[]): AsyncGenerator<string> {
    for (let from = 0, index = 0; from < text.length; index++) {
        const length = Math.max(1, lengths[index % lengths.length] ?? 1);
        yield await Promise.resolve(text.slice(from, from + length));
        from += length;
    }
}

async function pieces(
    text: string,
    interestIn: (path: readonly string[]) => Interest,
    lengths: readonly number[] = [7],
): Promise<Piece[]> {
    const found: Piece[] = [];
    for await (const piece of cutJson(inChunks(text, lengths), interestIn)) found.push(piece);
    return found;
}

const takeBelowTop = (path: readonly string[]): Interest => (path.length === 0 ? "open" : "take");

describe("the JSON cutter", () => {
    it("gives out every object and text below the top, wherever the chunks end", async () => {
        const inner = fc.dictionary(fc.string(), fc.jsonValue());
        const values = fc.oneof(inner, fc.string());
        const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
        await fc.assert(
            fc.asyncProperty(
                fc.dictionary(fc.string(), values),
                lengths,
                fc.constantFrom(0, 2),
                async (document, sizes, indent) => {
                    const text = JSON.stringify(document, null, indent);
                    const found = await pieces(text, takeBelowTop, sizes);
                    const taken = found.filter(piece => piece.text !== undefined);
                    assert.deepEqual(
                        taken.map(({ path, text: json }) => [path, JSON.parse(json ?? "") as unknown]),
                        Object.entries(JSON.parse(text) as Record<string, unknown>).map(([key, value]) => [[key], value]),
                    );
                },
            ),
            { numRuns: 200 },
        );
    });

    it("passes over what nobody wants, numbers and lists included", async () => {
        const text =
            '{ "a" : [ { "b" : "}" }, 1 ], "n" : 12.5e3, "t" : true, "skip" : { "deep" : [ "x\\"]" ] }, "want" : { "x" : null } }';
        const interest = (path: readonly string[]): Interest =>
            path.length === 0 ? "open" : path[0] === "want" ? "take" : "skip";
        assert.deepEqual(await pieces(text, interest), [{ path: ["want"], text: '{ "x" : null }' }, { path: [] }]);
    });

    it("says when an object that it looked into is over", async () => {
        const interest = (path: readonly string[]): Interest => (path.length < 2 ? "open" : "take");
        const found = await pieces('{"one":{"a":"1","b":{}},"two":{}}', interest);
        assert.deepEqual(
            found.map(({ path, text }) => [path.join("."), text]),
            [
                ["one.a", '"1"'],
                ["one.b", "{}"],
                ["one", undefined],
                ["two", undefined],
                ["", undefined],
            ],
        );
    });

    it("refuses a document that ends in the middle", async () => {
        await assert.rejects(pieces('{"one":{"a":"1"', takeBelowTop), /ends in the middle/);
    });
});

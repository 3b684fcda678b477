import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { StackFile, readStackFile } from "../../settings/stack-file";
import { UnreadableFile } from "../../settings/yaml";
import { TEXTS } from "../fixtures/stack-file/texts";

interface Row {
    readonly text: string;
    readonly engine: {
        readonly config?: Readonly<Record<string, string>>;
        readonly secret?: readonly string[];
        readonly error?: string;
    };
}

/** What Pulumi's own package makes of each text; `record.ts` beside it. */
const ROWS = JSON.parse(readFileSync(path.join(__dirname, "../fixtures/stack-file/engine.json"), "utf8")) as readonly Row[];

function reading(text: string): StackFile | undefined {
    try {
        return readStackFile(text, "fargate");
    } catch (error) {
        assert.ok(error instanceof UnreadableFile, `${JSON.stringify(text)}: ${String(error)}`);
        return undefined;
    }
}

/** Go sorts keys and escapes other characters; numbers as the program reads them. */
const meant = (text: string): unknown => {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
};
const all = (config: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(config).map(([key, text]) => [key, meant(text)]));

describe("a stack file", () => {
    it("is read as the engine reads it, or refused: scalars of every kind, at the top, in mappings, in lists, as keys", () => {
        assert.deepEqual(
            ROWS.map(({ text }) => text),
            TEXTS,
            "recorded anew: tests/fixtures/stack-file/record.ts",
        );
        const refused: string[] = [];
        for (const { text, engine } of ROWS) {
            const file = reading(text);
            if (file === undefined) {
                if (engine.error === undefined) refused.push(text);
                continue;
            }
            // Which Go does not find again among its keys.
            if (text.endsWith(" .nan: v\n")) continue;
            const isTold = file.altered.length > 0 || file.misplaced.length > 0;
            if (engine.error !== undefined) assert.ok(isTold, `the engine refuses ${JSON.stringify(text)}: ${engine.error}`);
            else if (file.misplaced.length === 0 && file.secretKeys.length === 0)
                assert.deepEqual(all(file.config), all(engine.config ?? {}), JSON.stringify(text));
            if (engine.error === undefined) assert.deepEqual(file.secretKeys, [...(engine.secret ?? [])].sort(), text);
        }
        // Tags, another document or directive, and what YAML 1.2 and the engine part by brackets in two ways.
        const kinds = /!|---|%YAML|\u0085|\u2028|[[{][^\]}]*[:?]|\r/;
        assert.deepEqual(
            refused.filter(text => !kinds.test(text)),
            [],
        );
    });

    it("tells each scalar that reaches the program as something else, with both texts", () => {
        const told = ROWS.flatMap(({ text, engine }) => {
            const [, key = "", scalar = ""] = /^config:\n {2}fargate:(t): (.*)\n$/.exec(text) ?? [];
            if (key === "" || engine.config === undefined || /^['"!&|]/.test(scalar)) return [];
            const sent = engine.config["fargate:t"] ?? "";
            const written = scalar.replace(/ #.*/, "");
            return [{ scalar, isOther: sent !== written && sent !== "", altered: reading(text)?.altered ?? [], written }];
        });
        assert.ok(told.length > 90);
        for (const { scalar, isOther, altered, written } of told) {
            // JavaScript's numbers end earlier than Go's.
            if (/^-?\d{16,}$/.test(scalar)) continue;
            assert.deepEqual(
                altered.map(one => one.written),
                isOther ? [written] : [],
                scalar,
            );
        }
    });

    it("may name what it repeats: an anchor at its top is no configuration", () => {
        const file = readStackFile("common: &common { A: x }\nconfig:\n  fargate:m: { <<: *common, B: y }\n", "fargate");
        assert.deepEqual([file.config, file.misplaced], [{ "fargate:m": '{"B":"y","A":"x"}' }, []]);
    });

    it("tells a merged value that reaches the program as something else, but not one that is overridden", () => {
        const file = readStackFile(
            "common: &common { A: 014, B: 015 }\nconfig:\n  fargate:m: { <<: *common, B: y }\n",
            "fargate",
        );
        assert.deepEqual(file.altered, [{ path: ["fargate:m", "A"], is: "value", written: "014", sent: "12" }]);
    });

    it("that cannot be read is told by its place, and never by its text", () => {
        const at = (text: string) => {
            try {
                readStackFile(text, "fargate");
            } catch (error) {
                return error instanceof UnreadableFile ? error.message : String(error);
            }
            return assert.fail(`read: ${text}`);
        };
        assert.match(at("config:\n  a: [hunter2\n"), /^line 3, column 1: a line that is not indented as what it belongs to$/);
        assert.match(at("config:\n\ta: hunter2\n"), /^line 2, column 1: a tab where spaces have to indent$/);
        assert.match(at("config:\n  a: 1\n  a: 2\n"), /^line 3, column 3: a key that stands there twice$/);
        assert.match(at("config:\n  a: 1\n---\nb: 2\n"), /^line 3, column 1: a second document, which the engine does not read$/);
        for (const [slip, fault] of [
            ["a: -", /such as a `-`: put the text in quotes$/],
            ["a: - x", /such as a `-`: put the text in quotes$/],
            ["a: { c: a:}", /at the end of a text between brackets: put the text in quotes$/],
            ["a: [_, ?]", /without a name: put the text in quotes$/],
            ["a:\n    - :", /without a name: put the text in quotes$/],
            ["a: &é x", /an anchor or alias whose name/],
            ["a: &a.b x\n  b: *a.b", /an anchor or alias whose name/],
            ['a: "\\ud83d\\ude00"', /write the character itself$/],
            ['a: "\\U0000D83D"', /write the character itself$/],
        ] as const)
            assert.match(at(`config:\n  ${slip}\n`), fault, slip);
        assert.deepEqual(reading('config:\n  a: &a_b-1 "\\\\ud83d"\n  b: *a_b-1\n')?.config["fargate:b"], "\\ud83d");
        for (const broken of [
            "a: hunter2: x",
            'a: "hunter2',
            'a: "\\hunter2"',
            "a: 'hunter2' hunter2",
            "a: @hunter2",
            "a: *hunter2",
            "a: !hunter2 x",
            "a: |hunter2",
            "a: [hunter2: x",
            "a: hunter2\n b: x",
            "? [hunter2]\n: x",
        ])
            assert.doesNotMatch(at(`config:\n  ${broken}\n`), /hunter2/, broken);
        assert.match(at("config:\n  a: \u001b[31mhunter2\n"), /^line 2, column 6: a control character/);
    });

    it("is bounded: no aliases of aliases, no depth without an end", () => {
        const levels = Array.from({ length: 12 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`);
        assert.equal(reading(`l0: &l0 [x]\n${levels.join("\n")}\nconfig: { a: *l12 }\n`), undefined);
        assert.equal(reading(`config: { a: ${"[".repeat(5000)}${"]".repeat(5000)} }\n`), undefined);
        assert.equal(reading("config:\n  a: &x { <<: *x }\n"), undefined);
    });

    it("is UTF-8", () => {
        assert.throws(() => readStackFile(Buffer.from([0x63, 0x3a, 0x20, 0xff]), "fargate"), UnreadableFile);
        assert.throws(() => readStackFile(Buffer.from("config:\n", "utf16le"), "fargate"), UnreadableFile);
    });
});

import {
    Document,
    LineCounter,
    Node,
    Scalar,
    YAMLMap,
    YAMLSeq,
    isAlias,
    isMap,
    isNode,
    isScalar,
    isSeq,
    parseDocument,
    visit,
} from "yaml";
import type { KeyPath } from "./problems";
import { keyText, resolvePlain } from "./yaml-scalars";

/** A file that the engine cannot read, or would read as something else than it looks like. */
export class UnreadableFile extends Error {}

/** A scalar or key that reaches the program as something else than is written. */
export interface Altered {
    readonly path: KeyPath;
    readonly is: "key" | "value";
    readonly written: string;
    readonly sent: string;
}

/** What a file says, as the engine reads it. */
export interface Content {
    /** Mappings with their keys in the order of the file. */
    readonly value: unknown;
    readonly altered: readonly Altered[];
    /** Names at the top of the file whose value is there for an anchor. */
    readonly anchored: readonly string[];
}

/** Line breaks or control characters for the engine's reader, and not for this one, or the other way around. */
const STRANGE = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)/;

/** More would be aliases of aliases; the engine has a limit too. */
const MOST_NODES = 100_000;
const DEEPEST = 100;

const QUOTE = "a `:` or `?` between brackets, of which nobody knows what it belongs to: put the text in quotes";

const EMPTY_KEY = "a `:` or `?` without a name: put the text in quotes";
const ANCHOR = "an anchor or alias whose name is not of letters, digits, _ and -: use those, or put the text in quotes";
const SURROGATE = "an escape of half a character, in double quotes: write the character itself";

/** What the parser has against a file, without the text that it may quote. */
const FAULTS = {
    BAD_ALIAS: "an alias or anchor without a name that is known",
    BAD_COLLECTION_TYPE: "a tag",
    BAD_DIRECTIVE: "a directive",
    BAD_DQ_ESCAPE: "an escape that does not exist, in double quotes: write \\\\ for \\, or use single quotes",
    BAD_INDENT: "a line that is not indented as what it belongs to",
    BAD_SCALAR_START: "a character that starts no plain text: put the text in quotes",
    BLOCK_IN_FLOW: "a `:` at the end of a text between brackets: put the text in quotes",
    UNEXPECTED_TOKEN: "what cannot stand there, such as a `-`: put the text in quotes",
    BLOCK_AS_IMPLICIT_KEY: "a second `: ` in one line: put the text in quotes",
    DUPLICATE_KEY: "a key that stands there twice",
    MISSING_CHAR: "a quote, bracket, brace, comma or `:` that is missing",
    MULTILINE_IMPLICIT_KEY: "a key without `:`, or of more than one line",
    MULTIPLE_DOCS: "a second document, which the engine does not read",
    RESOURCE_EXHAUSTION: "too many levels",
    TAB_AS_INDENT: "a tab where spaces have to indent",
    TAG_RESOLVE_FAILED: "a tag: put text in quotes instead",
};

/**
 * Reads YAML as the engine does, whose reader is go-yaml v3.0.1 with `<<` as a merge key.
 *
 * @throws UnreadableFile with the place and without the text, which may hold a secret
 */
export function readYaml(bytes: Uint8Array | string): Content {
    return new Reader(typeof bytes === "string" ? bytes.replace(/^\ufeff/, "") : decoded(bytes)).read();
}

function decoded(bytes: Uint8Array): string {
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
        throw new UnreadableFile("it is not UTF-8");
    }
}

class Reader {
    private readonly lines = new LineCounter();
    private readonly document: Document;
    private readonly altered: Altered[] = [];
    /** What stands around the node that is read, through aliases too. */
    private readonly around = new Set<Node>();
    private readonly targets = new Map<Node, Node>();
    private nodes = 0;

    constructor(private readonly text: string) {
        this.document = parsed(text, this.lines);
    }

    read(): Content {
        const strange = STRANGE.exec(this.text);
        if (strange !== null)
            this.fail(strange.index, "a control character or a line break of another kind; escape it in double quotes");
        const [error] = [...this.document.errors, ...this.document.warnings];
        if (error !== undefined)
            this.fail(error.pos[0], (FAULTS as Readonly<Record<string, string | undefined>>)[error.code] ?? "what is no YAML");
        if (this.document.directives?.yaml.explicit === true) this.fail(0, "a directive");
        visit(this.document, { Node: (_, node) => this.checkForm(node) });
        const { contents } = this.document;
        const value = this.valueOf(contents, []);
        const pairs = isMap(contents) ? contents.items : [];
        const anchored = pairs.filter(({ value: node }) => hasAnchor(node)).map(({ key }) => String(key));
        return { value, altered: this.altered, anchored };
    }

    private valueOf(node: unknown, path: KeyPath, isInFlow = false): unknown {
        if (node === null || node === undefined) return null;
        const here = this.target(node);
        if (isScalar(here)) return this.scalar(here, path, "value", isInFlow && here === node);
        return this.within(here, () => {
            const { flow = false } = here as YAMLMap | YAMLSeq;
            if (isSeq(here)) return here.items.map((item, index) => this.valueOf(item, [...path, String(index)], flow));
            const pairs = [...this.pairsOf(here as YAMLMap, path)];
            return Object.fromEntries(pairs.map(([name, value]) => [name, this.valueOf(value, [...path, name], flow)]));
        });
    }

    /** Keys with the nodes of their values. Own keys first; of what is merged, earlier maps win over later ones. */
    private pairsOf(map: YAMLMap, path: KeyPath): Map<string, unknown> {
        const pairs = new Map<string, unknown>();
        for (const { key, value } of map.items) {
            const name = this.keyOf(key, map, path);
            if (pairs.has(name)) this.fail(key as Node, FAULTS.DUPLICATE_KEY);
            pairs.set(name, value);
        }
        if (!pairs.has("<<")) return pairs;
        const merged = pairs.get("<<");
        pairs.delete("<<");
        for (const each of isSeq(merged) ? merged.items : [merged]) {
            const from = isNode(each) ? this.target(each) : undefined;
            if (!isMap(from)) return this.fail(map, "`<<` with something else than a mapping or a list of mappings");
            for (const [name, value] of this.within(from, () => this.pairsOf(from, path)))
                if (!pairs.has(name)) pairs.set(name, value);
        }
        return pairs;
    }

    private within<T>(node: Node, read: () => T): T {
        this.checkTag(node);
        this.nodes += 1;
        if (this.nodes > MOST_NODES) this.fail(node, "aliases that make it too large");
        if (this.around.has(node)) this.fail(node, "an anchor whose value contains itself");
        if (this.around.size > DEEPEST) this.fail(node, `more than ${DEEPEST} levels`);
        this.around.add(node);
        const result = read();
        this.around.delete(node);
        return result;
    }

    private keyOf(node: unknown, map: YAMLMap, path: KeyPath): string {
        const key = isNode(node) ? this.target(node) : undefined;
        if (!isScalar(key)) return this.fail(map, "a key that is a list or a mapping");
        return String(this.scalar(key, path, "key", map.flow === true && key === node));
    }

    private scalar(node: Scalar, path: KeyPath, is: Altered["is"], isInFlow: boolean): unknown {
        this.checkTag(node);
        const written = String(node.value);
        if (node.tag !== undefined && node.source === "") this.fail(node, FAULTS.TAG_RESOLVE_FAILED);
        const [start = 0, end = 0] = node.range ?? [];
        const colon = is === "key" && isInFlow ? (/^\s*:/.exec(this.text.slice(end))?.[0] ?? "") : "";
        if (is === "key" && (this.text.slice(start, end) + colon).includes("\n")) this.fail(node, FAULTS.MULTILINE_IMPLICIT_KEY);
        if (is === "key" && node.type === "PLAIN" && node.source === "") this.fail(node, EMPTY_KEY);
        if (node.type !== "PLAIN" || node.tag !== undefined) return written;
        // Text in YAML 1.2, and the start of a key or nothing at all for the engine; `[a:, b]` the other way around.
        if (isInFlow && /^:|\?/.test(written)) this.fail(node, QUOTE);
        if (colon !== "" && /^[,\]}]/.test(this.text.slice(end + colon.length))) this.fail(node, QUOTE);
        const value = resolvePlain(written);
        if (is === "value" && value === null) return value;
        const sent = is === "key" ? keyText(written) : String(value);
        if (sent !== written) this.altered.push({ path: is === "key" ? [...path, sent] : path, is, written, sent });
        return is === "key" ? sent : value;
    }

    /** What an alias stands for. */
    private target(node: unknown): Node {
        if (!isAlias(node)) return node as Node;
        const target = this.targets.get(node) ?? node.resolve(this.document) ?? this.fail(node, FAULTS.BAD_ALIAS);
        this.targets.set(node, target);
        return target;
    }

    /** What YAML 1.2 allows and the engine's scanner does not. */
    private checkForm(node: Node): void {
        const name = isAlias(node) ? node.source : (node as Scalar).anchor;
        if (name !== undefined && !/^[A-Za-z0-9_-]+$/.test(name)) this.fail(node, ANCHOR);
        if (!isScalar(node) || node.type !== "QUOTE_DOUBLE") return;
        const [start = 0, end = 0] = node.range ?? [];
        const escapes: readonly string[] = this.text.slice(start, end).match(/\\(U[\da-f]{8}|u[\da-f]{4}|[^])/gi) ?? [];
        if (escapes.includes("\\/")) this.fail(node, FAULTS.BAD_DQ_ESCAPE);
        if (escapes.some(escape => /^\\(u|U0000)d[89a-f]/i.test(escape))) this.fail(node, SURROGATE);
    }

    private checkTag(node: Node): void {
        const isText = node.tag === undefined || node.tag === "tag:yaml.org,2002:str";
        if (!isText) this.fail(node, FAULTS.TAG_RESOLVE_FAILED);
    }

    private fail(at: Node | number, fault: string): never {
        const { line, col } = this.lines.linePos(typeof at === "number" ? at : (at.range?.[0] ?? 0));
        throw new UnreadableFile(`line ${line}, column ${col}: ${fault}`);
    }
}

function parsed(text: string, lineCounter: LineCounter): Document {
    // Without types: what a plain scalar is, the engine decides.
    return parseDocument(text, { schema: "failsafe", uniqueKeys: false, prettyErrors: false, logLevel: "error", lineCounter });
}

function hasAnchor(node: unknown): boolean {
    return isNode(node) && "anchor" in node && node.anchor !== undefined;
}

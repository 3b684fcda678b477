import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { PROJECT_FOLDER } from "../../settings";
import { RULE_NAMES } from "../../settings/rule-names";
import { exitCodes, runCommand } from "../cli/command";
import { stackSchema } from "./schema";

/** The page whose table of keys is generated. */
export const CONFIGURATION_PAGE = path.join(PROJECT_FOLDER, "docs", "configuration.md");

export const command = new Command("docs")
    .description("Renew the table of configuration keys in docs/configuration.md.")
    .addHelpText("after", exitCodes())
    .action(() => writeFileSync(CONFIGURATION_PAGE, withKeysTable(readFileSync(CONFIGURATION_PAGE, "utf8"))));

const BEGIN = "<!-- keys:begin -->";
const END = "<!-- keys:end -->";

interface Node {
    readonly type?: string | readonly string[];
    readonly description?: string;
    readonly default?: unknown;
    readonly enum?: readonly unknown[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly properties?: Readonly<Record<string, Node>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: Node | boolean;
    readonly items?: Node;
    readonly anyOf?: readonly Node[];
}

/** Every key with what it takes, its default and what it means, as Markdown. */
export function keysTable(): string {
    const { properties } = stackSchema() as { properties: { config: Node } };
    const keys = Object.entries(properties.config.properties ?? {});
    const inNamespace = (namespace: string) => keys.filter(([key]) => key.startsWith(`${namespace}:`));
    const rows = [...inNamespace("fargate"), ...inNamespace("aws")].flatMap(([key, node]) => rowsOf(key, node));
    return ["| key | value | default | meaning |", "|---|---|---|---|", ...rows].join("\n");
}

/** The page with its table made anew. */
export function withKeysTable(page: string): string {
    const [before, rest] = page.split(BEGIN);
    const after = rest?.split(END)[1];
    if (before === undefined || after === undefined) throw new Error(`docs/configuration.md lacks ${BEGIN} or ${END}`);
    return `${before}${BEGIN}\n\n${keysTable()}\n\n${END}${after}`;
}

function rowsOf(key: string, node: Node): string[] {
    const below = [
        ...Object.entries(node.properties ?? {}).map(([name, child]) => [`${key}.${name}`, child] as const),
        ...(typeof node.additionalProperties === "object" ? [[`${key}.<name>`, node.additionalProperties] as const] : []),
        ...(node.items?.properties === undefined
            ? []
            : Object.entries(node.items.properties).map(([name, child]) => [`${key}[].${name}`, child] as const)),
    ];
    const own = node.description === undefined ? [] : [rowOf(key, valuesOf(node), defaultOf(node), node.description)];
    return [...own, ...formRows(key, node), ...below.flatMap(([name, child]) => rowsOf(name, child))];
}

/** A key that several forms of its holder have is one row, with what the further forms make of it where they differ from the first. */
function formRows(key: string, { anyOf = [] }: Node): string[] {
    const [first, ...further] = anyOf;
    if (first?.properties === undefined || further.some(({ properties }) => properties === undefined)) return [];
    const names = new Set(anyOf.flatMap(({ properties = {} }) => Object.keys(properties)));
    return [...names].flatMap(name => {
        const place = `${key}.${name}`;
        const own = first.properties?.[name];
        const others = further.flatMap(form => {
            const node = form.properties?.[name];
            return node === undefined ? [] : [{ node, sign: `\`${form.required?.[0] ?? ""}\`` }];
        });
        const [other] = others;
        if (other === undefined || own === undefined) return rowsOf(place, own ?? other?.node ?? {});
        if (others.some(({ node }) => JSON.stringify(node) !== JSON.stringify(other.node)))
            throw new Error(`${place} differs from form to form more than the table shows`);
        const signs = others
            .map(({ sign }) => sign)
            .join(", ")
            .replace(/, ([^,]*)$/, " or $1");
        const both = (of: (node: Node) => string) => {
            const [one, two] = [of(own), of(other.node)];
            return one === two ? one : [one.replace(/\.$/, ""), two && `with ${signs}: ${two}`].filter(Boolean).join("; ");
        };
        return [
            rowOf(
                place,
                both(valuesOf),
                both(defaultOf),
                both(({ description = "" }) => description),
            ),
        ];
    });
}

function rowOf(key: string, values: string, byDefault: string, meaning: string): string {
    return `| \`${key}\` | ${values} | ${byDefault} | ${cell(meaning)} |`;
}

function valuesOf({ enum: values, type, minimum, maximum, anyOf, items }: Node): string {
    if (values?.length === RULE_NAMES.length) return `one of ${values.length} rules, which [controls.md](controls.md) lists`;
    if (values !== undefined) return values.map(value => `\`${String(value)}\``).join(", ");
    if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
    if (anyOf !== undefined) return [...new Set(anyOf.map(valuesOf))].join(" or ");
    if (type === "array")
        return `list of ${[items?.type ?? "value"]
            .flat()
            .map(each => `${each}s`)
            .join(" or ")}`;
    return type === undefined ? "" : cell([type].flat().join(" or "));
}

/** Defaults that are a form of nothing say nothing. */
function defaultOf({ default: value }: Node): string {
    if (value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0)) return "";
    return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function cell(text: string): string {
    return text.replaceAll("|", "\\|");
}

if (require.main === module) void runCommand(command);

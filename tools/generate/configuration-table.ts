import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { PROJECT_FOLDER } from "../../settings";
import { runCommand } from "../cli/command";
import { stackSchema } from "./schema";

/** The page whose table of keys is generated. */
export const CONFIGURATION_PAGE = path.join(PROJECT_FOLDER, "docs", "configuration.md");

export const command = new Command("docs")
    .description("Renew the table of configuration keys in docs/configuration.md.")
    .action(() => writeFileSync(CONFIGURATION_PAGE, withKeysTable(readFileSync(CONFIGURATION_PAGE, "utf8"))));

const BEGIN = "<!-- keys:begin -->";
const END = "<!-- keys:end -->";

/** Longer lists of values would make the table unreadable. */
const MOST_VALUES = 8;

interface Node {
    readonly type?: string | readonly string[];
    readonly description?: string;
    readonly default?: unknown;
    readonly enum?: readonly unknown[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly properties?: Readonly<Record<string, Node>>;
    readonly additionalProperties?: Node | boolean;
    readonly items?: Node;
    readonly anyOf?: readonly Node[];
}

/** Every key with what it takes, its default and what it means, as Markdown. */
export function keysTable(): string {
    const { properties } = stackSchema() as { properties: { config: Node } };
    const own = Object.entries(properties.config.properties ?? {}).filter(([key]) => key.startsWith("fargate:"));
    const rows = own.flatMap(([key, node]) => rowsOf(key, node));
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
        ...(node.anyOf ?? []).flatMap(form =>
            Object.entries(form.properties ?? {}).map(([name, child]) => [`${key}.${name}`, child] as const),
        ),
    ];
    const own =
        node.description === undefined
            ? []
            : [`| \`${key}\` | ${valuesOf(node)} | ${defaultOf(node)} | ${cell(node.description)} |`];
    return [...own, ...below.flatMap(([name, child]) => rowsOf(name, child))];
}

function valuesOf({ enum: values, type, minimum, maximum, anyOf, items }: Node): string {
    if (values !== undefined && values.length > MOST_VALUES) return `one of ${values.length}; the error lists them`;
    if (values !== undefined) return values.map(value => `\`${String(value)}\``).join(", ");
    if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
    if (anyOf !== undefined) return anyOf.map(valuesOf).join(" or ");
    if (type === "array") return `list of ${items?.type === undefined ? "values" : String(items.type)}s`;
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

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";

/** Writes what the declarations of @pulumi/aws say of its resources, functions and types: `types.ts PACKAGE OUTPUT`; see main.go. */

/** As main.go reads it. */
interface Property {
    /** Depth of arrays. */
    a?: number;
    /** An object type by name, alone or in arrays. */
    r?: string;
    /** A map, and the object type in it. */
    m?: 1;
    mr?: string;
    /** A primitive. */
    p?: string;
    /** Only an output. */
    o?: 1;
}
type Properties = Record<string, Property>;

function sourceFile(name: string): ts.SourceFile {
    return ts.createSourceFile(name, readFileSync(name, "utf8"), ts.ScriptTarget.Latest, false);
}

function describe(node: ts.TypeNode | undefined): Property {
    if (node === undefined) return {};
    if (ts.isParenthesizedTypeNode(node)) return describe(node.type);
    if (ts.isArrayTypeNode(node)) {
        const element = describe(node.elementType);
        return { ...element, a: (element.a ?? 0) + 1 };
    }
    if (ts.isUnionTypeNode(node)) return describeUnion(node);
    if (ts.isTypeReferenceNode(node)) {
        const name = nameOf(node.typeName);
        if (name === "pulumi.Input" || name === "pulumi.Output") return describe(node.typeArguments?.[0]);
        const [, object] = /^(?:inputs|outputs)\.(.+)$/.exec(name) ?? [];
        return object === undefined ? { p: "string" } : { r: object };
    }
    if (ts.isTypeLiteralNode(node)) {
        const value = describe(node.members.find(ts.isIndexSignatureDeclaration)?.type);
        return { m: 1, ...(value.r !== undefined && { mr: value.r }) };
    }
    if (node.kind === ts.SyntaxKind.StringKeyword) return { p: "string" };
    if (node.kind === ts.SyntaxKind.NumberKeyword) return { p: "number" };
    if (node.kind === ts.SyntaxKind.BooleanKeyword) return { p: "boolean" };
    return { p: "any" };
}

/** Of an object or something simple, such as a document or its text, the simple one counts. */
function describeUnion(node: ts.UnionTypeNode): Property {
    const parts = node.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword).map(describe);
    const full = parts.find(({ a, r, m }) => a !== undefined || r !== undefined || m !== undefined) ?? parts[0] ?? {};
    const simple = parts.find(({ p }) => p !== undefined);
    return simple !== undefined && full.r !== undefined && full.a === undefined ? { p: simple.p } : full;
}

function nameOf(name: ts.EntityName): string {
    return ts.isIdentifier(name) ? name.text : `${nameOf(name.left)}.${name.right.text}`;
}

function propertiesOf(members: readonly ts.Node[]): Properties {
    const properties: Properties = {};
    for (const member of members) {
        if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) continue;
        const isHidden = member.modifiers?.some(
            ({ kind }) => kind === ts.SyntaxKind.StaticKeyword || kind === ts.SyntaxKind.PrivateKeyword,
        );
        if (isHidden !== true && ts.isIdentifier(member.name)) properties[member.name.text] = describe(member.type);
    }
    return properties;
}

/** The interfaces of `types/input.d.ts` and `types/output.d.ts`, by `i:` or `o:` and their name. */
function objectTypes(root: string): Record<string, Properties> {
    const types: Record<string, Properties> = {};
    const walk = (node: ts.Node, prefix: string): void => {
        if (ts.isInterfaceDeclaration(node)) types[prefix + node.name.text] = propertiesOf(node.members);
        if (ts.isModuleDeclaration(node)) {
            const inner = `${prefix}${node.name.text}.`;
            if (node.body !== undefined && ts.isModuleBlock(node.body)) for (const one of node.body.statements) walk(one, inner);
            else if (node.body !== undefined) walk(node.body, inner);
        }
    };
    for (const [file, prefix] of [
        ["types/input.d.ts", "i:"],
        ["types/output.d.ts", "o:"],
    ] as const)
        for (const statement of sourceFile(path.join(root, file)).statements) walk(statement, prefix);
    return types;
}

function scriptsBelow(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
        const name = path.join(folder, entry.name);
        if (entry.isDirectory())
            return ["node_modules", "types", "bin", "scripts"].includes(entry.name) ? [] : scriptsBelow(name);
        return name.endsWith(".js") && existsSync(name.replace(/\.js$/, ".d.ts")) ? [name] : [];
    });
}

function onlyOutput(properties: Properties): Properties {
    return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, { ...one, o: 1 as const }]));
}

const [root = "", output = ""] = process.argv.slice(2);
const resources: Record<string, Properties> = {};
const functions: Record<string, { args: Properties; res: Properties }> = {};
for (const file of scriptsBelow(root)) {
    const script = readFileSync(file, "utf8");
    const type = /__pulumiType = '([^']+)'/.exec(script)?.[1];
    const token = /runtime\.invoke(?:Output)?\("(aws:[^"]+)"/.exec(script)?.[1];
    const { statements } = sourceFile(file.replace(/\.js$/, ".d.ts"));
    const interfaceOf = (name: string) =>
        propertiesOf(statements.filter(ts.isInterfaceDeclaration).find(one => one.name.text === name)?.members ?? []);
    if (type === "aws" || type?.startsWith("aws:")) {
        const declared = statements.find(ts.isClassDeclaration);
        const name = declared?.name?.text ?? "";
        const { urn: _, id: __, ...outputs } = propertiesOf(declared?.members ?? []);
        const [state, args] = [interfaceOf(`${name}State`), interfaceOf(`${name}Args`)];
        const inputs = Object.fromEntries(Object.keys({ ...state, ...args }).map(key => [key, { ...state[key], ...args[key] }]));
        resources[type === "aws" ? "pulumi:providers:aws" : type] = { ...onlyOutput(outputs), ...inputs };
    } else if (token !== undefined) {
        const short = token.split(":")[2] ?? "";
        const name = `${short.charAt(0).toUpperCase()}${short.slice(1)}`;
        functions[token] = { args: interfaceOf(`${name}Args`), res: onlyOutput(interfaceOf(`${name}Result`)) };
    }
}
writeFileSync(output, JSON.stringify({ resources, functions, types: objectTypes(root) }));

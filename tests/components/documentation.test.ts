import assert from "node:assert/strict";
import * as ts from "typescript";
import { COMPONENTS, COMPONENT_FILES, isExported, parsed, tagged } from "../support/component-docs";

type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** Types whose fields components take over as arguments of their own. */
const SETTINGS = new Map(typesOf(parsed("settings/types.ts")).map(type => [type.name.text, type]));
const TYPES = COMPONENT_FILES.flatMap(typesOf);
const FIELDS = new Set(TYPES.flatMap(fieldsOf));

describe("documentation of components", () => {
    it("says of every field of an argument what it is", () => {
        assert.ok(FIELDS.size > 60);
        assert.deepEqual([...FIELDS].filter(isUndocumented).map(label), []);
    });

    it("says of every optional field what happens without it", () => {
        const optional = [...FIELDS].filter(({ questionToken }) => questionToken !== undefined);
        assert.deepEqual(optional.filter(field => !tagged(field, "default").some(text => text !== "")).map(label), []);
    });

    it("says of every public output what it is", () => {
        const outputs = COMPONENTS.flatMap(({ members }) => members.filter(ts.isPropertyDeclaration)).filter(isPublic);
        assert.deepEqual(outputs.filter(isUndocumented).map(label), []);
    });

    it("says of every component what it costs", () => {
        const silent = COMPONENTS.filter(component => !/^Cost: \S/m.test(descriptionOf(component)));
        assert.deepEqual(silent.map(label), []);
    });

    it("shows one example of every component", () => {
        assert.deepEqual(COMPONENTS.filter(component => tagged(component, "example").length !== 1).map(label), []);
    });

    it("names the errors of every component that throws one", () => {
        const throwing = COMPONENTS.filter(component => throws(component.getSourceFile()));
        assert.deepEqual(throwing.filter(component => tagged(component, "throws").length === 0).map(label), []);
    });
});

function typesOf(file: ts.SourceFile): TypeDeclaration[] {
    const types = [...file.statements.filter(ts.isInterfaceDeclaration), ...file.statements.filter(ts.isTypeAliasDeclaration)];
    return types.filter(isExported);
}

/** Fields that stand in a type at any depth, and those of the settings that it is made of. */
function fieldsOf(type: TypeDeclaration): ts.PropertySignature[] {
    const fields: ts.PropertySignature[] = [];
    const visit = (node: ts.Node, isOwn: boolean): void => {
        if (ts.isPropertySignature(node)) fields.push(node);
        const name = isOwn && ts.isIdentifier(node) ? SETTINGS.get(node.text) : undefined;
        if (name !== undefined) fields.push(...fieldsOf(name));
        node.forEachChild(child => visit(child, isOwn && !ts.isPropertySignature(node)));
    };
    type.forEachChild(child => {
        if (child !== type.name) visit(child, true);
    });
    return fields;
}

function isUndocumented(node: ts.Node): boolean {
    return descriptionOf(node) === "";
}

function descriptionOf(node: ts.Node): string {
    const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
    return comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join("\n");
}

function isPublic({ modifiers }: ts.PropertyDeclaration): boolean {
    return !modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);
}

function throws(node: ts.Node): boolean {
    return ts.isThrowStatement(node) || (ts.forEachChild(node, child => throws(child)) ?? false);
}

function label(node: ts.NamedDeclaration): string {
    const file = node.getSourceFile();
    return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.name?.getText() ?? ""}`;
}

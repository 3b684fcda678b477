import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { PROJECT_FOLDER } from "../../settings";

/** Folders of components, each beside the `index.ts` that uses them. */
const FOLDERS = ["components", "bootstrap/components"];

/** Every file of a component, parsed. */
export const COMPONENT_FILES: readonly ts.SourceFile[] = FOLDERS.flatMap(folder =>
    readdirSync(path.join(PROJECT_FOLDER, folder)).map(name => parsed(`${folder}/${name}`)),
);

/** A file by its name in the project. */
export function parsed(name: string): ts.SourceFile {
    return ts.createSourceFile(name, readFileSync(path.join(PROJECT_FOLDER, name), "utf8"), ts.ScriptTarget.Latest, true);
}

/** Every component; a file without one exports none. */
export const COMPONENTS: readonly ts.ClassDeclaration[] = COMPONENT_FILES.flatMap(file =>
    file.statements.filter(ts.isClassDeclaration).filter(isExported),
);

export function isExported(node: ts.DeclarationStatement & ts.HasModifiers): boolean {
    return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** What stands under a tag of a declaration's documentation, by occurrence. */
export function tagged(node: ts.Node, tag: string): string[] {
    return tagsOf(node, tag).map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "");
}

function tagsOf(node: ts.Node, tag: string): readonly ts.JSDocTag[] {
    return ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === tag);
}

export interface Example {
    /** Name of the component that it belongs to. */
    readonly component: string;
    /** A file that does not exist, beside the `index.ts` that uses the component. */
    readonly file: string;
    /** On the lines at which the component's file has it. */
    readonly code: string;
}

const FENCED = /^```ts\n(.*)\n```$/s;

/** The code in every `@example` of the components. */
export function examples(): Example[] {
    return COMPONENTS.flatMap(component => {
        const source = component.getSourceFile();
        const folder = path.join(PROJECT_FOLDER, path.dirname(path.dirname(source.fileName)));
        return tagsOf(component, "example").map(tag => {
            const [, code = ""] = FENCED.exec(ts.getTextOfJSDocComment(tag.comment) ?? "") ?? [];
            const { line } = source.getLineAndCharacterOfPosition(tag.getStart());
            return {
                component: component.name?.text ?? "",
                file: path.join(folder, `${path.basename(source.fileName, ".ts")}.example.ts`),
                code: "\n".repeat(line + 2) + code,
            };
        });
    });
}

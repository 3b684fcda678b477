import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import * as ts from "typescript";
import { record } from "../../tools/inventory/recorder";
import { sample } from "../support/sample";
import { examples } from "../support/component-docs";

type Module = (require: NodeJS.Require, exports: object) => void;

/** Types are checked by `npm run types`. */
describe("the example of a component declares it:", () => {
    for (const { component, file, code } of examples()) {
        it(component, async () => {
            const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
            const run = compileFunction(outputText, ["require", "exports"], { filename: file }) as Module;
            const { resources } = await record(() => Promise.resolve(run(createRequire(file), {})), sample("dev"));
            const types = resources.map(({ type }) => type);
            assert.ok(
                types.some(type => type.endsWith(`:index:${component}`)),
                `it declares ${types.join(", ")}`,
            );
        });
    }
});

import assert from "node:assert/strict";
import { Files, files, textOf } from "./files";
import { RULES } from "./rules";

describe("the workflows", () => {
    for (const { name, problems, broken } of RULES) {
        it(name, () => assert.deepEqual(problems(files), []));

        for (const [file, text, replacement] of broken) {
            it(`${name}: finds ${describeChange(text, replacement)} in ${file}`, () => {
                assert.notDeepEqual(problems(changed(file, text, replacement)), []);
            });
        }
    }
});

function changed(file: string, text: string, replacement: string): Files {
    const before = textOf(files, file);
    const after = before.replace(text, () => replacement);
    assert.notEqual(after, before, `${file} has no ${text}`);
    return new Map([...files, [file, after]]);
}

function describeChange(text: string, replacement: string): string {
    const told = (value: string) => JSON.stringify(value.trim());
    return replacement.trim() === "" ? `${told(text)} taken away` : `${told(text)} made ${told(replacement)}`;
}

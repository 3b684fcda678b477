import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { UserError } from "../../../tools/cli/user-error";
import { readStackFiles, stackNames } from "../../../tools/cli/stack-files";

describe("stack files", () => {
    let folder = "";
    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "project-"));
        write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    });
    afterEach(() => fs.rmSync(folder, { recursive: true }));

    it("are read as the engine hands them over: full keys, text as it is, everything else as JSON", () => {
        write(
            "Pulumi.dev.yaml",
            "config:\n  aws:region: eu-west-1\n  shop:tags: { team: a }\n  shop:allowHttp: true\n  cpu: 5\n",
        );
        assert.deepEqual(readStackFiles(folder, "dev"), {
            project: "shop",
            stack: "dev",
            config: { "aws:region": "eu-west-1", "shop:tags": '{"team":"a"}', "shop:allowHttp": "true", "shop:cpu": "5" },
            secretKeys: [],
            altered: [],
            misplaced: [],
        });
    });

    it("tell which keys hold a secure value, whole or in part", () => {
        write(
            "Pulumi.dev.yaml",
            "config:\n  shop:a: { secure: v1 }\n  shop:b: { c: [{ d: { secure: v1 } }] }\n  shop:e: secure\n  shop:f: { g: [1, null] }\n",
        );
        assert.deepEqual(readStackFiles(folder, "dev").secretKeys, ["shop:a", "shop:b"]);
    });

    it("may have no configuration at all", () => {
        for (const text of ["", "config:\n", "secretsprovider: x\n"]) {
            write("Pulumi.dev.yaml", text);
            assert.deepEqual(readStackFiles(folder, "dev").config, {});
        }
    });

    it("are those that the folder has: another name is told the nearest one", () => {
        write("Pulumi.dev.yaml", "");
        write("Pulumi.prod-eu.yaml", "");
        write("Pulumi.md", "");
        assert.deepEqual(stackNames(folder).sort(), ["dev", "prod-eu"]);
        assert.throws(() => readStackFiles(folder, "dve"), {
            constructor: UserError,
            message:
                "There is no stack dve: Pulumi.dve.yaml does not exist. Allowed: did you mean dev? For another stack: npm run stack -- add --help",
        });
        assert.throws(() => readStackFiles(folder, "staging"), {
            message: /Allowed: one of dev, prod-eu\. For another stack: npm run stack -- add --help$/,
        });
    });

    it("are no names of stacks: which one is meant is told", () => {
        write("Pulumi.prod.yaml", "");
        for (const given of ["Pulumi.prod.yaml", "./Pulumi.prod.yaml"])
            assert.throws(() => readStackFiles(folder, given), {
                constructor: UserError,
                message: /\. That is a file, and its stack is prod\. Next: the stack's name alone, as in npm run plan -- prod$/,
            });
    });

    it("are of stacks by their name alone, without organization and project", () => {
        write("Pulumi.prod.yaml", "");
        for (const given of ["acme/shop/prod", "acme/prod", "./prod"])
            assert.throws(() => readStackFiles(folder, given), {
                constructor: UserError,
                message: /\. Allowed: the name alone, without organization and project\. Next: npm run plan -- prod$/,
            });
        assert.throws(() => readStackFiles(folder, "acme/shop/dve"), { message: /Allowed: (did you mean|one of) prod/ });
    });

    it("that are no YAML are told by name and place, without a stack trace", () => {
        write("Pulumi.dev.yaml", "config:\n  a: [1\n");
        assert.throws(() => readStackFiles(folder, "dev"), {
            constructor: UserError,
            message: /^Pulumi\.dev\.yaml cannot be read: .*line 3/s,
        });
    });

    it("may not share keys in Pulumi.yaml, which nothing here would see", () => {
        write("Pulumi.yaml", "name: shop\nconfig:\n  fargate:profile: production\n");
        write("Pulumi.dev.yaml", "");
        assert.throws(() => readStackFiles(folder, "dev"), {
            constructor: UserError,
            message: "Pulumi.yaml has config:, which is not read here: write its keys into each Pulumi.<stack>.yaml.",
        });
    });

    it("are named without escape codes", () => {
        write("Pulumi.d\u001b[31mv.yaml", "");
        assert.throws(
            () => readStackFiles(folder, "x\u001b[2J\r"),
            (error: Error) => !/[\u0000-\u001f]/.test(error.message),
        );
    });

    function write(file: string, text: string): void {
        fs.writeFileSync(path.join(folder, file), text);
    }
});

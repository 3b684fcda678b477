import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../../settings";
import { withStack, write } from "../../../tools/stack/add";
import { environmentsIn, optionsIn, stages } from "../../../tools/stack/project-files";

const FILES = ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml", "bootstrap", ".github"];
const DEPLOY = ".github/workflows/deploy.yml";

describe("stack add", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "project-"));
        for (const file of FILES) cpSync(path.join(PROJECT_FOLDER, file), path.join(folder, file), { recursive: true });
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
    const add = (stack: string, how: "after" | "beside", place: string, like = "prod", domain?: string) => {
        const added = withStack(folder, { stack, like, domain }, { how, stack: place });
        for (const [file, text] of Object.entries(added?.texts ?? {})) write(folder, file, text);
        return added;
    };
    const needs = () =>
        Object.fromEntries(
            stages(read(DEPLOY)).map(({ id, needs: of }) => [
                id,
                of.filter(name => name !== "acknowledged" && name !== "images"),
            ]),
        );

    it("puts a stack between two others", () => {
        assert.deepEqual(add("staging", "after", "dev")?.waiting, ["prod"]);
        assert.deepEqual(needs(), { dev: ["check"], staging: ["dev"], prod: ["staging"] });
        assert.deepEqual(optionsIn(read(".github/workflows/rollback.yml")), ["dev", "staging", "prod"]);
        assert.deepEqual(environmentsIn(read("bootstrap/Pulumi.main.yaml")).sort(), ["dev", "prod", "staging"]);
        assert.match(
            read("bootstrap/Pulumi.main.yaml"),
            /staging:\n +domain: \{ name: staging\.shop\.example\.com, zoneId: Z0123456789EXAMPLE \}\n/,
        );
    });

    it("gives the new role the same other names as the new stack has", () => {
        const file = "bootstrap/Pulumi.main.yaml";
        const named = read(file).replace(
            /(zoneId: Z0123456789EXAMPLE) \}/,
            "$1, otherNames: [example.com, a.b.shop.example.com] }",
        );
        write(folder, file, named);
        add("staging", "after", "dev");
        assert.match(
            read(file),
            /staging:\n +domain: \{ .*, otherNames: \[example\.com, a\.b\.staging\.shop\.example\.com\] \}\n/,
        );
    });

    it("puts stacks beside each other, at the end, and beside the first", () => {
        add("us-prod", "beside", "prod", "prod", "us.example.com");
        add("last", "after", "us-prod");
        add("test", "beside", "dev", "dev");
        assert.deepEqual(needs(), { dev: ["check"], test: ["check"], prod: ["dev"], "us-prod": ["dev"], last: ["us-prod"] });
    });

    it("says where the stack's file and the bootstrap's name another domain", () => {
        const prod = read("Pulumi.prod.yaml").replaceAll("shop.example.com", "orders.acme.io");
        write(folder, "Pulumi.prod.yaml", prod.replace("zone: example.com", "zone: acme.io"));
        assert.throws(() => add("staging", "after", "dev"), {
            message:
                "bootstrap/Pulumi.main.yaml names shop.example.com for prod, and Pulumi.prod.yaml orders.acme.io. Next: make them agree, then add the stack. Nothing was changed.",
        });
    });

    it("changes nothing where the stack is there, and refuses one that is there in part", () => {
        add("staging", "after", "dev");
        assert.equal(add("staging", "after", "dev"), undefined);
        rmSync(path.join(folder, "Pulumi.staging.yaml"));
        assert.throws(() => add("staging", "after", "dev"), {
            message:
                /^staging is there in part: in bootstrap\/Pulumi\.main\.yaml, .*, and not in Pulumi\.staging\.yaml\. Nothing was changed\./,
        });
    });

    for (const [what, args, message] of [
        ["a name that is none", ["Staging", "after", "dev"], /^Staging is no name of a stack\. Allowed: lower-case/],
        ["a word that YAML reads as something else", ["null", "after", "dev"], /^null is no text in YAML/],
        ["another such word", ["on", "after", "dev"], /^on is no text in YAML/],
        ["a number", ["1e3", "after", "dev"], /^1e3 is no name of a stack/],
        ["the bootstrap's name", ["main", "after", "dev"], /^main is the bootstrap's own stack/],
        ["a stack to follow that is none", ["staging", "after", "dve"], /^There is no stack dve: .*did you mean dev\?/],
        [
            "a stack to be like that is none",
            ["staging", "after", "dev", "prdo"],
            /^There is no stack prdo: .*did you mean prod\?/,
        ],
        ["the name of a job", ["images", "after", "dev"], /^deploy\.yml has a job images already/],
        ["what bootstrap refuses", ["dev-eu", "after", "dev"], /environments\.dev-eu +found a name that dev begins too/],
        ["what the program refuses", ["staging", "after", "dev", "prod", "shop.other.org"], /fargate:domain/],
        ["a domain for a stack without", ["staging", "after", "dev", "dev", "a.example.com"], /^dev has no fargate:domain/],
    ] as const) {
        it(`refuses ${what}, and writes nothing`, () => {
            const before = read(DEPLOY);
            assert.throws(() => add(...(args as unknown as Parameters<typeof add>)), { message });
            assert.equal(read(DEPLOY), before);
        });
    }

    it("takes options and needs in other forms of YAML", () => {
        const rollback = ".github/workflows/rollback.yml";
        write(
            folder,
            rollback,
            read(rollback).replace("options: [dev, prod]", "options:\n                    - dev\n                    - prod"),
        );
        write(
            folder,
            DEPLOY,
            read(DEPLOY).replace(
                "needs: [acknowledged, images, dev]",
                "needs:\n            - acknowledged\n            - images\n            - dev",
            ),
        );
        add("staging", "after", "dev");
        assert.deepEqual(optionsIn(read(rollback)), ["dev", "staging", "prod"]);
        assert.deepEqual(needs(), { dev: ["check"], staging: ["dev"], prod: ["staging"] });
    });
});

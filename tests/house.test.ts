import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../settings";
import { indexed } from "../tools/inventory/graph";

/** Which parts of the repository a part may import, beside itself; CONTRIBUTING.md tells why. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
    "tools/delivery": ["tools/review", "tools/preflight", "tools/deployed", "tools/inventory", "tools/cli", "lookups"],
    "tools/preflight": ["tools/deployed", "tools/inventory", "tools/cli", "lookups"],
    "tools/review": ["tools/deployed", "tools/github", "tools/cost", "tools/policy", "tools/inventory", "tools/cli"],
    // `status` says what the tasks that run cost.
    "tools/deployed": ["tools/sandbox", "tools/cost", "tools/inventory", "tools/cli", "lookups"],
    "tools/sandbox": ["tools/plan", "tools/inventory", "tools/cli"],
    policy: ["tools/cost", "tools/policy", "tools/inventory", "tools/cli"],
    "tools/plan": ["tools/cost", "tools/policy", "tools/inventory", "tools/cli"],
    // A saving is offered only where no rule objects.
    "tools/cost": ["tools/policy", "tools/inventory", "tools/cli"],
    "tools/policy": ["tools/inventory", "tools/cli"],
    "tools/inventory": ["index.ts", "tools/cli"],
    // What it writes is tried on both projects.
    "tools/stack": ["bootstrap", "tools/cli"],
    "tools/generate": ["tools/policy", "tools/cli"],
    "tools/github": ["tools/cli"],
    "tools/cli": [],
    "index.ts": ["program", "components", "lookups", "overrides.ts"],
    // What passes between its parts has the look-ups' type.
    program: ["components", "lookups"],
    // What somebody changes of what components declare: their types alone.
    "overrides.ts": ["components/overridden.ts"],
    // What an account shares of the program: its repositories.
    bootstrap: ["components/registry.ts"],
    components: [],
    lookups: [],
    settings: [],
    iam: [],
    model: [],
};

/** Every part stands above these, in this order. */
const GROUND = ["settings", "iam", "model"];

/** What touches processes, the network, the terminal or files; everything else is pure. */
const PURE = ["model", "iam", "settings", "components", "tools/inventory", "tools/policy", "tools/cost", "tools/plan"];
const OUTSIDE = /^node:(child_process|fs|fs\/promises|http|https|net|tls|dns|readline|timers)/;
const READS_FILES = [
    "settings/index.ts",
    "settings/bootstrap-file.ts",
    "settings/images.ts",
    "model/build-context.ts",
    "model/content-hash.ts",
    "tools/cost/prices/fetch.ts",
    "tools/cost/prices/refresh.ts",
];

const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--", "*.ts"], {
    cwd: PROJECT_FOLDER,
    encoding: "utf8",
})
    .split("\n")
    .filter(file => file !== "" && !file.startsWith("tests/") && existsSync(path.join(PROJECT_FOLDER, file)));

const partOf = (file: string) =>
    Object.keys(ARROWS)
        .filter(part => file === part || file.startsWith(`${part}/`))
        .sort((a, b) => b.length - a.length)[0];

/** What a file imports: files of the project, or packages. */
function importsOf(file: string): string[] {
    const text = readFileSync(path.join(PROJECT_FOLDER, file), "utf8");
    const lines = text.split("\n").filter(line => !/^\s*(\*|\/\/)/.test(line));
    const named = [...lines.join("\n").matchAll(/(?:\bfrom|\brequire\(|\bimport\(|^import) ?"([^"]+)"/gm)].map(
        ([, name = ""]) => name,
    );
    return named.map(name => (name.startsWith(".") ? resolved(path.join(path.dirname(file), name)) : name));
}

function resolved(name: string): string {
    const found = [name, `${name}.ts`, path.join(name, "index.ts")].find(
        candidate => path.extname(candidate) !== "" && existsSync(path.join(PROJECT_FOLDER, candidate)),
    );
    assert.ok(found, `${name} is imported and does not exist`);
    return found;
}

const arrows = files.flatMap(file => importsOf(file).map(to => ({ file, to })));

describe("the house", () => {
    it("has a part for every source file", () => {
        assert.deepEqual(
            files.filter(file => partOf(file) === undefined),
            [],
        );
    });

    it("has arrows from above to below alone", () => {
        const allowed = (from: string, file: string) => {
            const to = partOf(file);
            if (to === undefined || to === from) return true;
            const ground = GROUND.includes(from) ? GROUND.slice(GROUND.indexOf(from) + 1) : GROUND;
            return [...ground, ...(ARROWS[from] ?? [])].some(part => part === to || part === file);
        };
        const wrong = arrows.filter(({ file, to }) => !allowed(partOf(file) ?? "", to));
        assert.deepEqual(
            wrong.map(({ file, to }) => `${file} → ${to}`),
            [],
        );
    });

    it("has no circle of files", () => {
        const below = indexed(arrows, ({ file }) => [file]);
        const done = new Set<string>();
        const circles: string[] = [];
        const visit = (file: string, above: readonly string[]) => {
            if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(" → "));
            if (done.has(file) || above.includes(file)) return;
            for (const { to } of below.get(file) ?? []) visit(to, [...above, file]);
            done.add(file);
        };
        files.forEach(file => visit(file, []));
        assert.deepEqual(circles, []);
    });

    it("keeps processes, network and files out of what is pure", () => {
        const wrong = arrows.filter(
            ({ file, to }) => PURE.includes(partOf(file) ?? "") && OUTSIDE.test(to) && !READS_FILES.includes(file),
        );
        assert.deepEqual(
            wrong.map(({ file, to }) => `${file} → ${to}`),
            [],
        );
    });

    it("has no source file over 250 lines", () => {
        const long = files.filter(file => readFileSync(path.join(PROJECT_FOLDER, file), "utf8").split("\n").length > 251);
        assert.deepEqual(long, []);
    });
});

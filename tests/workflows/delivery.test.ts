import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import packageJson from "../../package.json";
import { PROJECT_FOLDER } from "../../settings";
import { DOCUMENT, PAGE, blockUnder, blocks } from "./delivery-docs";
import { exampleComment } from "./example-comment";
import { ACCOUNT, Files, files, filesOf, textOf, trusted, workflows } from "./files";
import { RULES } from "./rules";

const [BEGIN, END] = ["<!-- comment:begin -->", "<!-- comment:end -->"];

describe("docs/delivery.md", () => {
    it("has no command that no test runs", () => {
        const unproved = blocks(DOCUMENT).filter(({ runBy, heading }) => {
            if (runBy === undefined || !existsSync(path.join(PROJECT_FOLDER, runBy))) return true;
            return !readFileSync(path.join(PROJECT_FOLDER, runBy), "utf8").includes(`"${heading}"`);
        });
        assert.deepEqual(unproved, []);
        assert.ok(blocks(DOCUMENT).length >= 4);
    });

    it("names only npm commands and files that exist", () => {
        const scripts = [...DOCUMENT.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
        assert.deepEqual(
            scripts.filter(name => !(name in packageJson.scripts)),
            [],
        );
        const named = [...DOCUMENT.matchAll(/`((?:tests|bootstrap|\.github)\/[\w./-]+|[\w-]+\.yml)`/g)].map(
            ([, name = ""]) => name,
        );
        const places = (name: string) => [name, `.github/workflows/${name}`].map(place => path.join(PROJECT_FOLDER, place));
        // Made by the commands of step 2.
        const made = ["bootstrap/.state"];
        assert.deepEqual(
            named.filter(name => !made.includes(name) && !places(name).some(existsSync)),
            [],
        );
    });

    it("requires the checks that report on every pull request, and no others", () => {
        const section = /^### 6\. [^]*?(?=^##)/m.exec(DOCUMENT)?.[0] ?? "";
        const required = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
        const ofPullRequests = workflows(files).filter(([, { on }]) => "pull_request" in on);
        assert.deepEqual(
            required,
            ofPullRequests.map(([file, { jobs: of }]) => of[path.basename(file, ".yml")]?.name),
        );
    });

    it("gives every file that decides to the owners, and the applications to nobody", () => {
        const folder = mkdtempSync(path.join(tmpdir(), "owners-"));
        try {
            mkdirSync(path.join(folder, ".github"));
            execFileSync("bash", ["-euo", "pipefail", "-c", blockUnder("6. Protect main")], { cwd: folder });
            const owned = ownedBy(readFileSync(path.join(folder, ".github/CODEOWNERS"), "utf8"));
            const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
                cwd: PROJECT_FOLDER,
                encoding: "utf8",
            });
            const files = [...tracked.split("\n").filter(Boolean), ".github/CODEOWNERS", ".npmrc", "Pulumi.staging.yaml"];
            for (const gate of [
                "package.json",
                ".mocharc.json",
                "tools/policy/evaluate.ts",
                "policy/pack.ts",
                "Pulumi.prod.yaml",
            ])
                assert.ok(files.includes(gate), gate);
            assert.deepEqual(
                files.filter(file => owned(file) === file.startsWith("app/")),
                [],
            );
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    it("shows the comment of a change as it is rendered", async () => {
        const [before = "", rest = ""] = DOCUMENT.split(BEGIN);
        const [shown = "", after = ""] = rest.split(END);
        const quoted = (await exampleComment("environment-and-image"))
            .replace(/^<!--.*-->\n\n/, "")
            .replace(/^/gm, "> ")
            .replace(/ +$/gm, "");
        const wanted = `\n\n${quoted}\n\n`;
        if (process.env["UPDATE_DOCS"]) writeFileSync(PAGE, `${before}${BEGIN}${wanted}${END}${after}`);
        else assert.equal(shown, wanted, "stale; UPDATE_DOCS=1 in the environment of this test renders it anew");
    });

    it("renames the repository where its name stands: every rule holds afterwards, and half of it is found", () => {
        const script = blockUnder("1. Name your repository").replace("npm ci\n", "");
        const folder = mkdtempSync(path.join(tmpdir(), "delivery-"));
        try {
            for (const name of [".github", "bootstrap"])
                cpSync(path.join(PROJECT_FOLDER, name), path.join(folder, name), { recursive: true });
            // As it was shipped, wherever this test runs.
            const { repository } = trusted(files);
            for (const name of [".github/workflows/preview.yml", "bootstrap/Pulumi.main.yaml"]) {
                const file = path.join(folder, name);
                writeFileSync(file, readFileSync(file, "utf8").replaceAll(repository, "example/shop"));
            }
            execFileSync("bash", ["-euo", "pipefail", "-c", script], { cwd: folder });
            const left = execFileSync("bash", ["-c", "grep -rlE 'example/shop|\\.bak$' . || true"], {
                cwd: folder,
                encoding: "utf8",
            });
            assert.equal(left, "");
            const renamed = filesOf(folder);
            assert.equal(trusted(renamed).repository, "acme/shop");
            const problems = (given: Files) => RULES.flatMap(rule => rule.problems(given));
            assert.deepEqual(problems(renamed), []);
            const half: Files = new Map([...renamed, [ACCOUNT, textOf(renamed, ACCOUNT).replace("acme/shop", "example/shop")]]);
            assert.match(problems(half).join("\n"), /calls acme\/shop.*says example\/shop/);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});

/** Whether a file has an owner, by the two forms of a pattern that the page uses: everything, and a folder at the top. The last one that fits decides. */
function ownedBy(codeowners: string): (file: string) => boolean {
    const lines = codeowners.split("\n").filter(Boolean);
    const rules = lines
        .map(line => line.split(" "))
        .map(([pattern = "", ...owners]) => {
            assert.match(pattern, /^(\*|\/[\w-]+\/)$/);
            const fits = (file: string) => pattern === "*" || `/${file}`.startsWith(pattern);
            return { fits, isOwned: owners.length > 0 };
        });
    return file => rules.findLast(({ fits }) => fits(file))?.isOwned ?? false;
}

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Build, contentTag, contextFiles } from "../../model/content-hash";

describe("the tag of an image's content", () => {
    let context = "";
    beforeEach(() => {
        context = fs.mkdtempSync(path.join(os.tmpdir(), "context-"));
        write("Dockerfile", "FROM scratch\nCOPY . /\n");
        write("server.js", "1");
        write("lib/a.js", "2");
    });
    afterEach(() => fs.rmSync(context, { recursive: true }));

    it("is sixteen hexadecimal digits, which any registry takes", () => {
        assert.match(tag(), /^[0-9a-f]{16}$/);
    });

    it("is the same for the same content in another folder, at another time", () => {
        const before = tag();
        const copy = fs.mkdtempSync(path.join(os.tmpdir(), "context-"));
        fs.cpSync(context, copy, { recursive: true });
        assert.equal(tag({ context: copy, dockerfile: path.join(copy, "Dockerfile") }), before);
        fs.rmSync(copy, { recursive: true });
        fs.utimesSync(at("server.js"), 0, 0);
        assert.equal(tag(), before);
    });

    it("changes with a file's content, name or folder, with a new file and with a removed one", () => {
        const tags = [tag()];
        const after = (change: () => void) => {
            change();
            tags.push(tag());
        };
        after(() => write("server.js", "3"));
        after(() => fs.renameSync(at("server.js"), at("main.js")));
        after(() => fs.renameSync(at("main.js"), at("lib/main.js")));
        after(() => write("new.js", ""));
        after(() => fs.rmSync(at("new.js")));
        const [last] = tags.splice(-1);
        assert.equal(new Set(tags).size, tags.length);
        assert.equal(last, tags[3], "a removed file leaves the tag of before");
    });

    it("changes where content moves from one file to the next", () => {
        write("a", "12");
        write("b", "3");
        const before = tag();
        write("a", "1");
        write("b", "23");
        assert.notEqual(tag(), before);
    });

    it("changes with every bit of a file's mode, which the image keeps, too", () => {
        const modes = [0o644, 0o600, 0o664, 0o640, 0o655, 0o755, 0o700, 0o775];
        const tags = modes.map(mode => {
            fs.chmodSync(at("server.js"), mode);
            return tag();
        });
        assert.equal(new Set(tags).size, modes.length);
    });

    it("is the same wherever a folder's mode alone differs, which docker-build does not look at", () => {
        fs.mkdirSync(at("folder"), { mode: 0o755 });
        write("folder/file", "1");
        const before = tag();
        fs.chmodSync(at("folder"), 0o700);
        assert.equal(tag(), before);
    });

    it("changes with the Dockerfile, also with one outside of the context", () => {
        const before = tag();
        write("Dockerfile", "FROM scratch\n");
        assert.notEqual(tag(), before);

        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dockerfile-"));
        const dockerfile = path.join(folder, "Dockerfile");
        fs.writeFileSync(dockerfile, "FROM a\n");
        const outside = tag({ dockerfile });
        fs.writeFileSync(dockerfile, "FROM b\n");
        assert.notEqual(tag({ dockerfile }), outside);
        fs.rmSync(folder, { recursive: true });
    });

    it("changes with an ignored Dockerfile, which the build reads all the same", () => {
        write(".dockerignore", "Dockerfile\n");
        const before = tag();
        write("Dockerfile", "FROM scratch\n");
        assert.notEqual(tag(), before);
    });

    it("changes with an argument's name and value, the target and the platform", () => {
        const tags = [
            tag(),
            tag({ args: { A: "1" } }),
            tag({ args: { A: "2" } }),
            tag({ args: { B: "1" } }),
            tag({ args: { A: "1", B: "1" } }),
            tag({ target: "web" }),
            tag({ platform: "linux/amd64" }),
        ];
        assert.equal(new Set(tags).size, tags.length);
    });

    it("does not depend on the order in which arguments are written", () => {
        assert.equal(tag({ args: { A: "1", B: "2" } }), tag({ args: { B: "2", A: "1" } }));
    });

    it("does not change with what .dockerignore leaves out", () => {
        write(".dockerignore", "*.log\nnode_modules\nlib/*.md\n");
        const before = tag();
        write("debug.log", "x");
        write("node_modules/x/index.js", "x");
        write("lib/notes.md", "x");
        assert.equal(tag(), before);
        write("lib/debug.log", "x");
        assert.notEqual(tag(), before, "*.log is about the context's top, as in Docker");
    });

    it("changes with a file that .dockerignore takes back in, also from an ignored folder", () => {
        write(".dockerignore", "*\n!server.js\n!dist/keep/**\n");
        const before = tag();
        write("dist/other.js", "x");
        assert.equal(tag(), before);
        write("dist/keep/a.js", "x");
        assert.notEqual(tag(), before);
        assert.deepEqual(files(), ["dist/keep/a.js", "server.js"]);
    });

    it("follows the ignore file that is named after the Dockerfile, where there is one", () => {
        write(".dockerignore", "server.js\n");
        assert.ok(!files().includes("server.js"));
        write("Dockerfile.dockerignore", "lib\n");
        assert.ok(files().includes("server.js"));
        assert.ok(!files().includes("lib/a.js"));
    });

    it("tells files that differ only in their case apart, as Docker does", () => {
        write(".dockerignore", "README.md\n");
        write("readme.md", "x");
        assert.ok(files().includes("readme.md"));
    });

    it("looks at where a link points, not behind it", () => {
        fs.symlinkSync("server.js", at("link.js"));
        const before = tag();
        fs.rmSync(at("link.js"));
        fs.symlinkSync("lib/a.js", at("link.js"));
        const moved = tag();
        assert.notEqual(moved, before);

        fs.symlinkSync("nowhere", at("broken.js"));
        assert.notEqual(tag(), moved);

        fs.rmSync(at("link.js"));
        const asLink = tag();
        write("link.js", "lib/a.js");
        assert.notEqual(tag(), asLink);
    });

    it("is made from files in one order, whatever the file system's", () => {
        assert.deepEqual(files(), ["Dockerfile", "lib/a.js", "server.js"]);
        write("B.js", "x");
        write("a.js", "x");
        write("lib.js", "x");
        assert.deepEqual(files(), ["B.js", "Dockerfile", "a.js", "lib.js", "lib/a.js", "server.js"]);
    });

    function tag(changes: Partial<Build> = {}): string {
        return contentTag({ context, dockerfile: at("Dockerfile"), args: {}, platform: "linux/arm64", ...changes });
    }

    function files(): string[] {
        return contextFiles({ context, dockerfile: at("Dockerfile") });
    }

    function at(file: string): string {
        return path.join(context, file);
    }

    function write(file: string, content: string): void {
        fs.mkdirSync(path.dirname(at(file)), { recursive: true });
        fs.writeFileSync(at(file), content);
    }
});

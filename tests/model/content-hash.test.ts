import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { sentFiles } from "../../model/build-context";
import { Build, contentTag } from "../../model/content-hash";

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

    it("changes with a folder's mode and with an empty folder, which the image keeps", () => {
        fs.mkdirSync(at("folder"), { mode: 0o755 });
        const tags = [tag()];
        write("folder/file", "1");
        for (const mode of [0o755, 0o700, 0o777, 0o2755]) {
            fs.chmodSync(at("folder"), mode);
            tags.push(tag());
        }
        fs.rmSync(at("folder"), { recursive: true });
        tags.push(tag());
        assert.equal(new Set(tags).size, tags.length);
    });

    it("is that of before folders counted, where a checkout under umask 022 has files alone", () => {
        for (const [name, mode] of Object.entries({
            ".": 0o700,
            lib: 0o755,
            "server.js": 0o644,
            "lib/a.js": 0o755,
            Dockerfile: 0o644,
        }))
            fs.chmodSync(at(name), mode);
        fs.symlinkSync("lib/a.js", at("é.js"));
        assert.equal(tag(), "5bd6c17cff55e849");
    });

    it("is refused where a name or a link's target is no UTF-8, with which BuildKit fails, unless it is left out", () => {
        const name = Buffer.concat([Buffer.from(at("x")), Buffer.of(0xff)]);
        const fails = () => assert.throws(tag, /"x?\ufffd" in a build context is no UTF-8, .*Next: rename it/);
        fs.writeFileSync(name, "");
        fails();
        write(".dockerignore", "x*\n");
        tag();
        fs.symlinkSync(Buffer.of(0xff), at("link"));
        fails();
    });

    it("is refused in words where a path is longer than the system takes", () => {
        const half = Array.from({ length: 11 }, () => "x".repeat(200)).join("/");
        fs.mkdirSync(at(half), { recursive: true });
        fs.mkdirSync(at(`y/${half}`), { recursive: true });
        fs.renameSync(at("y"), at(`${half}/y`));
        assert.throws(tag, /xxx in a build context cannot be read \(ENAMETOOLONG\), .*Next: .*shorten its path/);
        fs.renameSync(at(`${half}/y`), at("y"));
    });

    it("waits for no pipe and connects to no socket, and changes with either", async () => {
        const tags = [tag()];
        execFileSync("mkfifo", [at("special")]);
        tags.push(tag());
        fs.rmSync(at("special"));
        const server = net.createServer().listen(at("special"));
        await once(server, "listening");
        tags.push(tag());
        server.close();
        assert.equal(new Set(tags).size, tags.length);
    });

    it("is of a file that is larger than memory should hold, wherever in it something changes", () => {
        fs.writeFileSync(at("large"), "");
        fs.truncateSync(at("large"), 3_000_000);
        const before = tag();
        const descriptor = fs.openSync(at("large"), "r+");
        fs.writeSync(descriptor, "x", 2_999_999);
        fs.closeSync(descriptor);
        assert.notEqual(tag(), before);
    });

    it("does not change with a second name for the same bytes in place of a copy", () => {
        write("copy.js", "1");
        const before = tag();
        fs.rmSync(at("copy.js"));
        fs.linkSync(at("server.js"), at("copy.js"));
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

    for (const [pattern, file] of [
        ["(a|server).js", "server.js"],
        ["se+rver.js", "server.js"],
        ["server.js|x", "server.js"],
    ] as const) {
        it(`changes with ${file} under ${pattern}, which does not mean it`, () => {
            write(".dockerignore", `${pattern}\n`);
            const before = tag();
            write(file, "changed");
            assert.notEqual(tag(), before);
        });
    }

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
        return sentFiles({ context, dockerfile: at("Dockerfile") }).flatMap(file => (file.isFolder ? [] : [file.path]));
    }

    function at(file: string): string {
        return path.join(context, file);
    }

    function write(file: string, content: string): void {
        fs.mkdirSync(path.dirname(at(file)), { recursive: true });
        fs.writeFileSync(at(file), content);
    }
});

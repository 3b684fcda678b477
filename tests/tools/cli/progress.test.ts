import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { PROJECT_FOLDER } from "../../../settings";

const TERMINAL = path.join(__dirname, "..", "..", "support", "terminal.py");
const DRIVER = path.join(__dirname, "progress-driver.ts");

const run = promisify(execFile);

interface Shown {
    readonly shown: string;
    readonly code: number;
}

interface Terminal {
    readonly columns: number;
    readonly environment?: Readonly<Record<string, string>>;
    /** Ctrl-C is typed once this is shown. */
    readonly interruptAt?: string;
}

/** What progress shows in a terminal, in a second, or until Ctrl-C. */
async function shownIn({ columns, environment = {}, interruptAt = "" }: Terminal): Promise<Shown> {
    const lasting = interruptAt === "" ? [] : ["60000"];
    const { stdout } = await run(
        "python3",
        [TERMINAL, String(columns), interruptAt, process.execPath, "-r", "sucrase/register/ts", DRIVER, ...lasting],
        {
            cwd: PROJECT_FOLDER,
            env: { PATH: process.env["PATH"], TERM: "xterm-256color", ...environment },
            maxBuffer: 10_000_000,
        },
    );
    return JSON.parse(stdout) as Shown;
}

/** What stands in a row before the cursor goes back to its start, without codes. */
function rows(shown: string): string[] {
    return shown
        .split(/\u001b\[1G|\u001b\[2K|[\r\n]/)
        .map(row => row.replaceAll(/\u001b\[[?0-9;]*[a-zA-Z]/g, ""))
        .filter(row => row !== "");
}

/** All that a second may take, in bytes: a spinner that turns has about 1,500. */
const BOUND = 6000;
const ESCAPE = /\u001b/;
const KEPT = "  lb.LoadBalancer load-balancer took 1 min 02 s";

const TERMINALS = {
    "40 columns": { columns: 40 },
    "80 columns": { columns: 80 },
    "no colour": { columns: 80, environment: { NO_COLOR: "1" } },
    "no width": { columns: 0 },
    "20 columns": { columns: 20 },
    dumb: { columns: 80, environment: { TERM: "dumb" } },
    workflow: { columns: 80, environment: { CI: "true" } },
    "no width, Ctrl-C": { columns: 0, interruptAt: "took 1 min 02 s" },
    "80 columns, Ctrl-C": { columns: 80, interruptAt: "took 1 min 02 s" },
} satisfies Record<string, Terminal>;

describe("progress in a terminal", function () {
    this.timeout(30_000);
    let inTerminal: Readonly<Record<string, Shown>>;

    before(async function () {
        try {
            execFileSync("python3", ["-c", "import pty, termios"], { stdio: "ignore" });
        } catch {
            console.log("      skipped: a pseudo-terminal takes Python 3, which is not here");
            return this.skip();
        }
        // All at once: most of their time is waiting.
        const shown = Object.entries(TERMINALS).map(async ([name, terminal]) => [name, await shownIn(terminal)] as const);
        inTerminal = Object.fromEntries(await Promise.all(shown));
    });

    const shownBy = (name: keyof typeof TERMINALS): Shown => inTerminal[name] ?? { shown: "", code: -1 };

    for (const name of ["40 columns", "80 columns"] as const) {
        it(`of ${name} is one line that moves and is never wider`, () => {
            const { shown, code } = shownBy(name);
            assert.equal(code, 0, shown);
            assert.ok(shown.length < BOUND, `${shown.length} bytes`);
            assert.match(shown, ESCAPE);
            const moving = rows(shown).filter(row => row !== KEPT);
            assert.ok(moving.length > 3, shown);
            const { columns } = TERMINALS[name];
            for (const row of moving) assert.ok(row.length <= columns, `${row.length} wide: ${row}`);
            assert.equal(shown.split(KEPT).length - 1, 1, "what is kept stands once");
        });
    }

    it("is coloured, and not where NO_COLOR is set", () => {
        const colour = /\u001b\[[0-9;]*m/;
        assert.match(shownBy("80 columns").shown, colour);
        assert.match(shownBy("no colour").shown, ESCAPE);
        assert.doesNotMatch(shownBy("no colour").shown, colour);
    });

    for (const [name, what] of [
        ["no width", "that does not say how wide it is"],
        ["20 columns", "of 20 columns"],
        ["dumb", "that is dumb"],
        ["workflow", "of a workflow"],
    ] as const) {
        it(`${what} is a line now and then, without a code`, () => {
            const { shown, code } = shownBy(name);
            assert.equal(code, 0, shown);
            assert.doesNotMatch(shown, ESCAPE);
            assert.equal(shown.trimEnd().split("\r\n").length, 2, shown);
        });
    }

    for (const name of ["no width, Ctrl-C", "80 columns, Ctrl-C"] as const) {
        it(`ends by Ctrl-C: ${name}`, () => {
            const { code, shown } = shownBy(name);
            assert.equal(code, 130, shown);
            assert.ok(shown.length < BOUND, `${shown.length} bytes`);
        });
    }
});

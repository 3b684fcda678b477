import assert from "node:assert/strict";
import { openScreen } from "../../../tools/cli/screen";

function stream(isTTY: boolean, rows = 24) {
    let written = "";
    const write = (text: string) => {
        written += text;
        return true;
    };
    const take = () => {
        const text = written;
        written = "";
        return text;
    };
    const fake = { isTTY, columns: 80, rows, write, on: () => fake, off: () => fake };
    return { fake: fake as unknown as NodeJS.WriteStream, take };
}

const NOON = () => new Date("2026-11-26T12:00:00Z");

describe("a screen", () => {
    it("on a terminal is drawn in its place, as high as it is, and left behind at the end", () => {
        const { fake, take } = stream(true, 4);
        const before = process.env["TERM"];
        process.env["TERM"] = "xterm";
        try {
            const screen = openScreen(fake);
            assert.equal(take(), "\u001b[?1049h\u001b[?25l\u001b[?7l");
            screen.show(() => "1\n2\n3\n4");
            assert.equal(take(), "\u001b[H1\u001b[K\n2\u001b[K\n… 2 more lines: make the window higher\u001b[K\u001b[J");
            screen.end();
            assert.equal(take(), "\u001b[?7h\u001b[?25h\u001b[?1049l1\n2\n3\n4\n");
        } finally {
            if (before === undefined) Reflect.deleteProperty(process.env, "TERM");
            else process.env["TERM"] = before;
        }
    });

    it("elsewhere is printed once, and then what changes but for its first line and spaces", () => {
        const { fake, take } = stream(false);
        const screen = openScreen(fake, NOON);
        screen.show(() => "11:59\na  1\nb  1");
        assert.equal(take(), "11:59\na  1\nb  1\n");
        screen.show(() => "12:00\na   1\nb   1");
        assert.equal(take(), "");
        screen.show(() => "12:00\na   1\nb   2");
        assert.equal(take(), "12:00:00  b   2\n");
        screen.end();
        assert.equal(take(), "");
    });
});

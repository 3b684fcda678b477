import assert from "node:assert/strict";
import { UserError } from "../../../tools/cli/user-error";
import { valueOf } from "../../../tools/delivery/secret-value";

const HUSH = "hush";

function refused(given: Uint8Array | string, told: string): void {
    assert.throws(
        () => valueOf(Buffer.from(given)),
        (error: Error) => {
            assert.ok(error instanceof UserError);
            assert.ok(error.message.startsWith(told) && !error.message.includes(HUSH), error.message);
            return true;
        },
    );
}

describe("the value of a secret", () => {
    it("is what was given, without one line break at its end", () => {
        for (const end of ["", "\n", "\r\n"]) assert.equal(valueOf(Buffer.from(`${HUSH}${end}`)), HUSH);
        assert.equal(valueOf(Buffer.from("a\nb\n\n")), "a\nb\n");
        assert.equal(valueOf(Buffer.from(" é\t")), " é\t");
        assert.equal(valueOf(Buffer.from("\ufeffa")), "\ufeffa");
    });

    it("is text that a variable can hold; what is not is told by its size alone", () => {
        for (const given of ["", "\n", "\r\n"]) refused(given, "The value is empty. Nothing was done.");
        refused(Uint8Array.of(0xff, 0xfe, 0x41), "The value is 3 bytes that are no text.");
        refused(`${HUSH}\0`, "The value is 5 bytes that are no text.");
    });

    it("is as long as Secrets Manager takes it, in bytes", () => {
        assert.equal(valueOf(Buffer.from(`${"a".repeat(65_536)}\n`)).length, 65_536);
        refused(HUSH.repeat(20_000), "The value has 80000 bytes. Nothing was done. Allowed: at most 65536");
        refused("é".repeat(32_769), "The value has 65538 bytes.");
    });
});

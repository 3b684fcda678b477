import * as assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { unzip } from "../../../../tools/sandbox/engine/zip";
import { temporaryFolder, write } from "./folders";

const PROVIDER = Buffer.from("a program\n".repeat(5000));

interface Packed {
    readonly name: string;
    readonly content: Buffer;
    readonly isStored?: boolean;
}

/** An archive with all that makes reading one hard: extra fields of different length in front and at the end, and a comment. */
function archive(files: readonly Packed[]): Buffer {
    const local: Buffer[] = [];
    const central: Buffer[] = [];
    let offset = 0;
    for (const { name, content, isStored = false } of files) {
        const packed = isStored ? content : deflateRawSync(content);
        const common = Buffer.alloc(22);
        common.writeUInt16LE(isStored ? 0 : 8, 4);
        common.writeUInt32LE(crc32(content), 10);
        common.writeUInt32LE(packed.length, 14);
        common.writeUInt32LE(content.length, 18);
        const lengths = (...values: number[]) => Buffer.from(Uint16Array.from(values).buffer);
        const front = Buffer.concat([signature(0x04034b50), common, lengths(name.length, 5), Buffer.from(name), Buffer.alloc(5)]);
        const place = Buffer.alloc(4);
        place.writeUInt32LE(offset);
        const version = lengths(20);
        const rest = Buffer.concat([
            lengths(name.length, 3, 0, 0, 0),
            Buffer.alloc(4),
            place,
            Buffer.from(name),
            Buffer.alloc(3),
        ]);
        central.push(Buffer.concat([signature(0x02014b50), version, common, rest]));
        local.push(front, packed);
        offset += front.length + packed.length;
    }
    const end = Buffer.alloc(18);
    const directory = Buffer.concat(central);
    end.writeUInt32LE(directory.length, 8);
    end.writeUInt32LE(offset, 12);
    end.writeUInt16LE(7, 16);
    return Buffer.concat([...local, directory, signature(0x06054b50), end, Buffer.from("comment")]);
}

function signature(value: number): Buffer {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32LE(value);
    return buffer;
}

describe("a packed provider", () => {
    const folder = temporaryFolder();

    for (const isStored of [false, true]) {
        it(`is unpacked as a program, ${isStored ? "stored" : "deflated"}`, async () => {
            const files = [
                { name: "LICENSE.txt", content: Buffer.from("somebody's") },
                { name: "terraform-provider-aws_v5.100.0_x5", content: PROVIDER, isStored },
            ];
            const zip = write(path.join(folder(), "packed.zip"), archive(files));
            const program = path.join(folder(), "program");
            await unzip(zip, name => name.startsWith("terraform-provider-aws"), program);
            assert.deepEqual(readFileSync(program), PROVIDER);
            assert.equal(statSync(program).mode & 0o111, 0o111);
        });
    }

    it("that is no archive, or does not hold the program, is an error that names it", async () => {
        const to = path.join(folder(), "program");
        const text = write(path.join(folder(), "text.zip"), "no archive, but long enough to hold its last record");
        await assert.rejects(
            unzip(text, () => true, to),
            /text\.zip is no zip archive/,
        );
        const other = write(path.join(folder(), "other.zip"), archive([{ name: "LICENSE.txt", content: PROVIDER }]));
        await assert.rejects(
            unzip(other, name => name.startsWith("terraform"), to),
            /other\.zip does not hold the file/,
        );
    });
});

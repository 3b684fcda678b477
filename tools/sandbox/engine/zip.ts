import { createReadStream, createWriteStream, openSync, readSync, closeSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { PassThrough } from "node:stream";
import { createInflateRaw } from "node:zlib";

/** The records of a zip archive that are read here; sizes and offsets as in PKWARE's APPNOTE. */
const END = { signature: 0x06054b50, size: 22, longestComment: 0xffff };
const ENTRY = { signature: 0x02014b50, size: 46 };
const LOCAL = { size: 30 };
const STORED = 0;
const DEFLATED = 8;

interface Entry {
    readonly name: string;
    readonly method: number;
    readonly packedSize: number;
    readonly offset: number;
}

/** Unpacks one file of a zip archive: the first whose name is wanted. Not for archives above 4 GiB. */
export async function unzip(archive: string, isWanted: (name: string) => boolean, to: string): Promise<void> {
    const entry = entriesOf(archive).find(({ name }) => isWanted(name));
    if (entry === undefined) throw new Error(`${archive} does not hold the file`);
    if (entry.method !== STORED && entry.method !== DEFLATED)
        throw new Error(`${archive} is packed by an unknown method, ${entry.method}`);
    const local = readAt(archive, entry.offset, LOCAL.size);
    const start = entry.offset + LOCAL.size + local.readUInt16LE(26) + local.readUInt16LE(28);
    await pipeline(
        createReadStream(archive, { start, end: start + entry.packedSize - 1 }),
        entry.method === STORED ? new PassThrough() : createInflateRaw(),
        createWriteStream(to, { mode: 0o755 }),
    );
}

function entriesOf(archive: string): Entry[] {
    const { size } = statSync(archive);
    const tail = readAt(
        archive,
        Math.max(0, size - END.size - END.longestComment),
        Math.min(size, END.size + END.longestComment),
    );
    let at = tail.length - END.size;
    while (at >= 0 && tail.readUInt32LE(at) !== END.signature) at--;
    if (at < 0) throw new Error(`${archive} is no zip archive`);
    const directory = readAt(archive, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
    const entries: Entry[] = [];
    for (let next = 0; next < directory.length && directory.readUInt32LE(next) === ENTRY.signature;) {
        const nameLength = directory.readUInt16LE(next + 28);
        entries.push({
            method: directory.readUInt16LE(next + 10),
            packedSize: directory.readUInt32LE(next + 20),
            offset: directory.readUInt32LE(next + 42),
            name: directory.toString("utf8", next + ENTRY.size, next + ENTRY.size + nameLength),
        });
        next += ENTRY.size + nameLength + directory.readUInt16LE(next + 30) + directory.readUInt16LE(next + 32);
    }
    return entries;
}

function readAt(file: string, position: number, length: number): Buffer {
    const handle = openSync(file, "r");
    try {
        const buffer = Buffer.alloc(length);
        readSync(handle, buffer, 0, length, position);
        return buffer;
    } finally {
        closeSync(handle);
    }
}

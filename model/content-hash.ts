import { Hash, createHash } from "node:crypto";
import { Stats, closeSync, constants, lstatSync, openSync, readFileSync, readSync, readlinkSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import * as pulumi from "@pulumi/pulumi";
import { BuildContext, Sent, below, sentFiles } from "./build-context";

export interface Build extends BuildContext {
    readonly args: Readonly<Record<string, string>>;
    readonly target?: string;
    readonly platform: string;
}

/** Characters of the hash that make a tag: 64 bits, far beyond what one repository will ever hold. */
const TAG_LENGTH = 16;

/**
 * A tag that changes when, and only when, what is built changes: what BuildKit gets of the context after `.dockerignore`, the Dockerfile,
 * arguments, target and platform. Times are left out, which an image keeps and no checkout has alike; so are extended attributes, such as
 * those of `setcap`, which Node cannot read and git does not keep.
 *
 * @throws pulumi.RunError where something cannot be read or sent
 * @throws BadIgnoreFile
 */
export function contentTag(build: Build): string {
    const hash = createHash("sha256");
    add(hash, "platform", build.platform, "target", build.target ?? "");
    for (const name of Object.keys(build.args).sort()) add(hash, "argument", name, build.args[name] ?? "");
    add(hash, "dockerfile", readFileSync(build.dockerfile));
    addContext(hash, build);
    return hash.digest("hex").slice(0, TAG_LENGTH);
}

function add(hash: Hash, ...parts: readonly (string | Buffer)[]): void {
    for (const part of parts) hash.update(`${part.length}:`).update(part);
}

function addContext(hash: Hash, build: BuildContext): void {
    const root = Buffer.from(build.context);
    try {
        for (const file of sentFiles(build)) addSent(hash, file, below(root, file.bytes));
    } catch (error) {
        const { code, path } = error as NodeJS.ErrnoException;
        if (code === undefined) throw error;
        throw new pulumi.RunError(
            `${String(path)} in a build context cannot be read (${code}), with which BuildKit fails or makes an empty file of it. Next: let this user read it, shorten its path, or leave it out in .dockerignore.`,
        );
    }
}

function addSent(hash: Hash, { bytes, isEmpty }: Sent, absolute: Buffer): void {
    const stat = lstatSync(absolute);
    const name = text(bytes);
    if (stat.isDirectory()) {
        // Files name the folders that they are in, and a checkout under umask 022 makes those alike.
        if (isEmpty || bitsOf(stat) !== 0o755) add(hash, "folder", name, mode(stat));
    } else if (stat.isSymbolicLink()) {
        const target = readlinkSync(absolute, "buffer");
        add(hash, "file", name, mode(stat), text(target));
    } else if (stat.isFile()) {
        add(hash, "file", name, mode(stat));
        addContent(hash, absolute, stat.size);
    } else {
        // A pipe, which opening would wait for, a device, or a socket, of which BuildKit makes an empty file.
        add(hash, "special", name, (stat.mode & constants.S_IFMT).toString(8), mode(stat), String(stat.rdev));
    }
}

/** As `add`, without the whole file in memory. */
function addContent(hash: Hash, file: Buffer, size: number): void {
    hash.update(`${size}:`);
    const descriptor = openSync(file, "r");
    try {
        for (let length; (length = readSync(descriptor, CHUNK)) > 0;) hash.update(CHUNK.subarray(0, length));
    } finally {
        closeSync(descriptor);
    }
}

const CHUNK = Buffer.alloc(256 * 1024);

/** @throws pulumi.RunError for a name or a link's target that BuildKit cannot send */
function text(bytes: Buffer): string {
    if (isUtf8(bytes)) return bytes.toString();
    throw new pulumi.RunError(
        `${JSON.stringify(bytes.toString())} in a build context is no UTF-8, which BuildKit does not send. Next: rename it, or leave it out in .dockerignore.`,
    );
}

/**
 * All that an image keeps of a file's mode, and docker-build's own hash of the context with it: under another tag it pushes what it takes for
 * another image, and under the same one a repository whose tags never move refuses that. A checkout under umask 022 has the two that have a name.
 */
function mode(stat: Stats): string {
    const bits = bitsOf(stat);
    if (stat.isSymbolicLink()) return bits === 0o777 ? "link" : `link ${bits.toString(8)}`;
    return NAMED_MODES.get(bits) ?? bits.toString(8);
}

function bitsOf(stat: Stats): number {
    return stat.mode & 0o7777;
}

const NAMED_MODES = new Map([
    [0o644, "plain"],
    [0o755, "executable"],
]);

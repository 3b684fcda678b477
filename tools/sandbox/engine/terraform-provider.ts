import { Dirent, accessSync, constants, readdirSync, statSync } from "node:fs";
import { arch, homedir, platform } from "node:os";
import * as path from "node:path";
import { Machine, terraformFolders } from "./terraform-folders";
import { NoWay } from "./way";

/** A Terraform AWS provider on this machine. */
export interface TerraformProvider {
    /** The program, or the archive that it is packed in. */
    readonly file: string;
    readonly isPacked: boolean;
    /** Undefined where the file's name does not tell it. */
    readonly version?: string;
}

/** The bridge has the names of this major version. */
const MAJOR = "5";

/** `registry/namespace/type/version/target/file` below a folder of providers. */
const MIRROR_DEPTH = 6;
/** The same, in a folder of its own below one for added software. */
const ADD_ON_DEPTH = 7;

const PROGRAM = /^terraform-provider-aws_v(\d+\.\d+\.\d+)(_x\d+)?$/;
const ARCHIVE = /^terraform-provider-aws_(\d+\.\d+\.\d+)_(\w+)\.zip$/;
const TARGET_FOLDER = /^(darwin|freebsd|linux|openbsd|solaris|windows)_\w+$/;

export function thisMachine(): Machine {
    const architecture = { x64: "amd64", ia32: "386" }[arch()] ?? arch();
    return {
        environment: process.env,
        home: homedir(),
        target: `${platform()}_${architecture}`,
        addOns: ["/opt", "/usr/local", "/usr/lib"],
    };
}

/**
 * The provider that `TF_AWS_PROVIDER_BINARY` names; else the newest where Terraform itself looks; else the newest below the folders for added software.
 *
 * @throws NoWay where there is none that can be used
 */
export function findTerraformProvider(machine: Machine = thisMachine()): TerraformProvider {
    const named = machine.environment["TF_AWS_PROVIDER_BINARY"];
    if (named) return checked(named);
    const places = [
        { folders: terraformFolders(machine), depth: MIRROR_DEPTH },
        { folders: machine.addOns, depth: ADD_ON_DEPTH },
    ];
    const others = new Set<string>();
    for (const { folders, depth } of places) {
        const found = folders.flatMap(folder => providersBelow(folder, depth, machine.target));
        const [newest] = found
            .filter(({ version }) => majorOf(version) === MAJOR)
            .sort((a, b) => b.version.localeCompare(a.version, "en", { numeric: true }));
        if (newest !== undefined) return newest;
        for (const { version } of found) others.add(version);
    }
    const seen = others.size === 0 ? "" : ` (there is ${[...others].join(", ")})`;
    throw new NoWay(
        `there is no Terraform AWS provider ${MAJOR}.x for ${machine.target}${seen}; \`terraform providers mirror\` gets one, and TF_AWS_PROVIDER_BINARY names one elsewhere`,
    );
}

function checked(file: string): TerraformProvider {
    const version = PROGRAM.exec(path.basename(file))?.[1];
    if (!isProgram(file)) throw new NoWay(`TF_AWS_PROVIDER_BINARY names ${file}, which is no program`);
    if (version !== undefined && majorOf(version) !== MAJOR)
        throw new NoWay(`TF_AWS_PROVIDER_BINARY names version ${version}; only ${MAJOR}.x can be used`);
    return { file, isPacked: false, version };
}

function providersBelow(folder: string, depth: number, target: string): (TerraformProvider & { readonly version: string })[] {
    return entriesOf(folder).flatMap(entry => {
        const { name } = entry;
        const file = path.join(folder, name);
        const program = PROGRAM.exec(name)?.[1];
        if (program !== undefined && isForTarget(folder, target) && isProgram(file))
            return [{ file, isPacked: false, version: program }];
        const [, packed, packedFor] = ARCHIVE.exec(name) ?? [];
        if (packed !== undefined && packedFor === target) return [{ file, isPacked: true, version: packed }];
        // What is hidden and what Node installs is never a provider, and often deep.
        if (depth <= 1 || name.startsWith(".") || name === "node_modules") return [];
        return isFolder(entry, file) ? providersBelow(file, depth - 1, target) : [];
    });
}

function entriesOf(folder: string): Dirent[] {
    try {
        return readdirSync(folder, { withFileTypes: true });
    } catch {
        return [];
    }
}

function isFolder(entry: Dirent, file: string): boolean {
    if (!entry.isSymbolicLink()) return entry.isDirectory();
    try {
        return statSync(file).isDirectory();
    } catch {
        // It leads nowhere, or in a circle.
        return false;
    }
}

function isProgram(name: string): boolean {
    try {
        accessSync(name, constants.X_OK);
        return statSync(name).isFile();
    } catch {
        return false;
    }
}

/** A program lies in a folder that is named after the kind of machine, or in any other. */
function isForTarget(folder: string, target: string): boolean {
    const name = path.basename(folder);
    return !TARGET_FOLDER.test(name) || name === target;
}

function majorOf(version: string): string | undefined {
    return version.split(".")[0];
}

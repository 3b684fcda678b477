import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { PROJECT_FOLDER } from "../../settings";
import { SANDBOX_FOLDER, SandboxOptions } from "../cli/options";
import { StackFiles, readStackFiles, stackNames } from "../cli/stack-files";
import { UserError } from "../cli/user-error";
import { findEmulator } from "../sandbox/emulator";
import { findEngine } from "../sandbox/engine";
import { engineEnvironment } from "../sandbox/workspace";

/** Where a stack lives: in this project and a real account, or in a sandbox. */
export interface Place {
    /** Folder with `Pulumi.yaml` and the stack's file. */
    readonly folder: string;
    readonly stack: string;
    /** The `pulumi` to run. */
    readonly pulumi: string;
    readonly files: StackFiles;
    readonly isSandbox?: boolean;
}

/**
 * Opens a stack. For one in a sandbox, this process and all that it starts speak to the emulator from now on, and to no real account.
 *
 * @throws UserError where there is no such stack, or none in that sandbox
 */
export async function openPlace(stack: string, where: SandboxOptions = {}): Promise<Place> {
    if (!where.sandbox)
        // A name that no file has is told before anything that has to be installed.
        return { folder: PROJECT_FOLDER, stack, files: readStackFiles(PROJECT_FOLDER, stack), pulumi: await findPulumi() };

    const folder = where.sandboxFolder ?? path.join(PROJECT_FOLDER, SANDBOX_FOLDER);
    if (!stackNames(folder).includes(stack)) {
        readStackFiles(PROJECT_FOLDER, stack);
        throw new UserError(`${stack} is not in the sandbox. Next: npm run sandbox -- up ${stack}`);
    }
    const emulator = await findEmulator(folder);
    if (emulator === undefined) throw new UserError(`No sandbox is up in ${folder}. Next: npm run sandbox -- up ${stack}`);
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
    // The one that made the stack, as a rule: it is found in the same order.
    const engine = await findEngine(folder, () => undefined);
    Object.assign(process.env, engineEnvironment(folder, emulator, engine));
    return { folder, stack, pulumi: engine.pulumi.command, files: readStackFiles(folder, stack), isSandbox: true };
}

/** A stack whose files and program are in another folder. */
export async function openPlaceOf(files: StackFiles, folder: string): Promise<Place> {
    return { folder, stack: files.stack, pulumi: await findPulumi(), files };
}

async function findPulumi(): Promise<string> {
    try {
        return (await PulumiCommand.get()).command;
    } catch {
        throw new UserError("The Pulumi CLI is not on the PATH. Next: install it, https://www.pulumi.com/docs/install/");
    }
}

import * as pulumi from "@pulumi/pulumi";
import { Command } from "commander";
import { UserError } from "./user-error";

/** A command that ends with this code once everything is printed. */
export class ExitCode extends Error {
    constructor(readonly code: number) {
        super(`exit code ${code}`);
    }
}

/** Runs a command line. What is the user's to mend is told in plain words; a stack trace means a defect of this program. */
export async function runCommand(command: Command, argv: readonly string[] = process.argv): Promise<void> {
    try {
        await command.parseAsync([...argv]);
    } catch (error) {
        if (error instanceof ExitCode) {
            process.exitCode = error.code;
            return;
        }
        const isTheUsers = error instanceof UserError || pulumi.RunError.isInstance(error);
        process.stderr.write(`${isTheUsers ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
        process.exitCode = 1;
    }
}

/** Exit code where somebody has to decide first. */
export const NEEDS_A_DECISION = 2;

/** The day, as policies count it. */
export function today(): string {
    return new Date().toISOString().slice(0, 10);
}

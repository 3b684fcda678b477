import * as pulumi from "@pulumi/pulumi";
import { Command, CommanderError } from "commander";
import { refuseTaken } from "./npm-options";
import { say, tell } from "./terminal";
import { UserError } from "./user-error";

/** A command that ends with this code once everything is printed. */
export class ExitCode extends Error {
    constructor(readonly code: number) {
        super(`exit code ${code}`);
    }
}

/** What a command has to say, and how it ends. */
export interface Answer {
    readonly text: string;
    /** The same as data. */
    readonly data?: unknown;
    readonly exitCode: number;
    /** Another program reads the text, so that no line of it is broken for a terminal. */
    readonly isVerbatim?: boolean;
}

/** Prints an answer, as data with `--json`. @throws ExitCode where it is not 0 */
export function print({ text, data, exitCode, isVerbatim = false }: Answer, json = false): void {
    if (json) say(JSON.stringify(data, null, 2), Infinity);
    else say(text, isVerbatim ? Infinity : undefined);
    if (exitCode !== 0) throw new ExitCode(exitCode);
}

/** The end of a command's help: how it ends, beside 0 and 1. */
export function exitCodes(others: Readonly<Record<number, string>> = {}): string {
    const all = Object.entries({ 0: "done", 1: "failed", ...others }).map(([code, what]) => `${code} ${what}`);
    return `\nExit codes: ${all.join(", ")}.`;
}

/** Runs the command line that this process was started with. */
export async function runCommand(command: Command): Promise<void> {
    const code = await exitCodeOf(command, process.argv.slice(2));
    if (code !== 0) process.exitCode = code;
}

/** Runs a command line. What is the user's to mend is told in plain words; a stack trace means a defect of this program. */
export async function exitCodeOf(command: Command, args: readonly string[]): Promise<number> {
    // Else commander ends the process itself.
    for (const each of [command, ...command.commands])
        each.exitOverride()
            .showHelpAfterError(`Next: npm run ${command.name()} -- ${each === command ? "" : `${each.name()} `}--help`)
            .configureOutput({
                writeErr: text => tell(text.trimEnd()),
                outputError: (text, write) => write(MISSING.test(text) ? `error: missing ${missing(each)}\n` : text),
            });
    try {
        refuseTaken(command, args);
        await command.parseAsync(args, { from: "user" });
        return 0;
    } catch (error) {
        if (error instanceof ExitCode) return error.code;
        if (error instanceof CommanderError) return error.exitCode;
        const isTheUsers = error instanceof UserError || pulumi.RunError.isInstance(error);
        tell(isTheUsers ? inSandbox(error.message, command) : String(error instanceof Error ? error.stack : error));
        return 1;
    }
}

/** What went wrong in a sandbox, where a next step without its option would reach AWS. */
function inSandbox(message: string, command: Command): string {
    const [stack] = command.args;
    const isMeant = command.opts<{ sandbox?: boolean }>().sandbox === true && stack !== undefined;
    if (!isMeant || !/\bnpm run (?!sandbox )/.test(message) || message.includes(" --sandbox")) return message;
    return `${message}\nThat is for AWS. In the sandbox: npm run sandbox -- up ${stack}, and other commands with --sandbox.`;
}

/** What commander says of the first thing that is missing. */
const MISSING = /^error: (required option|missing required argument) /;

/** All that a command needs and was not given, in the order of its help. */
function missing(command: Command): string {
    const operands = command.args.filter(arg => !arg.startsWith("-"));
    const options = command.options.filter(
        option => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
    );
    return [
        ...command.registeredArguments
            .slice(operands.length)
            .flatMap(argument => (argument.required ? `<${argument.name()}>` : [])),
        ...options.map(({ flags }) => flags),
    ].join(", ");
}

/** Exit code where somebody has to decide first. */
export const NEEDS_A_DECISION = 2;

/** The day, as policies count it. */
export function today(): string {
    return new Date().toISOString().slice(0, 10);
}

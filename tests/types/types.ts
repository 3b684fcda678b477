import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Command } from "commander";
import * as ts from "typescript";
import { PROJECT_FOLDER } from "../../settings";
import { isColoured } from "../../tools/cli/colours";
import { ExitCode, runCommand } from "../../tools/cli/command";
import { examples } from "../support/component-docs";

export const command = new Command("types")
    .description("`tsc --noEmit`, and with the project's files the examples of the components, which are in no file.")
    .action(check);

function check(): void {
    const { options, fileNames } = projectFiles();
    const inMemory = new Map(examples().map(({ file, code }) => [file, code]));
    const host = ts.createCompilerHost(options);
    const readFile = host.readFile.bind(host);
    const fileExists = host.fileExists.bind(host);
    host.readFile = file => inMemory.get(file) ?? readFile(file);
    host.fileExists = file => inMemory.has(file) || fileExists(file);

    const program = ts.createProgram([...fileNames, ...inMemory.keys()], options, host);
    const diagnostics = ts.getPreEmitDiagnostics(program);
    if (diagnostics.length === 0) return;
    const told = ts.formatDiagnosticsWithColorAndContext(diagnostics, host);
    console.error(isColoured(process.stderr) ? told : stripVTControlCharacters(told));
    console.error("A file *.example.ts is the @example of a component: the lines are those of the component's file.");
    throw new ExitCode(1);
}

function projectFiles(): ts.ParsedCommandLine {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
    return ts.getParsedCommandLineOfConfigFile(path.join(PROJECT_FOLDER, "tsconfig.json"), {}, host) ?? fail();
}

function fail(diagnostic?: ts.Diagnostic): never {
    throw new Error(diagnostic ? ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n") : "tsconfig.json is not there");
}

if (require.main === module) void runCommand(command);

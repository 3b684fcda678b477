import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { PROJECT_FOLDER } from "../../settings";
import type { Emulator } from "./emulator";
import type { Engine } from "./engine";

export interface WorkspaceOptions {
    /** Ignored folder that holds everything. */
    readonly folder: string;
    readonly stack: string;
    readonly config: Readonly<Record<string, string>>;
    readonly emulator: Emulator;
    readonly engine: Engine;
    /** Folder of the program. @default the project's */
    readonly program?: string;
    /** Further environment of the engine and its plugins. */
    readonly environment?: Readonly<Record<string, string>>;
}

/** A stack of the program in a folder of its own: neither `Pulumi.yaml` nor the stack's file beside it is touched. */
export async function openStack(options: WorkspaceOptions): Promise<Stack> {
    const { folder, stack, emulator, engine, program = PROJECT_FOLDER } = options;
    mkdirSync(stateFolder(folder), { recursive: true });
    const project = parse(readFileSync(path.join(program, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
    writeFileSync(path.join(folder, "Pulumi.yaml"), stringify({ ...project, main: `${path.relative(folder, program)}/` }));
    writeStackFile(folder, stack, options.config);

    const workspace = await LocalWorkspace.create({
        workDir: folder,
        pulumiCommand: engine.pulumi,
        envVars: { ...engineEnvironment(folder, emulator, engine), ...options.environment },
    });
    return Stack.createOrSelect(stack, workspace);
}

/** In which the engine finds the sandbox's state, and speaks to its emulator and to nothing else. */
export function engineEnvironment(folder: string, emulator: Emulator, engine: Engine): Record<string, string> {
    return {
        ...engine.environment,
        ...emulator.environment,
        PULUMI_BACKEND_URL: `file://${stateFolder(folder)}`,
        PULUMI_CONFIG_PASSPHRASE: "sandbox",
    };
}

/** Writes a stack's configuration, keeping what `stack init` wrote beside it. */
export function writeStackFile(folder: string, stack: string, config: Readonly<Record<string, string>>): void {
    const file = path.join(folder, `Pulumi.${stack}.yaml`);
    const before = existsSync(file) ? (parse(readFileSync(file, "utf8")) as Record<string, unknown>) : {};
    const values = Object.fromEntries(Object.entries(config).map(([key, text]) => [key, fromText(text)]));
    writeFileSync(file, stringify({ ...before, config: values }, QUOTED));
}

/** All text in quotes: the engine's reader takes more for numbers and times than the writer here knows. */
const QUOTED = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_DOUBLE", lineWidth: 0 } as const;

/** A mapping or a list where the text is one; other text stays as it is, which is what the program is handed. */
function fromText(text: string): unknown {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null ? value : text;
    } catch {
        return text;
    }
}

/** State describes what the emulator holds in memory: they live and die together. */
export function dropState(folder: string): void {
    rmSync(stateFolder(folder), { recursive: true, force: true });
}

/** Stacks that the state describes. */
export function stacksInState(folder: string): string[] {
    const stacks = path.join(stateFolder(folder), ".pulumi", "stacks");
    if (!existsSync(stacks)) return [];
    const files = readdirSync(stacks, { recursive: true, encoding: "utf8" });
    return files
        .filter(file => file.endsWith(".json"))
        .map(file => path.basename(file, ".json"))
        .sort();
}

function stateFolder(folder: string): string {
    return path.join(folder, "state");
}

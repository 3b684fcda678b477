import type { PulumiCommand } from "@pulumi/pulumi/automation";

/** A Pulumi engine with all that a sandbox needs of it. */
export interface Engine {
    readonly pulumi: PulumiCommand;
    /** In which the engine finds its plugins, and whoever runs it the engine; goes with every run. */
    readonly environment: Readonly<Record<string, string>>;
    /** What runs, in one line. */
    readonly description: string;
}

/** What is asked of an engine. */
export interface Wishes {
    /** Ignored folder of the sandbox. */
    readonly folder: string;
    /** Told what goes on, whenever that changes. */
    readonly tell: (what: string) => void;
    /** Told what has taken long and is done. */
    readonly done: (line: string) => void;
    readonly signal?: AbortSignal;
    /** Whether images are built and looked up, too. @default false */
    readonly images?: boolean;
}

/** Why a way to an engine does not lead there, in one line. */
export class NoWay extends Error {}

/** The last line that says something: of an error, or of what a program printed. */
export function lastLine(told: unknown): string {
    const text = told instanceof Error ? told.message : String(told);
    return text.trim().split("\n").pop()?.trim() ?? "";
}

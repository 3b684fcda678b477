import type { Files } from "./files";

/** A rule over the workflows, and changes that must be found. */
export interface Rule {
    readonly name: string;
    /** Everything that breaks the rule, each told where. */
    readonly problems: (files: Files) => readonly string[];
    /** Replacements, each of which breaks the rule. */
    readonly broken: readonly (readonly [file: string, text: string, replacement: string])[];
}

import { Finding } from "./problems";
import type { Parsed } from "./service";
import type { Settings } from "./types";

/** Rules between keys, which no single key's schema can state. */
export interface Rule {
    (context: Context): readonly Finding[];
}

export interface Context {
    readonly settings: Settings;
    readonly parsed: Parsed;
    /** Folder that paths in the configuration are relative to. */
    readonly root: string;
}

import { Finding } from "./problems";
import type { Parsed } from "./stack";
import type { ServiceSettings, Settings } from "./types";

/** Rules between keys, which no single key's schema can state. */
export interface Check {
    (context: Context): readonly Finding[];
}

export interface Context {
    readonly settings: Settings;
    readonly parsed: Parsed;
    /** Folder that paths in the configuration are relative to. */
    readonly root: string;
}

/** Rules between the keys of one service. `at` makes a path below it. */
export interface ServiceCheck {
    (service: ServiceSettings, context: Context, at: At): readonly Finding[];
}

export type At = (...keys: string[]) => string[];

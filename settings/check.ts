import type { Finding } from "./problems";
import type { ServiceSettings, Settings } from "./types";

/** What must hold between keys; no single key's schema can state it. */
export interface Check<Parsed = unknown> {
    (context: Context<Parsed>): readonly Finding[];
}

export interface Context<Parsed = unknown> {
    readonly settings: Settings;
    /** The values as they are written, without the defaults of a profile: as much of them as a check looks at. */
    readonly parsed: Parsed;
    /** Folder that paths in the configuration are relative to. */
    readonly root: string;
}

/** What must hold between the keys of one service. `at` makes a path below it. */
export interface ServiceCheck<Parsed = unknown> {
    (service: ServiceSettings, context: Context<Parsed>, at: At): readonly Finding[];
}

export type At = (...keys: string[]) => string[];

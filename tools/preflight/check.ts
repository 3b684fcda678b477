import type { Images } from "../../model/image-reference";
import type { Settings } from "../../settings";
import type { Graph } from "../inventory/graph";
import type { Clients } from "./clients";

export const STATUSES = ["failure", "warning", "skipped", "ok"] as const;

export type Status = (typeof STATUSES)[number];

/** One thing that a check found. */
export interface Finding {
    readonly status: Status;
    /** What was found, in one sentence without its full stop. */
    readonly found: string;
    /** What to do about it, where there is something to do. */
    readonly fix?: string;
}

/** A question that an update would otherwise ask in its middle. It only reads. */
export interface Check {
    readonly name: string;
    /** What it asks, as its line in docs/operate.md says. */
    readonly asks: string;
    /** Why an emulator cannot answer any of it. @default it can */
    readonly notEmulated?: string;
    /** What it throws is told as a warning: see `findingOf`. None where the stack has nothing of the kind. */
    readonly run: (subject: Subject) => Promise<readonly Finding[]>;
}

/** What checks look at. */
export interface Subject {
    readonly settings: Settings;
    /** What the stack declares, worked out without AWS: ids in it are logical names. */
    readonly declared: Graph;
    readonly aws: Clients;
    /** What the stack's own state holds; nothing before a first update. @throws where the state cannot be read */
    readonly own: () => Promise<readonly OwnResource[]>;
    /** Images that the update would be told, by service or job: of one that it would build there is none. */
    readonly images: () => Promise<Images>;
    /** Whether an emulator stands for AWS. */
    readonly isEmulated: boolean;
    /** When all that is asked has to be answered. */
    readonly signal: AbortSignal;
}

/** A resource in the stack's state. */
export interface OwnResource {
    readonly type: string;
    readonly urn: string;
    readonly outputs?: Readonly<Record<string, unknown>> | null;
}

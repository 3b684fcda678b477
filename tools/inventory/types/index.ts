import { FACTS } from "./fargate";
import type { Row } from "./row";
import * as services from "./services";

export * from "./services";

/** What is known of each AWS type, by its token. */
export const TYPES: ReadonlyMap<string, Row> = new Map(Object.values(services).flatMap(({ ROWS }) => Object.entries(ROWS)));

/** The two or three properties of a resource or component that matter to a reader. */
export function factsOf({ type, inputs }: { readonly type: string; readonly inputs: Readonly<Record<string, unknown>> }): string {
    const facts = TYPES.get(type)?.facts ?? FACTS[type];
    return (facts?.(inputs) ?? []).filter(fact => fact !== undefined && fact !== false && fact !== "").join(" · ");
}

/** Whether a type costs nothing; a provider is no resource of AWS. */
export function isFree(type: string): boolean {
    return typeof TYPES.get(type)?.cost === "object" || type.startsWith("pulumi:providers:");
}

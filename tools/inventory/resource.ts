/** A resource as rules see it, whoever shows it: `plan` from its inventory, the pack from the engine. */
export interface Resource {
    readonly urn: string;
    /** Without aliases: see `canonicalType`. */
    readonly type: string;
    readonly name: string;
    /** URN. */
    readonly parent?: string;
    /** As the program declares them; `UNKNOWN` may stand anywhere in them. */
    readonly inputs: Readonly<Record<string, unknown>>;
    /** URNs of everything that comes before it. */
    readonly dependencies: readonly string[];
    /** URNs by property, where the engine tells them. */
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    /** What other resources call it by: id, ARN, physical name, as far as they are known. */
    readonly ids: readonly string[];
    /** Properties that hold a secret, as far as they are known; the engine does not tell a pack. */
    readonly secretProperties?: readonly string[];
    /** Its provider's argument of that name: `{ tags }`, as text or data. */
    readonly defaultTags?: unknown;
}

/** `aws:ecs/service:Service` as a person says it: `ecs.Service`. */
export function shortType(type: string): string {
    const [pkg = "", module = "", name = ""] = type.split(":");
    const folder = module.split("/", 1)[0] ?? "";
    return pkg === "aws" ? `${folder}.${name}` : name;
}

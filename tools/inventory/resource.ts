import { UNKNOWN, texts } from "./inputs";
import { Recorded, SECRET, idOf } from "./recorder";
import { canonicalType } from "./types/aliases";

/** A resource that a stack declares, whoever shows it: the recorder, the engine to a pack, or a preview. */
export interface Resource {
    readonly urn: string;
    /** Without aliases: see `canonicalType`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    /** URN. */
    readonly parent?: string;
    readonly isComponent: boolean;
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
    /** Arguments that overrides.ts changed, as far as they are known. */
    readonly overridden?: readonly string[];
}

/** A resource of the program, with what the recorder alone knows of it. */
export type DeclaredResource = Recorded & Resource;

/** What is said of a resource that overrides.ts changed. */
export function overriddenText({ overridden = [] }: Resource): string {
    return `overridden in overrides.ts: ${overridden.length === 0 ? "nothing" : overridden.join(", ")}`;
}

export const AWS_PROVIDER = "pulumi:providers:aws";

/** What the recorder saw, as resources. */
export function fromRecorded(recorded: readonly Recorded[]): DeclaredResource[] {
    const provider = recorded.find(({ type }) => type === AWS_PROVIDER);
    const defaultTags = provider?.inputs["defaultTags"];
    return recorded.map(resource => {
        const { type, name, inputs } = resource;
        const id = idOf(type, name);
        const { name: physicalName } = inputs;
        return {
            ...resource,
            type: canonicalType(type),
            inputs: withoutSecrets(inputs) as Resource["inputs"],
            // A name that AWS would choose is the logical one (resource-outputs.ts).
            ids: [id, `arn:aws:${id}`, typeof physicalName === "string" ? physicalName : name],
            secretProperties: Object.keys(inputs).filter(property => texts(inputs[property]).includes(SECRET)),
            defaultTags,
        };
    });
}

function withoutSecrets(value: unknown): unknown {
    if (value === SECRET) return UNKNOWN;
    if (Array.isArray(value)) return value.map(withoutSecrets);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

/** `aws:ecs/service:Service` as a person says it: `ecs.Service`. */
export function shortType(type: string): string {
    const [pkg = "", module = "", name = ""] = type.split(":");
    const folder = module.split("/", 1)[0] ?? "";
    return pkg === "aws" ? `${folder}.${name}` : name;
}

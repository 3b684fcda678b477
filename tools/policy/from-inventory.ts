import type { Inventory } from "../inventory/inventory";
import { Recorded, SECRET, idOf } from "../inventory/recorder";
import type { Resource } from "../inventory/resource";
import { canonicalType } from "../inventory/type-aliases";
import { UNKNOWN, texts } from "../inventory/inputs";

const PROVIDER = "pulumi:providers:aws";

/** The resources of an inventory, as rules see them. */
export function fromInventory({ resources }: Pick<Inventory, "resources">): Resource[] {
    const provider = resources.find(({ type }) => type === PROVIDER);
    return resources.map(resource => fromRecorded(resource, provider?.inputs["defaultTags"]));
}

function fromRecorded({ urn, type, name, parent, inputs, dependencies }: Recorded, defaultTags: unknown): Resource {
    const id = idOf(type, name);
    const { name: physicalName } = inputs;
    return {
        urn,
        type: canonicalType(type),
        name,
        parent,
        inputs: withoutSecrets(inputs) as Resource["inputs"],
        dependencies,
        // A name that AWS would choose is the logical one (tools/inventory/resource-outputs.ts).
        ids: [id, `arn:aws:${id}`, typeof physicalName === "string" ? physicalName : name],
        secretProperties: Object.keys(inputs).filter(property => texts(inputs[property]).includes(SECRET)),
        defaultTags,
    };
}

function withoutSecrets(value: unknown): unknown {
    if (value === SECRET) return UNKNOWN;
    if (Array.isArray(value)) return value.map(withoutSecrets);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

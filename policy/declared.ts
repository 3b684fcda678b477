import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { Resource } from "../tools/inventory/resource";
import { canonicalType } from "../tools/inventory/types/aliases";
import { UNKNOWN, texts } from "../tools/inventory/inputs";

/**
 * Resources as the engine shows them to a pack, in the form that rules take. The engine shows inputs one resource at a time and, at the end, all
 * resources together but with outputs, where a component has no inputs left and everything that AWS may choose is unknown. So inputs are
 * remembered, and references are added to them at the end.
 */
export class Declared {
    private readonly byUrn = new Map<string, Resource>();

    /** Before the engine touches a resource. */
    remember({ urn, type, name, props, opts, provider }: ResourceValidationArgs): Resource {
        const inputs = known(props) as Resource["inputs"];
        const resource = {
            urn,
            type: canonicalType(type),
            name,
            parent: opts.parent,
            isComponent: isComponent(type),
            inputs,
            dependencies: [],
            ids: [],
            defaultTags: at(provider?.props, "defaultTags"),
        };
        this.byUrn.set(urn, resource);
        return resource;
    }

    /** When everything is registered. */
    inStack({ urn, type, name, props, parent, dependencies, propertyDependencies, provider }: PolicyResource): Resource {
        const outputs = known(props) as Resource["inputs"];
        return {
            urn,
            type: canonicalType(type),
            name,
            parent: parent?.urn,
            isComponent: isComponent(type),
            // A targeted update does not register everything.
            inputs: this.byUrn.get(urn)?.inputs ?? outputs,
            dependencies: dependencies.map(before => before.urn),
            propertyDependencies: Object.fromEntries(
                Object.entries(propertyDependencies).map(([property, before]) => [property, before.map(each => each.urn)]),
            ),
            ids: texts([outputs["id"], outputs["arn"], outputs["name"]]),
            defaultTags: at(provider?.props, "defaultTags"),
        };
    }
}

/** The engine does not tell a pack; a package of nobody but the program has components alone. */
function isComponent(type: string): boolean {
    return !/^(aws|docker|docker-build|pulumi):/.test(type);
}

/** The SDK's proxies throw where a value is not known. */
function known(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    const keys = Object.keys(value);
    if (Array.isArray(value)) return keys.map(key => at(value, key));
    return Object.fromEntries(keys.map(key => [key, at(value, key)]));
}

function at(holder: unknown, key: string): unknown {
    if (typeof holder !== "object" || holder === null) return undefined;
    let value: unknown;
    try {
        value = (holder as Record<string, unknown>)[key];
    } catch {
        return UNKNOWN;
    }
    return known(value);
}

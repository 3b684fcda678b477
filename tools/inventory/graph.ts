import type { Resource } from "./resource";
import { texts } from "./inputs";

/** The resources of a stack, with the references between them. */
export class Stack {
    private readonly byType = new Map<string, Resource[]>();

    constructor(readonly resources: readonly Resource[]) {
        for (const resource of resources) {
            const same = this.byType.get(resource.type);
            if (same === undefined) this.byType.set(resource.type, [resource]);
            else same.push(resource);
        }
    }

    ofType(...types: readonly string[]): readonly Resource[] {
        return types.flatMap(type => this.byType.get(type) ?? []);
    }

    /** The resources of a type that a property refers to: those that the engine names, or else those whose id, ARN or name is its value. */
    referred(resource: Resource, property: string, type: string): readonly Resource[] {
        const told = resource.propertyDependencies?.[property] ?? [];
        const candidates = this.ofType(type);
        if (told.length > 0) return candidates.filter(({ urn }) => told.includes(urn));
        const values = new Set(texts(resource.inputs[property]));
        return candidates.filter(({ ids }) => ids.some(id => values.has(id)));
    }

    /** The resources of a type with a property that refers to this one. */
    referring(to: Resource, type: string, property: string): readonly Resource[] {
        return this.ofType(type).filter(resource => this.referred(resource, property, to.type).includes(to));
    }
}

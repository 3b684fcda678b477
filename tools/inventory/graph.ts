import type { Resource } from "./resource";
import { texts } from "./inputs";

type Index<K> = ReadonlyMap<K, readonly Resource[]>;

/** The resources of a stack: who belongs to whom, who depends on whom, who refers to whom. */
export class Graph {
    private readonly byType: Index<string>;
    private readonly byUrn: ReadonlyMap<string, Resource>;
    /** The resources of a type, by what others call them. */
    private readonly byId = new Map<string, Index<string>>();
    /** The resources of a type, by those of another type that a property refers to. */
    private readonly byReferred = new Map<string, Index<Resource>>();

    constructor(readonly resources: readonly Resource[]) {
        this.byType = indexed(resources, ({ type }) => [type]);
        this.byUrn = new Map(resources.map(resource => [resource.urn, resource]));
    }

    ofType(...types: readonly string[]): readonly Resource[] {
        return types.flatMap(type => this.byType.get(type) ?? []);
    }

    parentOf({ parent }: Resource): Resource | undefined {
        return parent === undefined ? undefined : this.byUrn.get(parent);
    }

    /** The resources of a type that a property refers to: those that the engine names, or else those whose id, ARN or name is its value. */
    referred(resource: Resource, property: string, type: string): readonly Resource[] {
        const told = resource.propertyDependencies?.[property] ?? [];
        const candidates = told.length > 0 ? this.named(told, type) : this.called(texts(resource.inputs[property]), type);
        const found = new Set(candidates);
        // In the order of the stack, whatever the property's is.
        return found.size < 2 ? [...found] : this.ofType(type).filter(candidate => found.has(candidate));
    }

    /** The resources of a type with a property that refers to this one. */
    referring(to: Resource, type: string, property: string): readonly Resource[] {
        const make = () => indexed(this.ofType(type), resource => this.referred(resource, property, to.type));
        return once(this.byReferred, [type, property, to.type].join(" "), make).get(to) ?? [];
    }

    /** The first of a type that `resource` depends on. */
    dependency(resource: Resource, type: string): Resource | undefined {
        return resource.dependencies.map(urn => this.byUrn.get(urn)).find(found => found?.type === type);
    }

    /** All of a type that depend on `resource`. */
    dependents(resource: Resource, type: string): Resource[] {
        return this.ofType(type).filter(({ dependencies }) => dependencies.includes(resource.urn));
    }

    /** Name of the component at the top, below the stack. */
    componentOf(resource: Resource): string {
        const parent = this.parentOf(resource);
        return parent === undefined ? resource.name : this.componentOf(parent);
    }

    private named(urns: readonly string[], type: string): readonly Resource[] {
        return urns.flatMap(urn => this.byUrn.get(urn) ?? []).filter(resource => resource.type === type);
    }

    private called(names: readonly string[], type: string): readonly Resource[] {
        const byId = once(this.byId, type, () => indexed(this.ofType(type), ({ ids }) => ids));
        return names.flatMap(name => byId.get(name) ?? []);
    }
}

/** What a map has under a key, made when it is first asked for. */
function once<K, V>(map: Map<K, V>, key: K, make: () => V): V {
    const value = map.get(key) ?? make();
    map.set(key, value);
    return value;
}

/** The members of a list under each of their keys, in the order of the list. */
export function indexed<K, T>(list: readonly T[], keysOf: (member: T) => readonly K[]): ReadonlyMap<K, readonly T[]> {
    const index = new Map<K, T[]>();
    for (const member of list) {
        for (const key of keysOf(member)) {
            const found = index.get(key);
            if (found === undefined) index.set(key, [member]);
            else found.push(member);
        }
    }
    return index;
}

/** A resource as an estimate sees it. */
export interface CostResource {
    readonly urn: string;
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    /** URN. */
    readonly parent?: string;
    readonly isComponent: boolean;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** URNs. */
    readonly dependencies: readonly string[];
}

/** Who belongs to whom, and who depends on whom. */
export class CostGraph {
    private readonly byUrn: ReadonlyMap<string, CostResource>;
    private readonly byType: ReadonlyMap<string, readonly CostResource[]>;

    constructor(resources: readonly CostResource[]) {
        this.byUrn = new Map(resources.map(resource => [resource.urn, resource]));
        this.byType = indexed(resources, ({ type }) => [type]);
    }

    ofType(type: string): readonly CostResource[] {
        return this.byType.get(type) ?? [];
    }

    /** The first of a type that `resource` depends on. */
    dependency(resource: CostResource, type: string): CostResource | undefined {
        return resource.dependencies.map(urn => this.byUrn.get(urn)).find(found => found?.type === type);
    }

    /** All of a type that depend on `resource`. */
    dependents(resource: CostResource, type: string): CostResource[] {
        return this.ofType(type).filter(({ dependencies }) => dependencies.includes(resource.urn));
    }

    /** Name of the component at the top, below the stack. */
    componentOf(resource: CostResource): string {
        const parent = resource.parent === undefined ? undefined : this.byUrn.get(resource.parent);
        return parent === undefined ? resource.name : this.componentOf(parent);
    }
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

/** A number from an input that AWS takes as a number or as text. */
export function numberOf(value: unknown): number {
    return typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
}

/** A list from an input; empty where there is none. */
export function listOf(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}

/** The fields of an input that is an object; none where it is not. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

import assert from "node:assert/strict";
import { Recorded, record } from "../../tools/inventory/recorder";
import { shortType } from "../../tools/inventory/resource";

/** What a program declares, with everything resolved; fails as the program does. */
export async function declare(program: () => unknown): Promise<Declared> {
    const { resources, outputs } = await record(() => Promise.resolve(program()), { project: "fargate", stack: "test" });
    return new Declared(resources, outputs);
}

/** The same, once for the same arguments: tests look at it and change nothing. */
export function cached<A extends unknown[]>(declareWith: (...args: A) => Promise<Declared>): (...args: A) => Promise<Declared> {
    const known = new Map<string, Promise<Declared>>();
    return (...args) => {
        const key = JSON.stringify(args, (_, value: unknown) => (value === undefined ? "undefined" : value));
        const declared = known.get(key) ?? declareWith(...args);
        known.set(key, declared);
        return declared;
    };
}

export class Declared {
    constructor(
        readonly resources: readonly Recorded[],
        /** What the program returned. */
        readonly outputs: unknown,
    ) {}

    /** Every resource, sorted. */
    get list(): string[] {
        return this.resources.map(label).sort();
    }

    /** The one resource with this label. */
    one(wanted: string): Recorded {
        const [found, ...others] = this.resources.filter(resource => label(resource) === wanted);
        assert.ok(found !== undefined && others.length === 0, `no single ${wanted} in:\n${this.list.join("\n")}`);
        return found;
    }

    /** The inputs of the one resource with this label. */
    inputs(wanted: string): Recorded["inputs"] {
        return this.one(wanted).inputs;
    }

    /** All resources of a type. */
    all(type: string): Recorded[] {
        return this.resources.filter(resource => label(resource).startsWith(`${type} `));
    }

    /**
     * Labels of everything that must exist before a resource: what it depends on, what its parents do, and so on. The parents themselves are
     * components and take no time.
     */
    before(wanted: string): Set<string> {
        const byUrn = new Map(this.resources.map(resource => [resource.urn, resource]));
        const seen = new Set<Recorded>();
        const walk = (resource: Recorded | undefined): void => {
            if (resource === undefined || seen.has(resource)) return;
            seen.add(resource);
            for (const urn of [...resource.dependencies, resource.parent ?? ""]) walk(byUrn.get(urn));
        };
        const start = this.one(wanted);
        walk(start);
        seen.delete(start);
        return new Set([...seen].filter(({ isComponent, type }) => !isComponent || !type.startsWith("fargate:")).map(label));
    }
}

/** `ecs.Service web` for AWS's, `Service web` for a component of this project, `awsx.Vpc network` for others. */
export function label({ type, name }: Pick<Recorded, "type" | "name">): string {
    const [pkg = ""] = type.split(":");
    return `${pkg === "aws" || pkg === "fargate" ? "" : `${pkg}.`}${shortType(type)} ${name}`;
}

/** What a policy or another document in JSON says. */
export function json(text: unknown): unknown {
    return JSON.parse(String(text));
}

/** Names of all resources of a type, sorted. */
export function names(declared: Declared, type: string): string[] {
    return declared
        .all(type)
        .map(({ name }) => name)
        .sort();
}

/** What the first has and the second has not. */
export function difference(first: Declared, second: Declared): string[] {
    const known = new Set(second.list);
    return first.list.filter(line => !known.has(line));
}

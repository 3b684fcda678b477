import assert from "node:assert/strict";
import type { Resource } from "../../tools/inventory/resource";
import { TASK_DEFINITION } from "../../tools/inventory/types/ecs";
import { inventory } from "../../tools/inventory/inventory";
import { sample } from "./sample";

type Inputs = Readonly<Record<string, unknown>>;

/** A resource whose id is its logical name; `inputs` refer to others by that. */
export function resource(type: string, inputs: Inputs = {}, more: Partial<Resource> = {}): Resource {
    const name = more.name ?? type.split(":").pop() ?? type;
    return {
        urn: `urn:pulumi:dev::fargate::${type}::${name}`,
        type,
        name,
        isComponent: false,
        inputs,
        dependencies: [],
        ids: [name],
        ...more,
    };
}

/** A task definition with one container named web. */
export function task(container: Inputs, inputs: Inputs = {}): Resource {
    return resource(TASK_DEFINITION, { containerDefinitions: JSON.stringify([{ name: "web", ...container }]), ...inputs });
}

/** A policy document with one statement that allows. */
export function allow(statement: Inputs): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}

const known = new Map<string, Promise<Resource[]>>();

/** The resources of this program for a sample stack. */
export function programOf(stack: "dev" | "prod"): Promise<Resource[]> {
    const found = known.get(stack) ?? inventory(stack, sample(stack)).then(({ resources }) => [...resources]);
    known.set(stack, found);
    return found;
}

export type Change = (resources: readonly Resource[]) => readonly Resource[];

/** Changes the inputs of one resource, and fails where there is none. */
export function altered(type: string, name: string, change: (inputs: Inputs) => Inputs): Change {
    return resources => {
        const found = resources.find(each => each.type === type && each.name === name);
        assert.ok(found, `the program has no ${type} ${name}`);
        const inputs = change(found.inputs);
        assert.notDeepEqual(inputs, found.inputs, "nothing is altered");
        return resources.map(each => (each === found ? { ...found, inputs } : each));
    };
}

/** Sets properties of one resource; undefined removes one. */
export function having(type: string, name: string, given: Inputs): Change {
    return altered(type, name, inputs => ({ ...inputs, ...given }));
}

/** Sets properties of the container of the service web; undefined removes one. */
export function havingContainer(given: Inputs): Change {
    return altered(TASK_DEFINITION, "web-task-definition", inputs => {
        const definitions = JSON.parse(String(inputs["containerDefinitions"])) as Inputs[];
        return { ...inputs, containerDefinitions: JSON.stringify(definitions.map(each => ({ ...each, ...given }))) };
    });
}

/** Takes one resource away. */
export function without(type: string, name: string): Change {
    return resources => {
        const left = resources.filter(each => each.type !== type || each.name !== name);
        assert.equal(left.length, resources.length - 1, `the program has no ${type} ${name}`);
        return left;
    };
}

/** Adds resources. */
export function plus(...more: readonly Resource[]): Change {
    return resources => [...resources, ...more];
}

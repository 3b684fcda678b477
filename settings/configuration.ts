import { regionFault } from "../model/regions";
import { KeyPath, Problem, show } from "./problems";

/** Configuration as Pulumi hands it over: full keys, values as text. */
export type Configuration = Readonly<Record<string, string>>;

/** The values of one namespace, without it; text that is JSON becomes what it says. */
export function section(configuration: Configuration, namespace: string): Record<string, unknown> {
    const entries = Object.entries(configuration).filter(([key]) => key.startsWith(`${namespace}:`));
    return Object.fromEntries(entries.map(([key, text]) => [key.slice(namespace.length + 1), fromText(text)]));
}

function fromText(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

export function regionProblems(region: unknown): Problem[] {
    const fault = regionFault(typeof region === "string" ? region : "");
    if (fault === undefined) return [];
    return [
        {
            path: ["aws:region"],
            found: show(region),
            allowed: `${fault} (pulumi config set aws:region <region>)`,
        },
    ];
}

interface SchemaNode {
    readonly def: {
        readonly type: string;
        readonly innerType?: SchemaNode;
        readonly valueType?: SchemaNode;
        readonly element?: SchemaNode;
        readonly in?: SchemaNode;
        readonly options?: readonly SchemaNode[];
    };
    readonly shape?: Readonly<Record<string, SchemaNode>>;
}

/** Every place where the schema knows a key, with `<name>` where names are free and `0` in lists. */
export function placesOfKey(schema: unknown, wanted: string, at: KeyPath = []): KeyPath[] {
    const node = unwrap(schema as SchemaNode);
    const below: [string, SchemaNode | undefined][] = [
        ...Object.entries(node.shape ?? {}),
        ["<name>", node.def.valueType],
        ["0", node.def.element],
    ];
    return below.flatMap(([key, next]) => {
        if (next === undefined) return [];
        const place = [...at, key];
        return [...(key === wanted ? [place] : []), ...placesOfKey(next, wanted, place)];
    });
}

/** The keys that the schema knows at a place. */
export function knownKeys(schema: unknown, at: KeyPath): readonly string[] {
    let node = unwrap(schema as SchemaNode);
    for (const key of at) {
        const own = node.shape !== undefined && Object.hasOwn(node.shape, key) ? node.shape[key] : undefined;
        const next: SchemaNode | undefined = own ?? node.def.valueType ?? node.def.element;
        if (next === undefined) return [];
        node = unwrap(next);
    }
    return Object.keys(node.shape ?? {});
}

function unwrap(node: SchemaNode): SchemaNode {
    // Of the forms that a value may have, the one with keys.
    const form = node.def.options?.find(option => unwrap(option).shape !== undefined);
    const inner = node.def.innerType ?? node.def.in ?? form;
    return inner === undefined ? node : unwrap(inner);
}

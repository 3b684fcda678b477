import { TYPES } from "./types";

/** `aws:ec2/vpc:Vpc` and `main` make `Vpc:main`. */
export function idOf(type: string, name: string): string {
    return `${type.split(":").pop() ?? ""}:${name}`;
}

/** What AWS or a plugin would add to the inputs, made from type and name alone. */
export function outputsOf(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const id = idOf(type, name);
    const own = TYPES.get(type)?.outputs(id, inputs) ?? {};
    return { arn: `arn:aws:${id}`, name, ...inputs, ...own };
}

import { UNKNOWN } from "../inventory/inputs";
import { UNKNOWN_TEXT } from "../deployed/preview";

/** Resources as one process hands them to another: what is unknown is written as the engine writes it. */
export function toText(resources: readonly unknown[]): string {
    return JSON.stringify(resources, (_, value: unknown) => (value === UNKNOWN ? UNKNOWN_TEXT : value));
}

/** @throws SyntaxError where it is no JSON */
export function fromText(text: string): unknown {
    return JSON.parse(text, (_, value: unknown) => (value === UNKNOWN_TEXT ? UNKNOWN : value));
}

import { textOf } from "../inputs";

type Values = Readonly<Record<string, unknown>>;

/** A property in a few words; nothing where it says nothing. */
export type Facts = (inputs: Values) => readonly (string | number | undefined | false)[];

/** What goes with a resource that is replaced or deleted. */
export interface LossRow {
    /** Taking the change back does not bring it back. */
    readonly isForGood: boolean;
    readonly told: Told;
    /**
     * What goes where another one takes its place.
     *
     * @default what goes with it for good, and nothing of what it has for now
     */
    readonly replaced?: Told;
}

export type Told = (state: { readonly inputs: Values; readonly outputs: Values }) => Lost;

/** In words, and the name or address that they end with. */
export interface Lost {
    readonly lost: string;
    readonly of?: string;
}

/** What is known of an AWS resource type. */
export interface Row {
    /** The two or three properties that matter to a reader of a plan. */
    readonly facts: Facts;
    /** Undefined where nobody has said: it then counts as lost for good. */
    readonly loss: LossRow | undefined;
    /** By a pricer (tools/cost/pricers), or nothing, with the reason where it is not plain. Undefined where nobody knows. */
    readonly cost: typeof PRICED | { readonly free: string } | undefined;
    /** What AWS or a plugin would add to the inputs, made from `<Type>:<logical name>`. */
    readonly outputs: (id: string, inputs: Values) => Values;
}

export type Rows = Readonly<Record<string, Row>>;

export const PRICED = "priced";

export const NO_FACTS: Facts = () => [];

export const NO_OUTPUTS = (): Values => ({});

/** Data, and names or addresses that AWS gives out once. Taking the change back makes a new and empty one. */
export function forGood(told: Told, replaced?: Told): LossRow {
    return { isForGood: true, told, replaced };
}

export function forNow(told: Told, replaced?: Told): LossRow {
    return { isForGood: false, told, replaced };
}

/** `all log lines in <name>`, by the output or input of that name. */
export function named(what: string, key = "name"): Told {
    return ({ inputs, outputs }) => {
        const name = textOf(outputs[key]) || textOf(inputs[key]);
        return name === "" ? { lost: what } : { lost: what, of: name };
    };
}

export function says(text: string): Told {
    return () => ({ lost: text });
}

export const NOTHING = says("nothing that a new one would not have");

import { z } from "zod";

export const VPC_ID = /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/;
export const SUBNET_ID = /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/;
export const ROUTE_TABLE_ID = /^rtb-([0-9a-f]{8}|[0-9a-f]{17})$/;
export const SECURITY_GROUP_ID = /^sg-([0-9a-f]{8}|[0-9a-f]{17})$/;
export const PREFIX_LIST_ID = /^pl-([0-9a-f]{8}|[0-9a-f]{17})$/;

export const integer = (minimum: number, maximum: number, unit = "") =>
    z
        .int({ error: `a whole number from ${minimum} to ${maximum}${unit}` })
        .min(minimum)
        .max(maximum);

/** What is allowed: in any case, or for the text that was found. */
export type Allowed = string | ((found: string) => string);

export const text = (pattern: RegExp, allowed: Allowed) => {
    const error = ({ input }: { readonly input?: unknown }) =>
        typeof allowed === "string" ? allowed : allowed(typeof input === "string" ? input : "");
    return z.string({ error }).regex(pattern, { error, abort: true });
};

/** What is allowed, with the first character that is not. */
export const without =
    (character: RegExp, allowed: string) =>
    (found: string): string => {
        const [stranger] = Array.from(found).filter(one => !character.test(one));
        return stranger === undefined ? allowed : `${allowed}; not ${nameOf(stranger)}`;
    };

/** What is allowed of names that go into physical names: of services, stacks, projects. */
export const nameForm = without(/[a-z0-9-]/, "lower-case letters, digits and single hyphens, starting with a letter");

function nameOf(character: string): string {
    if (character === " ") return "a space";
    if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return `"${character}"`;
    return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A list in which nothing stands twice: most often the second one was to be something else. */
export const once = <T extends z.ZodType>(list: z.ZodArray<T>, noun: string) =>
    list
        .superRefine((values, context) => {
            values.forEach((value, index) => {
                if (values.indexOf(value) < index)
                    context.addIssue({ code: "custom", path: [index], message: `each ${noun} once` });
            });
        })
        .meta({ uniqueItems: true });

/**
 * A variable's name: ECS hands on what a process can be given, and programs read `discovery.type` and `Logging__LogLevel__Microsoft.Hosting`.
 * Spaces and what is not ASCII would be a slip.
 */
const VARIABLE = /^[!-<>-~]+$/;

export const variableName = text(VARIABLE, found =>
    found === "" ? "a variable's name" : without(/[!-<>-~]/, "a variable's name: ASCII without spaces and =")(found),
);

export const NO_NULL = "text without null characters";

/** What a process can be given, and what a file can be named: no operating system takes a null character. */
export const givenText = z.string().refine(value => !value.includes("\0"), { error: NO_NULL });

/** Text, or what YAML makes of text that looks like a number or a boolean. */
export const plainValue = z
    .union([givenText, z.int({ error: "put it in quotes: as a number it would lose digits" }), z.boolean()], {
        error: "text in quotes, a whole number or a boolean",
    })
    .transform(String);

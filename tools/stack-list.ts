import { InvalidArgumentError } from "commander";
import { z } from "zod";

/** Names of stacks as one job hands them to the next; they become file names, so they are checked here. */
export function stackList(text: string): readonly string[] {
    const parsed = z
        .array(z.string().regex(/^[\w-][\w.-]*$/))
        .min(1)
        .safeParse(fromJson(text));
    if (!parsed.success) throw new InvalidArgumentError('Allowed: names of stacks as JSON, such as ["dev","prod"].');
    return parsed.data;
}

function fromJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

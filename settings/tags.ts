import { z } from "zod";
import { OWN_TAGS } from "../model/tags";
import type { Context } from "./check";
import { text } from "./forms";
import type { Finding } from "./problems";

export const tagsSchema = z
    .record(
        text(
            /^(?!aws:)[\w\s.:/=+@-]{1,128}$/,
            "a tag's name: 1 to 128 letters, digits, spaces or _ . : / = + - @, not starting with aws:",
        ),
        text(/^[\w\s.:/=+@-]{0,256}$/, "a tag's value: at most 256 letters, digits, spaces or _ . : / = + - @"),
    )
    .default({})
    .describe("Tags for everything, beside project, stack, service and managed-by.");

/** AWS's limit for a resource is 50. */
export const MOST_TAGS = 50 - OWN_TAGS.length;

/** AWS would tell of these limits only in the middle of an update. */
export function tagNames({ settings }: Context): readonly Finding[] {
    const names = Object.keys(settings.tags);
    const findings: Finding[] = names.flatMap((name, index) => {
        const at = { path: ["tags", name], found: name };
        const lower = name.toLowerCase();
        if (OWN_TAGS.includes(lower)) return [{ ...at, allowed: `another name: ${OWN_TAGS.join(", ")} are the program's own` }];
        if (lower.startsWith("aws:")) return [{ ...at, allowed: "a name that does not start with aws:, which is Amazon's" }];
        const isDouble = names.findIndex(other => other.toLowerCase() === lower) < index;
        return isDouble ? [{ ...at, allowed: "each name once: IAM knows no case" }] : [];
    });
    if (names.length > MOST_TAGS)
        findings.push({
            path: ["tags"],
            found: `${names.length} tags`,
            allowed: `at most ${MOST_TAGS}, beside the program's own`,
        });
    return findings;
}

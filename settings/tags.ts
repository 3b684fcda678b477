import type { Context } from "./check";
import type { Finding } from "./problems";

/** Limits that AWS would tell of only in the middle of an update. */

/** Tags that the program sets itself: deploy roles are bound to the first two. */
const OWN_TAGS = ["project", "stack", "service", "managed-by", "name"];

/** AWS's limit for a resource is 50. */
const MOST_TAGS = 50 - OWN_TAGS.length;

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

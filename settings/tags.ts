import { z } from "zod";
import { AWS_LIMIT } from "../model/limits";
import { OWN_TAGS } from "../model/tags";
import type { Context } from "./check";
import { text, without } from "./forms";
import type { Finding } from "./problems";

/** As IAM, ECS, ELB and SSM have it, in every script; other services take more. */
const CHARACTER = /[\p{L}\p{Z}\p{N}_.:/=+@-]/u;
const NAME = /^[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u;

export const tagsSchema = z
    .record(
        text(NAME, without(CHARACTER, "a tag's name: 1 to 128 letters, digits, spaces or _ . : / = + - @")),
        text(VALUE, without(CHARACTER, "a tag's value, in quotes: at most 256 letters, digits, spaces or _ . : / = + - @")),
    )
    .default({})
    .describe("Tags for everything, beside project, stack, service and managed-by.");

export const MOST_TAGS = AWS_LIMIT.tags - OWN_TAGS.length;

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

import { review } from "../../tools/review/changes";
import { commentBody } from "../../tools/github/comment-text";
import { inventory } from "../../tools/inventory/inventory";
import { costChange } from "../../tools/cost/change";
import { reviewMarkdown } from "../../tools/review/markdown";
import { policySection } from "../../tools/policy/section";
import { plainSection } from "../../tools/inventory/section";
import { changed } from "../engine/harness";
import { CHANGES, START } from "../fixtures/review/changes";
import { sample } from "../support/sample";
import { fixture } from "../fixtures/review/fixture";
import { resourcesBefore } from "../../tools/deployed/preview";

const TODAY = "2026-01-01";

/** The comment on a change that the engine previewed and then made. */
export async function exampleComment(name: string): Promise<string> {
    const last = CHANGES.findIndex(change => change.name === name);
    const made = [...START, ...CHANGES.slice(0, last + 1).flatMap(({ changes }) => changes)];
    const declared = await inventory("dev", made.reduce(changed, sample("dev")));
    const { preview } = fixture(name);
    const sections = [costChange(resourcesBefore(preview), declared), plainSection(policySection(declared, TODAY))];
    const text = reviewMarkdown(review(preview), sections, []);
    return commentBody([{ stack: "dev", text }], "https://github.com/acme/shop/actions/runs/1");
}

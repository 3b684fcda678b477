import type { Place } from "./delivery/place";
import type { DriftFinding } from "./drift-text";
import { reviewMarkdown } from "./review/markdown";
import { reviewStack } from "./review/run";

/**
 * What the next update would change back, because AWS has something else. A commit that waits for its deployment is no drift: what an update
 * would change in any case is found by a second preview, which does not ask AWS.
 */
export async function checkDrift(place: Place): Promise<DriftFinding> {
    const { stack } = place;
    const { review: withAws } = await reviewStack(place, { refresh: true });
    if (!withAws.differs) return { stack, differs: false, markdown: "" };

    const { review: without } = await reviewStack(place, {});
    const markdown = reviewMarkdown(withAws, [], []);
    if (markdown === reviewMarkdown(without, [], [])) return { stack, differs: false, markdown: "" };
    const pending = "Some of this is no drift: the stack waits for a deployment of what main says.";
    return { stack, differs: true, markdown: without.differs ? `${markdown}\n\n${pending}` : markdown };
}

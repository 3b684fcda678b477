import type { Review } from "../model/review";
import type { Place } from "./delivery/place";
import type { DriftFinding } from "./drift-text";
import { reviewMarkdown } from "./review/markdown";
import { reviewStack } from "./review/run";

/**
 * What the next update would change back, because AWS has something else. A commit that waits for its deployment is no drift: resources that an
 * update would change in any case are found by a second preview, which does not ask AWS. Drift of such a resource is told once that is deployed.
 */
export async function checkDrift(place: Place): Promise<DriftFinding> {
    const { stack } = place;
    const none = { stack, differs: false, markdown: "" };
    const { review: withAws } = await reviewStack(place, { refresh: true });
    if (!withAws.differs) return none;

    const { review: without } = await reviewStack(place, {});
    const pending = operations(without);
    if (operations(withAws).every(operation => pending.includes(operation))) return none;
    const markdown = reviewMarkdown(withAws, [], []);
    const note = "Some of this is no drift: the stack waits for a deployment of what main says.";
    return { stack, differs: true, markdown: without.differs ? `${markdown}\n\n${note}` : markdown };
}

function operations({ changes, losses, tags }: Review): string[] {
    const ofResources = [...changes, ...losses].map(({ op, type, name }) => `${op} ${type} ${name}`);
    return tags === undefined ? ofResources : [...ofResources, `tags of ${tags.resources}`];
}

import type { Graph } from "../../inventory/graph";
import type { Resource } from "../../inventory/resource";
import { Priced, always } from "../quantities";
import type { Usage } from "../../../settings/usage";

/** What a repository holds; nobody knows how much, so that the settings say it. */
export function priceRepository(_: Resource, __: Graph, { imageGb }: Usage): Priced[] {
    const quantity = always(imageGb);
    return [
        {
            service: "Amazon ECR",
            what: `${imageGb} GB of images`,
            quantities: [{ key: "ecrGbMonth", part: "usage", quantity, assumes: ["imageGb"] }],
        },
    ];
}

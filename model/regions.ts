import { distance } from "fastest-levenshtein";
import { PARTITIONS, partitionOf } from "./partitions";

/** Regions that the SDKs know (partitions.json of botocore 1.44.8, November 2026). A newer one is not refused: the list is for typos alone. */
const KNOWN: readonly string[] = [
    ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2"],
    ...["ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6"],
    ...["ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2"],
    ...["eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "me-west-1", "mx-central-1"],
    ...["sa-east-1", "sa-west-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2", "cn-north-1", "cn-northwest-1"],
    ...["us-gov-east-1", "us-gov-west-1", "eusc-de-east-1"],
];

/** `<geography>-<direction>-<number>`, in some partitions with one more word. */
const FORM = /^[a-z]{2,4}(-[a-z]{2,4})?-(central|north|south|(north|south)?(east|west))-[1-9]\d?$/;

/** What is wrong with a region, as what is allowed; undefined for one that AWS has, or may have some day. */
export function regionFault(text: string): string | undefined {
    const partition = partitionOf(text);
    if (!PARTITIONS.includes(partition)) return `a region of ${PARTITIONS.join(", ")}; ${partition} is not supported`;
    const nearest = nearestRegion(text);
    // Letters in another order are a typo, and not a new region.
    if (FORM.test(text) && (nearest === text || nearest === undefined || letters(nearest) !== letters(text))) return undefined;
    return nearest === undefined ? "a region, such as ap-northeast-2" : `did you mean ${nearest}?`;
}

/** Whether a region is one of those that were known when this was written. */
export function isKnownRegion(text: string): boolean {
    return KNOWN.includes(text);
}

function nearestRegion(text: string): string | undefined {
    const wanted = text.toLowerCase();
    const edits = (region: string) =>
        letters(region) === letters(wanted) ? Math.min(1, distance(region, wanted)) : distance(region, wanted);
    const [best] = KNOWN.map(region => ({ region, edits: edits(region) })).sort((a, b) => a.edits - b.edits);
    return best !== undefined && best.edits <= 2 ? best.region : undefined;
}

function letters(text: string): string {
    return Array.from(text).sort().join("");
}

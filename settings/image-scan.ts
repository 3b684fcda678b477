import { z } from "zod";
import type { Profile } from "./profiles";

/** What ECR says of a finding, worst first (API reference of `ImageScanFinding`). One that it calls undefined has no place among them. */
export const SEVERITIES = ["critical", "high", "medium", "low", "informational"] as const;

export type Severity = (typeof SEVERITIES)[number];

export const imageScanSchema = z
    .enum([...SEVERITIES, "none"])
    .optional()
    .describe(
        "From which severity on a finding of ECR's scan stops an update that brings the image; none: nothing does. Default: none (development), high (production).",
    );

export function imageScanWithDefaults({ imageScan }: { readonly imageScan?: Severity | "none" }, profile: Profile) {
    const level = imageScan ?? profile.imageScan;
    return level === "none" ? undefined : level;
}

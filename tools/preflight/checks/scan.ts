import { createHash } from "node:crypto";
import type { Images } from "../../../model/image-reference";
import type { Severity } from "../../../settings/image-scan";
import { imageOwners } from "../../../settings/tasks";
import { deployedIn, imageFor } from "../../deployed/images";
import type { Check, Finding, OwnResource, Subject } from "../check";
import { manifestOf } from "../image-platform";
import { askScan, scanFindings, scanOf } from "../image-scan";
import { Use, usesIn } from "../image-uses";
import { findingOf } from "../obstacle";
import { imageOf, registryOf } from "../registry";

export const scan: Check = {
    name: "scan",
    asks: "whether ECR's scan of each image found anything at or above `fargate:imageScan`: a failure where the update brings the image, a warning where it runs already",
    run: async subject => {
        const level = subject.settings.imageScan;
        if (level === undefined) return [];
        const own = await subject.own();
        const chosen = await subject.images();
        const deployed = deployedIn({ deployment: { resources: own } }).images;
        const built = imageOwners(subject.settings).filter(
            ({ name, build }) => build !== undefined && imageFor(chosen, name) === undefined,
        );
        const kept = built.flatMap(({ name }) => {
            const image = imageFor(deployed, name);
            return image === undefined ? [] : [[name, image] as const];
        });
        const images: Images = { ...chosen, ...Object.fromEntries(kept) };
        const uses = usesIn(subject, images);
        const findings = (await Promise.all(uses.map(use => asked(use, level, own, subject)))).flat();
        const good = findings.filter(({ status }) => status === "ok").map(({ found }) => found);
        return [
            ...findings.filter(({ status }) => status !== "ok"),
            ...built.flatMap(({ name }) => (imageFor(images, name) === undefined ? [notYet(name)] : [])),
            ...(good.length === 0 ? [] : [{ status: "ok", found: `${good.join(", ")}: nothing at or above ${level}` } as const]),
        ];
    },
};

/** ECR scans what is pushed, and the update pushes it. */
function notYet(name: string): Finding {
    return { status: "skipped", found: `${name}: the update builds it; the next preflight tells what its scan found` };
}

async function asked(use: Use, level: Severity, own: readonly OwnResource[], subject: Subject): Promise<readonly Finding[]> {
    try {
        return await judged(use, level, own, subject);
    } catch (error) {
        const { found, ...rest } = findingOf(error, subject.signal, await subject.aws.obstacle());
        return [{ ...rest, found: `${use.name}: ${found}` }];
    }
}

/** What is not there, or is for other platforms, the check of images tells. */
async function judged(
    { name, reference, platform }: Use,
    level: Severity,
    own: readonly OwnResource[],
    { aws, signal }: Subject,
): Promise<readonly Finding[]> {
    const image = imageOf(reference);
    const { ecr } = image;
    if (ecr === undefined)
        return [{ status: "skipped", found: `${name}: ${reference} is not in the account's ECR, and scanned by nobody here` }];
    const text = await registryOf(image, aws, signal).manifest(image);
    if (text === undefined) return [];
    const manifest = manifestOf(text);
    const whole = image.digest ?? `sha256:${createHash("sha256").update(text).digest("hex")}`;
    const digest = manifest.kind === "index" ? manifest.images.find(one => one.platform === platform)?.digest : whole;
    if (digest === undefined)
        return manifest.kind === "index" && manifest.isSilent
            ? [{ status: "warning", found: `${name}: ${reference} does not say which of its images is for ${platform}` }]
            : [];
    const scanned = { ecr, digest };
    const isRunning = runs(own, `${image.repository}@${whole}`);
    return scanFindings({ name, reference, scanned, level, isRunning }, await scanOf(() => askScan(scanned, aws), signal));
}

/** Whether a task definition of the stack has the image already. */
function runs(own: readonly OwnResource[], image: string): boolean {
    return own.some(({ type, outputs }) => {
        const containers = outputs?.["containerDefinitions"];
        return type === "aws:ecs/taskDefinition:TaskDefinition" && typeof containers === "string" && containers.includes(image);
    });
}

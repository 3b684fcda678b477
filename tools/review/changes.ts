import { fieldsOf } from "../inventory/inputs";
import { Difference, byName } from "./difference";
import { Loss, lossOf } from "./loss";
import { Preview, Step, changedKeys, isUnknown } from "../deployed/preview";
import { JobReview, reviewJobs } from "./job";
import { ServiceReview, reviewServices } from "./service";
import { TASK_DEFINITION } from "../inventory/types/ecs";

/** What a change means, in the order in which a reviewer asks. Nothing in it tells a time: it differs only where the facts do. */
export interface Review {
    readonly project: string;
    readonly stack: string;
    /** Whether the engine would do anything to a resource in the cloud. */
    readonly differs: boolean;
    /** Sorted by name. */
    readonly services: readonly ServiceReview[];
    /** Those that are not as they were, sorted by name. */
    readonly jobs: readonly JobReview[];
    /** Replaced and deleted resources, what is lost for good first. */
    readonly losses: readonly Loss[];
    /** Created and imported resources, and those changed in place. */
    readonly changes: readonly Change[];
    /** Resources that stay unless a value that only the update makes known changes them. */
    readonly uncertain: readonly Change[];
    /** Tags of everything; absent where they stay. */
    readonly tags?: { readonly differences: readonly Difference[]; readonly resources: number };
}

/** A resource that is created, taken over, or changed where it is. */
export interface Change {
    readonly op: "create" | "import" | "update";
    readonly type: string;
    readonly name: string;
    /** Properties that change; none of what is new. */
    readonly properties: readonly string[];
}

const TAG_KEYS = ["tags", "tagsAll"];

/** @throws TypeError where the preview leaves out what does not change. */
export function review(preview: Preview): Review {
    const services = reviewServices(preview);
    const real = preview.steps.filter(({ isComponent, type }) => !isComponent && !type.startsWith("pulumi:"));
    return {
        project: preview.project,
        stack: preview.stack,
        differs: real.some(({ op }) => op !== "same"),
        services,
        jobs: reviewJobs(preview),
        losses: real
            .filter(step => !isRevision(step))
            .flatMap(step => lossOf(step) ?? [])
            .sort((a, b) => Number(b.isForGood) - Number(a.isForGood) || compare(a, b)),
        changes: real
            .filter(step => !isOnlyTags(step))
            .flatMap(step => changeOf(step) ?? [])
            .sort(compare),
        uncertain: real.flatMap(step => uncertainOf(step) ?? []).sort(compare),
        tags: tagsOf(preview, real.filter(isOnlyTags).length),
    };
}

function isOnlyTags(step: Step): boolean {
    const keys = step.op === "update" ? changedKeys(step) : [];
    return keys.length > 0 && keys.every(key => TAG_KEYS.includes(key));
}

/** What nobody has acknowledged. @param allowed URNs */
export function unacknowledged({ losses }: Review, allowed: readonly string[]): readonly Loss[] {
    return losses.filter(({ isForGood, urn }) => isForGood && !allowed.includes(urn));
}

/** The engine replaces a task definition; its family gets a new revision, and the old ones stay readable. */
function isRevision({ op, type }: Step): boolean {
    return op === "replace" && type === TASK_DEFINITION;
}

function changeOf(step: Step): Change | undefined {
    const { type, name } = step;
    if (step.op === "create" || step.op === "import") return { op: step.op, type, name, properties: [] };
    if (step.op === "update" || isRevision(step)) return { op: "update", type, name, properties: changedKeys(step) };
    return undefined;
}

/** A provider shows no difference where it does not know the new value. */
function uncertainOf({ op, type, name, before, after }: Step): Change | undefined {
    if (op !== "same" || before === undefined || after === undefined) return undefined;
    const properties = Object.keys(after.inputs)
        .filter(key => isUnknown(after.inputs[key]))
        .sort();
    return properties.length === 0 ? undefined : { op: "update", type, name, properties };
}

function tagsOf({ steps }: Preview, resources: number): Review["tags"] {
    if (resources === 0) return undefined;
    const provider = steps.find(({ type }) => type === "pulumi:providers:aws");
    const tags = (when: "before" | "after") => fieldsOf(parsed(provider?.[when]?.inputs["defaultTags"]))["tags"];
    return { differences: byName("tag", tags("before"), tags("after")), resources };
}

/** A provider's inputs are JSON in text. */
function parsed(value: unknown): unknown {
    return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
}

interface Placed {
    readonly op: string;
    readonly type: string;
    readonly name: string;
}

function compare(a: Placed, b: Placed): number {
    const key = ({ op, type, name }: Placed) => `${op} ${type} ${name}`;
    return key(a) < key(b) ? -1 : 1;
}

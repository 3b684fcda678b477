import type { TaskSettings } from "../../settings";
import { STOCK_IMAGES } from "../../settings/images";
import { imageOwners } from "../../settings/tasks";
import { Inventory, byParent } from "../inventory/inventory";
import { idOf } from "../inventory/recorder";
import { Resource, overriddenText } from "../inventory/resource";
import { factsOf } from "../inventory/types";
import { PlannedJob, plannedJobs } from "./jobs";
import { PlannedRoute, plannedRoutes } from "./routes";
import { PlannedScaling, plannedScaling } from "./scaling";
import { Arrow, traffic } from "./traffic";

/** What `pulumi up` would create, as data. */
export interface Plan {
    readonly project: string;
    readonly stack: string;
    readonly profile: string;
    readonly region: string;
    readonly tree: readonly Node[];
    readonly traffic: readonly Arrow[];
    /** In the order in which the load balancer tries them. */
    readonly routes: readonly PlannedRoute[];
    readonly jobs: readonly PlannedJob[];
    readonly scaling: readonly PlannedScaling[];
    readonly counts: {
        readonly resources: number;
        readonly components: number;
        readonly byType: Readonly<Record<string, number>>;
    };
    /** Sentences on what stands in for something that only AWS knows. */
    readonly guesses: readonly string[];
}

export interface Node {
    readonly type: string;
    readonly name: string;
    readonly isComponent: boolean;
    /** The two or three properties that matter. */
    readonly facts: string;
    readonly children: readonly Node[];
}

/** The provider is how, not what. */
const HIDDEN = /^pulumi:providers:/;

/** @param now after which jobs run next */
export function planOf({ settings, resources, guesses }: Inventory, now = new Date()): Plan {
    const shown = resources.filter(({ type }) => !HIDDEN.test(type));
    const children = byParent(shown);
    const below = (parent: string | undefined): Node[] =>
        (children.get(parent) ?? []).map(resource => ({
            type: resource.type,
            name: resource.name,
            isComponent: resource.isComponent,
            facts: [factsOf(resource), ...(resource.overridden ? [overriddenText(resource)] : [])].filter(Boolean).join(", "),
            children: below(resource.urn),
        }));
    const unseen = imageOwners(settings).filter(({ build }) => build === undefined);
    const owned = shown.filter(({ isComponent }) => !isComponent);
    return {
        project: settings.project,
        stack: settings.stack,
        profile: settings.profile,
        region: settings.region,
        tree: below(undefined),
        traffic: traffic(shown, idOf),
        routes: plannedRoutes(shown, settings),
        jobs: plannedJobs(settings.jobs, now),
        scaling: plannedScaling(settings.services, now),
        counts: { resources: owned.length, components: shown.length - owned.length, byType: countByType(owned) },
        guesses: [...guesses, ...unseen.map(unseenImage)],
    };
}

function unseenImage({ name }: Pick<TaskSettings, "name">): string {
    return `image of ${name}: that it runs as this user, without root's rights and on a read-only file system; see ${STOCK_IMAGES}`;
}

function countByType(resources: readonly Resource[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { type } of [...resources].sort((a, b) => (a.type < b.type ? -1 : 1))) counts[type] = (counts[type] ?? 0) + 1;
    return counts;
}

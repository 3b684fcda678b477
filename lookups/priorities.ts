import * as pulumi from "@pulumi/pulumi";
import { logicalName } from "../model/names";
import { priorities } from "../model/priorities";
import { MAX_ROUTES, ranked } from "../model/routes";
import type { Settings } from "../settings";
import { StateResource, stateResources } from "./state";

/**
 * The priority of each service's listener rule, by the service's name: rules of the stack's state keep theirs.
 *
 * @throws pulumi.RunError where the update would need more rules at once than a load balancer has
 */
export async function rulePriorities({ services }: Settings): Promise<ReadonlyMap<string, number>> {
    const rules = services.flatMap(({ name, route }) => (route === undefined ? [] : [ranked(name, route)]));
    if (rules.length === 0) return new Map();
    const ofRule = new Map(rules.map(({ name }) => [logicalName.listenerRule(logicalName.target(name)), name]));
    const existing = new Map(
        (await stateResources()).filter(isRule).map(({ urn, outputs }) => [ofRule.get(nameOf(urn)) ?? urn, outputs.priority]),
    );
    const leaving = [...existing.keys()].filter(key => !rules.some(({ name }) => name === key));
    if (rules.length + leaving.length > MAX_ROUTES && rules.some(({ name }) => !existing.has(name)))
        throw new pulumi.RunError(tooMany(rules.length, leaving.map(nameOf)));
    return priorities(rules, existing);
}

interface Rule extends StateResource {
    readonly outputs: { readonly priority: number };
}

function isRule(resource: StateResource): resource is Rule {
    return resource.type === "aws:lb/listenerRule:ListenerRule" && Number.isInteger(resource.outputs["priority"]);
}

function nameOf(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}

function tooMany(count: number, leaving: readonly string[]): string {
    return (
        `fargate:services: found ${count} routes, and ${leaving.length} that leave with this update: ${leaving.join(", ")}. ` +
        `Allowed: at most ${MAX_ROUTES} together, since new ones are made before old ones are removed and a load balancer has no more target groups. ` +
        "Remove the old ones in an update of their own, then add the new ones. Nothing was created."
    );
}

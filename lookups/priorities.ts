import * as pulumi from "@pulumi/pulumi";
import { logicalName } from "../model/names";
import { priorities } from "../model/priorities";
import { PROTOCOLS } from "../model/protocol";
import { MAX_ROUTES } from "../model/routes";
import type { Settings } from "../settings";
import { ListenerRule, listenerRules } from "../settings/listener-rules";
import { StateResource, stateResources } from "./state";

/** What the stack's state says of the listener. */
export interface FoundListener {
    /** Priorities of listener rules, by the service's name or by the logical name of a rule of the load balancer's own. */
    readonly priorities: ReadonlyMap<string, number>;
    /** Services whose target group is sticky by the state. */
    readonly sticky: ReadonlySet<string>;
}

/**
 * The priority of each listener rule: rules of the stack's state keep theirs.
 *
 * @throws pulumi.RunError where the update would need more rules at once than a load balancer has
 */
export async function findListener(settings: Settings): Promise<FoundListener> {
    const rules = listenerRules(settings);
    if (rules.length === 0) return { priorities: new Map(), sticky: new Set() };
    const state = await stateResources();
    return { priorities: prioritiesFrom(state, rules), sticky: stickyIn(state, settings) };
}

function prioritiesFrom(state: readonly StateResource[], rules: readonly ListenerRule[]): ReadonlyMap<string, number> {
    const found = state.filter(isRule).map(({ urn, outputs }) => ({ urn, name: nameOf(urn), priority: outputs.priority }));
    const ofRule = new Map(rules.map(rule => [rule.logicalName, rule.name]));
    const existing = new Map(found.map(({ urn, name, priority }) => [ofRule.get(name) ?? urn, priority]));
    const leaving = found.filter(({ name }) => !ofRule.has(name));
    if (rules.length + leaving.length > MAX_ROUTES && rules.some(({ name }) => !existing.has(name)))
        throw new pulumi.RunError(
            tooMany(
                rules.length,
                leaving.map(({ name }) => name),
            ),
        );
    // The rule of a new protocol stands behind the old one, whose tasks answer until those of the new one run.
    const wanted = rules.map(({ name, ranked }) => {
        const before = PROTOCOLS.map(protocol => logicalName.listenerRule(logicalName.target(name), protocol));
        const old = existing.has(name) ? undefined : leaving.find(rule => before.includes(rule.name));
        return old === undefined ? ranked : { ...ranked, preferred: old.priority + 1 };
    });
    return priorities(wanted, existing);
}

function stickyIn(state: readonly StateResource[], { services }: Settings): ReadonlySet<string> {
    const groups = new Set(state.filter(isSticky).map(({ urn }) => nameOf(urn)));
    const sticky = services.filter(({ name, route }) => groups.has(logicalName.targetGroup(name, route?.protocol)));
    return new Set(sticky.map(({ name }) => name));
}

function isSticky({ type, outputs }: StateResource): boolean {
    const { stickiness } = outputs as { readonly stickiness?: { readonly enabled?: unknown } };
    return type === "aws:lb/targetGroup:TargetGroup" && stickiness?.enabled === true;
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

import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings";
import { stateResources } from "./state";

/**
 * A load balancer becomes internal, or public, by being another one, and AWS does not delete a protected one: the update would end with both.
 *
 * @throws pulumi.RunError where the stack's own is protected.
 */
export async function requireFreeLoadBalancer({ loadBalancer, services }: Settings): Promise<void> {
    if (services.every(({ route }) => route === undefined)) return;
    const internal = loadBalancer?.internal === true;
    const existing = (await stateResources()).find(
        ({ type, outputs }) => type === "aws:lb/loadBalancer:LoadBalancer" && typeof outputs["internal"] === "boolean",
    );
    if (existing === undefined || existing.outputs["internal"] === internal) return;
    if (existing.outputs["enableDeletionProtection"] !== true) return;
    throw new pulumi.RunError(
        `fargate:loadBalancer.internal: found ${String(internal)}, for a load balancer that is ${internal ? "public" : "internal"} and protected from deletion. ` +
            "Allowed: a change of one that is not protected, since AWS makes another one and the old one has to go. " +
            "Next: bring the stack up with fargate:deletionProtection: false, then change this key, then take that key out again. Nothing was created.",
    );
}

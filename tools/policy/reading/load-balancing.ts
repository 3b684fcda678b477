import type { Resource } from "../../inventory/resource";
import { UNKNOWN, at } from "../../inventory/inputs";

/** Whether a load balancer is an Application Load Balancer, which is the default. */
export function isApplication({ loadBalancerType }: Resource["inputs"]): boolean {
    return loadBalancerType === undefined || loadBalancerType === "application";
}

/** Whether all that a listener's or a rule's actions do is, or may turn out to be, to send clients to HTTPS. */
export function redirectToHttps(actions: unknown): boolean {
    const protocol = at(actions, 0, "redirect", "protocol");
    return protocol === UNKNOWN || protocol === "HTTPS";
}

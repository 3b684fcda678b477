import { redirectToHttps } from "../reading/load-balancing";
import type { Resource } from "../../inventory/resource";
import { Found, stackRule } from "../rule";
import type { Graph } from "../../inventory/graph";
import { LISTENER, LISTENER_RULE } from "../../inventory/types";

export const httpRedirectsToHttps = stackRule({
    name: "http-redirects-to-https",
    title: "HTTP listeners redirect to HTTPS and do nothing else.",
    controls: ["ELB.1"],
    severity: "medium",
    reason: "What is answered over HTTP, and every cookie with it, can be read and changed on its way.",
    fix: "Set fargate:domain, which brings a certificate, an HTTPS listener and the redirect; where fargate:allowHttp is meant, write an exception from this rule.",
    standing: { is: "met", where: "components/load-balancer.ts" },
    profile: "production",
    types: [LISTENER, LISTENER_RULE],
    find: stack =>
        stack
            .ofType(LISTENER)
            .filter(({ inputs }) => inputs["protocol"] === "HTTP")
            .flatMap(listener => answers(stack, listener)),
});

function answers(stack: Graph, listener: Resource): Found[] {
    if (!redirectToHttps(listener.inputs["defaultActions"]))
        return [{ resource: listener, what: "it answers over HTTP instead of redirecting" }];
    return stack
        .referring(listener, LISTENER_RULE, "listenerArn")
        .filter(({ inputs }) => !redirectToHttps(inputs["actions"]))
        .map(resource => ({ resource, what: `it answers over HTTP, though ${listener.name} redirects` }));
}

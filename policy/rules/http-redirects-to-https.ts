import { redirectsToHttps } from "../load-balancing";
import { resourceRule } from "../rule";
import { LISTENER } from "../types";

export const httpRedirectsToHttps = resourceRule({
    name: "http-redirects-to-https",
    title: "HTTP listeners redirect to HTTPS and do nothing else.",
    controls: ["ELB.1"],
    severity: "medium",
    reason: "What is answered over HTTP, and every cookie with it, can be read and changed on its way.",
    fix: "Set fargate:domain, which brings a certificate, an HTTPS listener and the redirect.",
    standing: { is: "met", where: "components/load-balancer.ts" },
    profile: "production",
    types: [LISTENER],
    check: ({ inputs }) =>
        inputs["protocol"] !== "HTTP" || redirectsToHttps(inputs) ? undefined : "it answers over HTTP instead of redirecting",
});

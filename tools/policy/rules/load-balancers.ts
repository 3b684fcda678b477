import type { Graph } from "../../inventory/graph";
import { UNKNOWN, at, listOf, mayBe, show } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { LISTENER, LISTENER_RULE, LOAD_BALANCER, TARGET_GROUP } from "../../inventory/types/elb";
import { WEB_ACL_ASSOCIATION } from "../../inventory/types/wafv2";
import { isApplication, redirectToHttps } from "../reading/load-balancing";
import { Found, Rule, resourceRule, stackRule } from "../rule";

const httpRedirectsToHttps = stackRule({
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
            .flatMap(listener => answersOverHttp(stack, listener)),
});

function answersOverHttp(stack: Graph, listener: Resource): Found[] {
    if (!redirectToHttps(listener.inputs["defaultActions"]))
        return [{ resource: listener, what: "it answers over HTTP instead of redirecting" }];
    return stack
        .referring(listener, LISTENER_RULE, "listenerArn")
        .filter(({ inputs }) => !redirectToHttps(inputs["actions"]))
        .map(resource => ({ resource, what: `it answers over HTTP, though ${listener.name} redirects` }));
}

const HTTP_PORT = 80;

const listenersAreEncrypted = resourceRule({
    name: "listeners-are-encrypted",
    title: "Listeners speak TLS.",
    controls: ["ELB.18"],
    severity: "medium",
    reason: "Everything else can be read and changed on its way.",
    fix: "Set fargate:domain, which brings a certificate and an HTTPS listener; where fargate:allowHttp is meant, write an exception from this rule.",
    standing: {
        is: "excepted",
        reason: "The listener on port 80 only redirects to HTTPS: without it, whoever types the name gets no answer.",
        covers: ({ inputs }) => mayBe(inputs["port"], HTTP_PORT) && redirectToHttps(inputs["defaultActions"]),
    },
    profile: "production",
    types: [LISTENER],
    check: ({ inputs: { protocol } }) => (mayBe(protocol, "HTTPS", "TLS") ? undefined : `its protocol is ${show(protocol)}`),
});

/** TLS 1.3, and 1.2 at the lowest; the `-Ext` ones bring back ciphers without forward secrecy (ELB user guide, "Security policies"). */
const RECOMMENDED_POLICY = /^ELBSecurityPolicy-TLS13-1-[23](-Res)?(-FIPS)?(-PQ)?-\d{4}-\d{2}$/;

const listenersUseRecommendedTls = resourceRule({
    name: "listeners-use-recommended-tls",
    title: "Listeners use a security policy that AWS recommends: TLS 1.3 and 1.2.",
    controls: ["ELB.17"],
    severity: "medium",
    reason: "The default policy still speaks TLS 1.0 and 1.1, and ciphers that are broken.",
    fix: 'Set sslPolicy to "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09".',
    standing: { is: "met", where: "components/load-balancer.ts" },
    types: [LISTENER],
    check: ({ inputs: { protocol, sslPolicy } }) => {
        if ((protocol !== "HTTPS" && protocol !== "TLS") || sslPolicy === UNKNOWN) return undefined;
        return RECOMMENDED_POLICY.test(show(sslPolicy))
            ? undefined
            : `its security policy is ${show(sslPolicy ?? "AWS's default")}`;
    },
});

const loadBalancersAreInternal = resourceRule({
    name: "load-balancers-are-internal",
    title: "Load balancers do not face the internet.",
    controls: [],
    severity: "medium",
    reason: "Many a rule book counts everything that faces the internet as a finding.",
    fix: "Set fargate:loadBalancer.internal to true where only the network calls the services.",
    standing: {
        is: "excepted",
        reason: "The Application Load Balancer is the one way in that this program makes on purpose, for services with a route.",
        covers: ({ inputs }) => mayBe(inputs["loadBalancerType"], undefined, "application"),
    },
    types: [LOAD_BALANCER],
    check: ({ inputs: { internal } }) => (mayBe(internal, true) ? undefined : "it faces the internet"),
});

const loadBalancersAreProtected = resourceRule({
    name: "load-balancers-are-protected",
    title: "Load balancers are protected from deletion.",
    controls: ["ELB.6"],
    severity: "medium",
    reason: "One wrong command takes the site off, and its name in DNS never comes back the same.",
    fix: "Set fargate:deletionProtection to true, which is production's default.",
    standing: { is: "met", where: "components/load-balancer.ts" },
    profile: "production",
    types: [LOAD_BALANCER],
    check: ({ inputs: { enableDeletionProtection } }) =>
        mayBe(enableDeletionProtection, true) ? undefined : "deletion protection is off",
});

const loadBalancersDropInvalidHeaders = resourceRule({
    name: "load-balancers-drop-invalid-headers",
    title: "Load balancers drop HTTP headers that are invalid.",
    controls: ["ELB.4"],
    severity: "medium",
    reason: "What load balancer and application read differently is how requests are smuggled.",
    fix: "Set dropInvalidHeaderFields to true.",
    standing: { is: "met", where: "components/load-balancer.ts" },
    types: [LOAD_BALANCER],
    check: ({ inputs }) =>
        isApplication(inputs) && !mayBe(inputs["dropInvalidHeaderFields"], true) ? "it passes invalid headers on" : undefined,
});

const loadBalancersHaveAFirewall = stackRule({
    name: "load-balancers-have-a-firewall",
    title: "A web application firewall stands in front of public load balancers.",
    controls: ["ELB.16"],
    severity: "medium",
    reason: "Known attacks and floods of requests reach the application as if they were customers.",
    fix: "Leave fargate:firewall as production has it, or say in fargate:firewall.off why there is none.",
    standing: { is: "met", where: "components/firewall.ts" },
    profile: "production",
    types: [LOAD_BALANCER],
    find: stack =>
        stack
            .ofType(LOAD_BALANCER)
            .filter(({ inputs }) => isApplication(inputs) && !mayBe(inputs["internal"], true))
            .filter(balancer => stack.referring(balancer, WEB_ACL_ASSOCIATION, "resourceArn").length === 0)
            .map(resource => ({ resource, what: "no web application firewall stands in front of it" })),
});

const loadBalancersKeepAccessLogs = resourceRule({
    name: "load-balancers-keep-access-logs",
    title: "Load balancers keep access logs.",
    controls: ["ELB.5"],
    severity: "medium",
    reason: "After an incident nobody could tell who asked for what.",
    fix: "Set fargate:loadBalancer.accessLogs to true, which is production's default.",
    standing: { is: "met", where: "components/load-balancer.ts" },
    profile: "production",
    types: [LOAD_BALANCER],
    check: ({ inputs }) => (mayBe(at(inputs, "accessLogs", "enabled"), true) ? undefined : "it keeps no access logs"),
});

const loadBalancersMitigateDesync = resourceRule({
    name: "load-balancers-mitigate-desync",
    title: "Load balancers refuse ambiguous requests: desync mitigation is defensive or strictest.",
    controls: ["ELB.12"],
    severity: "medium",
    reason: "Two readings of one request let a client poison what the next one gets.",
    fix: 'Set desyncMitigationMode to "defensive".',
    standing: { is: "met", where: "components/load-balancer.ts" },
    types: [LOAD_BALANCER],
    // AWS's default is defensive.
    check: ({ inputs: { desyncMitigationMode } }) =>
        mayBe(desyncMitigationMode, undefined, "defensive", "strictest")
            ? undefined
            : `desyncMitigationMode is ${show(desyncMitigationMode)}`,
});

const loadBalancersSpanZones = resourceRule({
    name: "load-balancers-span-zones",
    title: "Load balancers are in two availability zones at least.",
    controls: ["ELB.13"],
    severity: "medium",
    reason: "A zone that fails takes everything in it along.",
    fix: "Name two zones or more in fargate:network.zones.",
    standing: { is: "met", where: "settings/network.ts" },
    types: [LOAD_BALANCER],
    check: ({ inputs: { subnets, subnetMappings } }) => {
        if (subnets === UNKNOWN || subnetMappings === UNKNOWN) return undefined;
        const count = listOf(subnets).length + listOf(subnetMappings).length;
        return count < 2 ? `it is in ${count} subnets` : undefined;
    },
});

const ENCRYPTED_PROTOCOLS = ["HTTPS", "TLS", "QUIC"];

const targetGroupsAreEncrypted = resourceRule({
    name: "target-groups-are-encrypted",
    title: "Load balancers speak TLS to targets and to their health checks.",
    controls: ["ELB.21", "ELB.22"],
    severity: "medium",
    reason: "What is not encrypted can be read by whoever gets between load balancer and target.",
    fix: "Give the containers certificates and set protocol and healthCheck.protocol to HTTPS.",
    standing: {
        is: "excepted",
        reason: "TLS ends at the load balancer; from there, traffic stays inside the VPC, between two groups that let in one port from each other.",
        covers: () => true,
    },
    types: [TARGET_GROUP],
    check: ({ inputs }) => {
        const check = at(inputs, "healthCheck", "protocol") ?? inputs["protocol"];
        return [
            ...(mayBe(inputs["protocol"], ...ENCRYPTED_PROTOCOLS) ? [] : [`its protocol is ${show(inputs["protocol"])}`]),
            ...(mayBe(check, ...ENCRYPTED_PROTOCOLS) ? [] : [`its health check speaks ${show(check)}`]),
        ];
    },
});

export const loadBalancerRules: readonly Rule[] = [
    httpRedirectsToHttps,
    listenersAreEncrypted,
    listenersUseRecommendedTls,
    loadBalancersAreInternal,
    loadBalancersAreProtected,
    loadBalancersDropInvalidHeaders,
    loadBalancersHaveAFirewall,
    loadBalancersKeepAccessLogs,
    loadBalancersMitigateDesync,
    loadBalancersSpanZones,
    targetGroupsAreEncrypted,
];

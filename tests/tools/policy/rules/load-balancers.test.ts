import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { LISTENER, LISTENER_RULE, LOAD_BALANCER, TARGET_GROUP } from "../../../../tools/inventory/types/elb";
import { WEB_ACL_ASSOCIATION } from "../../../../tools/inventory/types/wafv2";
import { prove } from "../../../support/prove";
import { having, resource, without } from "../../../support/resources";

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
const REDIRECTING = resource(LISTENER, { protocol: "HTTP", port: 80, defaultActions: [redirect] });
const rule = (actions: unknown) => resource(LISTENER_RULE, { listenerArn: "Listener", actions });

prove("http-redirects-to-https", {
    meets: {
        "a redirect": [REDIRECTING],
        "a redirect by default and by rule": [REDIRECTING, rule([redirect])],
        HTTPS: [
            resource(LISTENER, { protocol: "HTTPS", port: 443, defaultActions: [{ type: "forward" }] }),
            rule([{ type: "forward" }]),
        ],
    },
    breaks: {
        "an answer": [
            [resource(LISTENER, { protocol: "HTTP", port: 80, defaultActions: [{ type: "forward" }] })],
            /answers over HTTP/,
        ],
        "an answer by rule, where the rest is redirected": [
            [REDIRECTING, rule([{ type: "forward" }])],
            /it answers over HTTP, though Listener redirects/,
        ],
        "a redirect to HTTP": [
            [resource(LISTENER, { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { protocol: "HTTP" } }] })],
            /answers over HTTP/,
        ],
    },
    unknown: [
        resource(LISTENER, { protocol: "HTTP", defaultActions: UNKNOWN }),
        resource(LISTENER, { protocol: UNKNOWN }, { name: "later" }),
        rule(UNKNOWN),
        resource(LISTENER_RULE, { listenerArn: UNKNOWN, actions: [{ type: "forward" }] }, { name: "later" }),
    ],
    broken: {
        by: having(LISTENER, "load-balancer-http", { defaultActions: [{ type: "fixed-response" }] }),
        with: ["listeners-are-encrypted"],
    },
});

prove("listeners-are-encrypted", {
    meets: { HTTPS: [resource(LISTENER, { protocol: "HTTPS" })], TLS: [resource(LISTENER, { protocol: "TLS" })] },
    breaks: {
        HTTP: [
            [resource(LISTENER, { protocol: "HTTP", port: 8080, defaultActions: [{ type: "forward" }] })],
            /its protocol is HTTP/,
        ],
        "a redirect, which is excepted on port 80": [
            [resource(LISTENER, { protocol: "HTTP", port: 80, defaultActions: [redirect] })],
            /its protocol is HTTP/,
        ],
    },
    unknown: [resource(LISTENER, { protocol: UNKNOWN })],
});

const https = (sslPolicy: string | undefined) => resource(LISTENER, { protocol: "HTTPS", sslPolicy });

prove("listeners-use-recommended-tls", {
    meets: {
        "TLS 1.3 and 1.2, with post-quantum keys": [https("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09")],
        "TLS 1.3 alone": [https("ELBSecurityPolicy-TLS13-1-3-2021-06")],
        "HTTP, which has none": [resource(LISTENER, { protocol: "HTTP" })],
    },
    breaks: {
        "the default": [[https(undefined)], /its security policy is AWS's default/],
        "the default of old": [[https("ELBSecurityPolicy-2016-08")], /is ELBSecurityPolicy-2016-08/],
        "TLS 1.0 beside 1.3": [[https("ELBSecurityPolicy-TLS13-1-0-2021-06")], /TLS13-1-0/],
        "more ciphers": [[https("ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06")], /Ext1/],
    },
    unknown: [resource(LISTENER, { protocol: "HTTPS", sslPolicy: UNKNOWN })],
    broken: { by: having(LISTENER, "load-balancer-https", { sslPolicy: undefined }) },
});

prove("load-balancers-are-internal", {
    meets: { "an internal one": [resource(LOAD_BALANCER, { internal: true })] },
    breaks: {
        "a public one, which is excepted": [[resource(LOAD_BALANCER, { internal: false })], /it faces the internet/],
        "a public Network Load Balancer, which is not": [
            [resource(LOAD_BALANCER, { loadBalancerType: "network" })],
            /it faces the internet/,
        ],
    },
    unknown: [resource(LOAD_BALANCER, { internal: UNKNOWN })],
});

prove("load-balancers-are-protected", {
    meets: { protection: [resource(LOAD_BALANCER, { enableDeletionProtection: true })] },
    breaks: { "the default": [[resource(LOAD_BALANCER)], /deletion protection is off/] },
    unknown: [resource(LOAD_BALANCER, { enableDeletionProtection: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { enableDeletionProtection: undefined }) },
});

prove("load-balancers-drop-invalid-headers", {
    meets: {
        "a load balancer that drops them": [resource(LOAD_BALANCER, { dropInvalidHeaderFields: true })],
        "one that knows no headers": [resource(LOAD_BALANCER, { loadBalancerType: "network" })],
    },
    breaks: { "the default": [[resource(LOAD_BALANCER, { loadBalancerType: "application" })], /passes invalid headers on/] },
    unknown: [resource(LOAD_BALANCER, { dropInvalidHeaderFields: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { dropInvalidHeaderFields: undefined }) },
});

prove("load-balancers-have-a-firewall", {
    meets: {
        "a web ACL": [resource(LOAD_BALANCER), resource(WEB_ACL_ASSOCIATION, { resourceArn: "LoadBalancer" })],
        "an internal load balancer": [resource(LOAD_BALANCER, { internal: true })],
    },
    breaks: { none: [[resource(LOAD_BALANCER)], /no web application firewall/] },
    unknown: [resource(LOAD_BALANCER, { internal: UNKNOWN })],
    broken: { by: without(WEB_ACL_ASSOCIATION, "firewall-association") },
});

prove("load-balancers-keep-access-logs", {
    meets: { "access logs": [resource(LOAD_BALANCER, { accessLogs: { enabled: true, bucket: "logs" } })] },
    breaks: {
        none: [[resource(LOAD_BALANCER)], /it keeps no access logs/],
        "a bucket without logs": [[resource(LOAD_BALANCER, { accessLogs: { bucket: "logs" } })], /it keeps no access logs/],
    },
    unknown: [resource(LOAD_BALANCER, { accessLogs: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { accessLogs: undefined }) },
});

prove("load-balancers-mitigate-desync", {
    meets: {
        defensive: [resource(LOAD_BALANCER, { desyncMitigationMode: "defensive" })],
        strictest: [resource(LOAD_BALANCER, { desyncMitigationMode: "strictest" })],
        "the default, which is defensive": [resource(LOAD_BALANCER)],
    },
    breaks: { monitor: [[resource(LOAD_BALANCER, { desyncMitigationMode: "monitor" })], /desyncMitigationMode is monitor/] },
    unknown: [resource(LOAD_BALANCER, { desyncMitigationMode: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { desyncMitigationMode: "monitor" }) },
});

prove("load-balancers-span-zones", {
    meets: {
        "two subnets": [resource(LOAD_BALANCER, { subnets: ["a", "b"] })],
        "two subnets that are not known yet": [resource(LOAD_BALANCER, { subnets: [UNKNOWN, UNKNOWN] })],
        "two mappings": [resource(LOAD_BALANCER, { subnetMappings: [{ subnetId: "a" }, { subnetId: "b" }] })],
    },
    breaks: { "one subnet": [[resource(LOAD_BALANCER, { subnets: ["a"] })], /it is in 1 subnets/] },
    unknown: [resource(LOAD_BALANCER, { subnets: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { subnets: ["Vpc:network-public-1"] }) },
});

prove("target-groups-are-encrypted", {
    meets: { HTTPS: [resource(TARGET_GROUP, { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } })] },
    breaks: {
        "HTTP for health checks": [
            [resource(TARGET_GROUP, { protocol: "HTTPS", healthCheck: { protocol: "HTTP" } })],
            /its health check speaks HTTP/,
        ],
        "HTTP for requests": [
            [resource(TARGET_GROUP, { protocol: "HTTP", healthCheck: { protocol: "HTTPS" } })],
            /its protocol is HTTP/,
        ],
    },
    unknown: [resource(TARGET_GROUP, { protocol: UNKNOWN, healthCheck: UNKNOWN })],
});

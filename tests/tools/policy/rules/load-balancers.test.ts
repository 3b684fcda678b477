import { httpRedirectsToHttps } from "../../../../tools/policy/rules/load-balancers";
import { LISTENER, LISTENER_RULE } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

const REDIRECTING = resource(LISTENER, { protocol: "HTTP", port: 80, defaultActions: [redirect] });
const rule = (actions: unknown) => resource(LISTENER_RULE, { listenerArn: "Listener", actions });

prove(httpRedirectsToHttps, {
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

import { httpRedirectsToHttps } from "../../../policy/rules/http-redirects-to-https";
import { LISTENER } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

prove(httpRedirectsToHttps, {
    meets: {
        "a redirect": [resource(LISTENER, { protocol: "HTTP", port: 80, defaultActions: [redirect] })],
        HTTPS: [resource(LISTENER, { protocol: "HTTPS", port: 443, defaultActions: [{ type: "forward" }] })],
    },
    breaks: {
        "an answer": [
            [resource(LISTENER, { protocol: "HTTP", port: 80, defaultActions: [{ type: "forward" }] })],
            /answers over HTTP/,
        ],
        "a redirect to HTTP": [
            [resource(LISTENER, { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { protocol: "HTTP" } }] })],
            /answers over HTTP/,
        ],
    },
    unknown: [resource(LISTENER, { protocol: "HTTP", defaultActions: UNKNOWN }), resource(LISTENER, { protocol: UNKNOWN })],
    broken: {
        by: having(LISTENER, "load-balancer-http", { defaultActions: [{ type: "fixed-response" }] }),
        with: ["listeners-are-encrypted"],
    },
});

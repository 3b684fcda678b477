import { listenersAreEncrypted } from "../../../../tools/policy/rules/listeners-are-encrypted";
import { LISTENER } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

prove(listenersAreEncrypted, {
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

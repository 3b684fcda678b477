import { listenersUseRecommendedTls } from "../../../../tools/policy/rules/listeners-use-recommended-tls";
import { LISTENER } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

const https = (sslPolicy: string | undefined) => resource(LISTENER, { protocol: "HTTPS", sslPolicy });

prove(listenersUseRecommendedTls, {
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

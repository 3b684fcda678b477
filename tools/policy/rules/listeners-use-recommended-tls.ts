import { resourceRule } from "../rule";
import { LISTENER } from "../../inventory/types";
import { UNKNOWN, show } from "../../inventory/inputs";

/** TLS 1.3, and 1.2 at the lowest; the `-Ext` ones bring back ciphers without forward secrecy (ELB user guide, "Security policies"). */
const RECOMMENDED = /^ELBSecurityPolicy-TLS13-1-[23](-Res)?(-FIPS)?(-PQ)?-\d{4}-\d{2}$/;

export const listenersUseRecommendedTls = resourceRule({
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
        return RECOMMENDED.test(show(sslPolicy)) ? undefined : `its security policy is ${show(sslPolicy ?? "AWS's default")}`;
    },
});

import { redirectToHttps } from "../reading/load-balancing";
import { resourceRule } from "../rule";
import { LISTENER } from "../../inventory/types";
import { mayBe, show } from "../../inventory/inputs";

const HTTP_PORT = 80;

export const listenersAreEncrypted = resourceRule({
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

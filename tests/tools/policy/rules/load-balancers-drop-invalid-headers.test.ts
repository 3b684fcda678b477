import { loadBalancersDropInvalidHeaders } from "../../../../tools/policy/rules/load-balancers-drop-invalid-headers";
import { LOAD_BALANCER } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(loadBalancersDropInvalidHeaders, {
    meets: {
        "a load balancer that drops them": [resource(LOAD_BALANCER, { dropInvalidHeaderFields: true })],
        "one that knows no headers": [resource(LOAD_BALANCER, { loadBalancerType: "network" })],
    },
    breaks: { "the default": [[resource(LOAD_BALANCER, { loadBalancerType: "application" })], /passes invalid headers on/] },
    unknown: [resource(LOAD_BALANCER, { dropInvalidHeaderFields: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { dropInvalidHeaderFields: undefined }) },
});

import { loadBalancersDropInvalidHeaders } from "../../../policy/rules/load-balancers-drop-invalid-headers";
import { LOAD_BALANCER } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(loadBalancersDropInvalidHeaders, {
    meets: {
        "a load balancer that drops them": [resource(LOAD_BALANCER, { dropInvalidHeaderFields: true })],
        "one that knows no headers": [resource(LOAD_BALANCER, { loadBalancerType: "network" })],
    },
    breaks: { "the default": [[resource(LOAD_BALANCER, { loadBalancerType: "application" })], /passes invalid headers on/] },
    unknown: [resource(LOAD_BALANCER, { dropInvalidHeaderFields: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { dropInvalidHeaderFields: undefined }) },
});

import { loadBalancersHaveAFirewall } from "../../../policy/rules/load-balancers-have-a-firewall";
import { LOAD_BALANCER, WEB_ACL_ASSOCIATION } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { plus, resource } from "../resources";

prove(loadBalancersHaveAFirewall, {
    meets: {
        "a web ACL": [resource(LOAD_BALANCER), resource(WEB_ACL_ASSOCIATION, { resourceArn: "LoadBalancer" })],
        "an internal load balancer": [resource(LOAD_BALANCER, { internal: true })],
    },
    breaks: { none: [[resource(LOAD_BALANCER)], /no web application firewall/] },
    unknown: [resource(LOAD_BALANCER, { internal: UNKNOWN })],
    mended: plus(resource(WEB_ACL_ASSOCIATION, { resourceArn: "arn:aws:LoadBalancer:load-balancer" })),
});

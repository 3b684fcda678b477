import { loadBalancersHaveAFirewall } from "../../../../tools/policy/rules/load-balancers-have-a-firewall";
import { LOAD_BALANCER, WEB_ACL_ASSOCIATION } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { plus, resource } from "../../../support/resources";

prove(loadBalancersHaveAFirewall, {
    meets: {
        "a web ACL": [resource(LOAD_BALANCER), resource(WEB_ACL_ASSOCIATION, { resourceArn: "LoadBalancer" })],
        "an internal load balancer": [resource(LOAD_BALANCER, { internal: true })],
    },
    breaks: { none: [[resource(LOAD_BALANCER)], /no web application firewall/] },
    unknown: [resource(LOAD_BALANCER, { internal: UNKNOWN })],
    mended: plus(resource(WEB_ACL_ASSOCIATION, { resourceArn: "arn:aws:LoadBalancer:load-balancer" })),
});

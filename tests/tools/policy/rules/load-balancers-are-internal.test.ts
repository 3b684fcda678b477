import { loadBalancersAreInternal } from "../../../../tools/policy/rules/load-balancers-are-internal";
import { LOAD_BALANCER } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove(loadBalancersAreInternal, {
    meets: { "an internal one": [resource(LOAD_BALANCER, { internal: true })] },
    breaks: {
        "a public one, which is excepted": [[resource(LOAD_BALANCER, { internal: false })], /it faces the internet/],
        "a public Network Load Balancer, which is not": [
            [resource(LOAD_BALANCER, { loadBalancerType: "network" })],
            /it faces the internet/,
        ],
    },
    unknown: [resource(LOAD_BALANCER, { internal: UNKNOWN })],
});

import { loadBalancersSpanZones } from "../../../../tools/policy/rules/load-balancers-span-zones";
import { LOAD_BALANCER } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(loadBalancersSpanZones, {
    meets: {
        "two subnets": [resource(LOAD_BALANCER, { subnets: ["a", "b"] })],
        "two subnets that are not known yet": [resource(LOAD_BALANCER, { subnets: [UNKNOWN, UNKNOWN] })],
        "two mappings": [resource(LOAD_BALANCER, { subnetMappings: [{ subnetId: "a" }, { subnetId: "b" }] })],
    },
    breaks: { "one subnet": [[resource(LOAD_BALANCER, { subnets: ["a"] })], /it is in 1 subnets/] },
    unknown: [resource(LOAD_BALANCER, { subnets: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { subnets: ["Vpc:network-public-1"] }) },
});

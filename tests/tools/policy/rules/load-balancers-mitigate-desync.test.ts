import { loadBalancersMitigateDesync } from "../../../../tools/policy/rules/load-balancers-mitigate-desync";
import { LOAD_BALANCER } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(loadBalancersMitigateDesync, {
    meets: {
        defensive: [resource(LOAD_BALANCER, { desyncMitigationMode: "defensive" })],
        strictest: [resource(LOAD_BALANCER, { desyncMitigationMode: "strictest" })],
        "the default, which is defensive": [resource(LOAD_BALANCER)],
    },
    breaks: { monitor: [[resource(LOAD_BALANCER, { desyncMitigationMode: "monitor" })], /desyncMitigationMode is monitor/] },
    unknown: [resource(LOAD_BALANCER, { desyncMitigationMode: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { desyncMitigationMode: "monitor" }) },
});

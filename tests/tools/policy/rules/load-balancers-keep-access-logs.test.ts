import { loadBalancersKeepAccessLogs } from "../../../../tools/policy/rules/load-balancers-keep-access-logs";
import { LOAD_BALANCER } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(loadBalancersKeepAccessLogs, {
    meets: { "access logs": [resource(LOAD_BALANCER, { accessLogs: { enabled: true, bucket: "logs" } })] },
    breaks: {
        none: [[resource(LOAD_BALANCER)], /it keeps no access logs/],
        "a bucket without logs": [[resource(LOAD_BALANCER, { accessLogs: { bucket: "logs" } })], /it keeps no access logs/],
    },
    unknown: [resource(LOAD_BALANCER, { accessLogs: UNKNOWN })],
    mended: having(LOAD_BALANCER, "load-balancer", { accessLogs: { enabled: true, bucket: "logs" } }),
});

import { loadBalancersKeepAccessLogs } from "../../../policy/rules/load-balancers-keep-access-logs";
import { LOAD_BALANCER } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(loadBalancersKeepAccessLogs, {
    meets: { "access logs": [resource(LOAD_BALANCER, { accessLogs: { enabled: true, bucket: "logs" } })] },
    breaks: {
        none: [[resource(LOAD_BALANCER)], /it keeps no access logs/],
        "a bucket without logs": [[resource(LOAD_BALANCER, { accessLogs: { bucket: "logs" } })], /it keeps no access logs/],
    },
    unknown: [resource(LOAD_BALANCER, { accessLogs: UNKNOWN })],
    mended: having(LOAD_BALANCER, "load-balancer", { accessLogs: { enabled: true, bucket: "logs" } }),
});

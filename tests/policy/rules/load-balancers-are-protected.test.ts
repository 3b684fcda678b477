import { loadBalancersAreProtected } from "../../../policy/rules/load-balancers-are-protected";
import { LOAD_BALANCER } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(loadBalancersAreProtected, {
    meets: { protection: [resource(LOAD_BALANCER, { enableDeletionProtection: true })] },
    breaks: { "the default": [[resource(LOAD_BALANCER)], /deletion protection is off/] },
    unknown: [resource(LOAD_BALANCER, { enableDeletionProtection: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { enableDeletionProtection: undefined }) },
});

import { loadBalancersAreProtected } from "../../../../tools/policy/rules/load-balancers-are-protected";
import { LOAD_BALANCER } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(loadBalancersAreProtected, {
    meets: { protection: [resource(LOAD_BALANCER, { enableDeletionProtection: true })] },
    breaks: { "the default": [[resource(LOAD_BALANCER)], /deletion protection is off/] },
    unknown: [resource(LOAD_BALANCER, { enableDeletionProtection: UNKNOWN })],
    broken: { by: having(LOAD_BALANCER, "load-balancer", { enableDeletionProtection: undefined }) },
});

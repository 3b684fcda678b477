import { servicesRollBack } from "../../../policy/rules/services-roll-back";
import { SERVICE } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(servicesRollBack, {
    meets: {
        "circuit breaker with rollback": [resource(SERVICE, { deploymentCircuitBreaker: { enable: true, rollback: true } })],
    },
    breaks: {
        "the default": [[resource(SERVICE)], /circuit breaker is off/],
        "a circuit breaker without rollback": [
            [resource(SERVICE, { deploymentCircuitBreaker: { enable: true, rollback: false } })],
            /does not roll back/,
        ],
    },
    unknown: [resource(SERVICE, { deploymentCircuitBreaker: UNKNOWN })],
    broken: { by: having(SERVICE, "web", { deploymentCircuitBreaker: undefined }) },
});

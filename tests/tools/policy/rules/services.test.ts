import { servicesRollBack } from "../../../../tools/policy/rules/services";
import { SERVICE } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

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

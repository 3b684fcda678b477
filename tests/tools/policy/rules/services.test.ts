import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { SCALING_POLICY } from "../../../../tools/inventory/types/autoscaling";
import { SERVICE } from "../../../../tools/inventory/types/ecs";
import { METRIC_ALARM } from "../../../../tools/inventory/types/cloudwatch";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove("services-have-alarms", {
    meets: {
        "an alarm": [resource(SERVICE), resource(METRIC_ALARM, { dimensions: { ServiceName: "Service" } })],
        "an alarm about several metrics": [
            resource(SERVICE),
            resource(METRIC_ALARM, { metricQueries: [{ metric: { dimensions: { ServiceName: "Service" } } }] }),
        ],
    },
    breaks: {
        none: [[resource(SERVICE)], /no alarm watches it/],
        "one of another service": [
            [resource(SERVICE), resource(METRIC_ALARM, { dimensions: { ServiceName: "other" } })],
            /no alarm watches it/,
        ],
        "one that only adds tasks": [
            [
                resource(SERVICE),
                resource(SCALING_POLICY),
                resource(METRIC_ALARM, { dimensions: { ServiceName: "Service" }, alarmActions: ["Policy"] }),
            ],
            /no alarm watches it/,
        ],
    },
    broken: { by: resources => resources.filter(({ type }) => type !== METRIC_ALARM) },
});

prove("services-have-no-shell", {
    meets: {
        "no ECS Exec": [resource(SERVICE, { enableExecuteCommand: false })],
        "the default": [resource(SERVICE)],
    },
    breaks: {
        "ECS Exec": [[resource(SERVICE, { enableExecuteCommand: true })], /ECS Exec is on: commands run in its tasks, as root/],
    },
    unknown: [resource(SERVICE, { enableExecuteCommand: UNKNOWN })],
    broken: { by: having(SERVICE, "web", { enableExecuteCommand: true }), with: ["endpoints-serve-every-feature"] },
});

prove("services-roll-back", {
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

prove("services-run-the-latest-platform", {
    meets: { LATEST: [resource(SERVICE, { platformVersion: "LATEST" })], "the default": [resource(SERVICE)] },
    breaks: { "a fixed version": [[resource(SERVICE, { platformVersion: "1.3.0" })], /platformVersion is 1.3.0/] },
    unknown: [resource(SERVICE, { platformVersion: UNKNOWN })],
    broken: { by: having(SERVICE, "web", { platformVersion: "1.4.0" }) },
});

import { resourceRule } from "../rule";
import { SERVICE } from "../../inventory/types";
import { at, mayBe } from "../../inventory/inputs";

export const servicesRollBack = resourceRule({
    name: "services-roll-back",
    title: "Services stop a deployment that fails, and roll it back.",
    controls: [],
    severity: "medium",
    reason: "ECS would start failing tasks for hours, beside old ones that it has stopped counting on.",
    fix: "Set deploymentCircuitBreaker to { enable: true, rollback: true }.",
    standing: { is: "met", where: "components/service.ts" },
    types: [SERVICE],
    check: ({ inputs }) => {
        const isOn = (key: string) => mayBe(at(inputs, "deploymentCircuitBreaker", key), true);
        if (!isOn("enable")) return "the deployment circuit breaker is off";
        return isOn("rollback") ? undefined : "the deployment circuit breaker does not roll back";
    },
});

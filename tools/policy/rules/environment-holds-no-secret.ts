import { looksSecret } from "../../../model/plain-secrets";
import { containers } from "../reading/containers";
import type { Resource } from "../../inventory/resource";
import { resourceRule } from "../rule";
import { TASK_COMPONENT, TASK_DEFINITION } from "../../inventory/types";
import { UNKNOWN, at, listOf, show } from "../../inventory/inputs";

export const environmentHoldsNoSecret = resourceRule({
    name: "environment-holds-no-secret",
    title: "No plain environment variable holds a secret.",
    controls: ["ECS.8"],
    severity: "high",
    reason: "Whoever may read a task definition, in the console or by an API call, reads its variables.",
    fix: "Store the value in Secrets Manager or SSM and name its ARN under secrets.",
    standing: { is: "met", where: "settings/service-rules.ts" },
    // The component's arguments are plain where the definition is not known before its image is built.
    types: [TASK_DEFINITION, TASK_COMPONENT],
    check: resource =>
        variables(resource)
            .filter(([name, value]) => looksSecret(name, value))
            .map(([name]) => `variable ${name} looks like a secret in plain text`),
});

function variables(resource: Resource): [string, string][] {
    const ofComponent = resource.type === TASK_COMPONENT ? Object.entries(resource.inputs["environment"] ?? {}) : [];
    const ofContainers = containers(resource).flatMap(({ definition }) =>
        listOf(at(definition, "environment")).map((pair): [string, unknown] => [show(at(pair, "name")), at(pair, "value")]),
    );
    return [...ofComponent, ...ofContainers].map(([name, value]) => [name, value === UNKNOWN ? "" : show(value)]);
}

import { EndpointNeeds, endpointServices } from "../../../model/endpoints";
import { containers } from "../reading/containers";
import type { Resource } from "../../inventory/resource";
import { stackRule } from "../rule";
import type { Graph } from "../../inventory/graph";
import { allowed } from "../reading/statements";
import { NAT_GATEWAY, ROLE, ROLE_POLICY, SERVICE, TASK_COMPONENT, TASK_DEFINITION, VPC_ENDPOINT } from "../../inventory/types";
import { UNKNOWN, at, listOf, show, texts } from "../../inventory/inputs";

/** ECS Exec speaks to it (Amazon ECS developer guide, "Amazon ECS interface VPC endpoints"). */
const EXEC_ENDPOINT = "ssmmessages";

export const endpointsServeEveryFeature = stackRule({
    name: "endpoints-serve-every-feature",
    title: "Where tasks have no internet, an endpoint serves every feature that they use.",
    controls: [],
    severity: "high",
    reason: "A task whose image, secret or log has no way ends at its start, or waits for a time-out.",
    fix: "Add the endpoint, or set fargate:network.egress to nat.",
    standing: { is: "met", where: "model/endpoints.ts" },
    types: [TASK_DEFINITION, VPC_ENDPOINT],
    find: stack => {
        const endpoints = stack.ofType(VPC_ENDPOINT);
        const isOnlyWay =
            stack.ofType(NAT_GATEWAY).length === 0 && endpoints.some(({ inputs }) => inputs["vpcEndpointType"] === "Interface");
        const names = endpoints.map(({ inputs }) => inputs["serviceName"]);
        if (!isOnlyWay || names.includes(UNKNOWN)) return [];
        const existing = new Set(names.map(name => show(name).split(".").slice(3).join(".")));
        return stack.ofType(TASK_DEFINITION).flatMap(resource =>
            needed(stack, resource)
                .filter(service => !existing.has(service))
                .map(service => ({ resource, what: `its tasks need the endpoint ${service}, which does not exist` })),
        );
    },
});

function needed(stack: Graph, task: Resource): readonly string[] {
    const parent = stack.parentOf(task);
    const component = parent?.type === TASK_COMPONENT ? [ofComponent(parent)] : [];
    const services = endpointServices("endpoints", [ofDefinition(stack, task), ...component]);
    const hasExec = stack
        .referring(task, SERVICE, "taskDefinition")
        .some(({ inputs }) => inputs["enableExecuteCommand"] === true);
    return [...(services?.interfaces ?? []), ...(services?.gateways ?? []), ...(hasExec ? [EXEC_ENDPOINT] : [])];
}

function ofDefinition(stack: Graph, task: Resource): EndpointNeeds {
    const secrets = containers(task).flatMap(({ definition }) =>
        listOf(at(definition, "secrets")).map((secret): [string, string] => [
            show(at(secret, "name")),
            show(at(secret, "valueFrom")),
        ]),
    );
    const permissions = stack
        .referred(task, "taskRoleArn", ROLE)
        .flatMap(role => [role, ...stack.referring(role, ROLE_POLICY, "role")])
        .flatMap(allowed);
    return { secrets: Object.fromEntries(secrets), permissions };
}

/** The component's arguments are plain where the definition is not known before its image is built. */
function ofComponent({ inputs }: Resource): EndpointNeeds {
    const secrets = texts(inputs["secrets"]).map((arn): [string, string] => [arn, arn]);
    const permissions = listOf(inputs["permissions"]).map(permission => ({ actions: texts(at(permission, "actions")) }));
    return { secrets: Object.fromEntries(secrets), permissions };
}

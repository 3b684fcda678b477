import { COMPONENT } from "../../../model/names";
import { EndpointNeeds, endpointServices, endpointShortName } from "../../../model/endpoints";
import type { Graph } from "../../inventory/graph";
import { UNKNOWN, at, isAbsent, listOf, show, texts } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { NAT_GATEWAY, VPC_ENDPOINT } from "../../inventory/types/ec2";
import { SERVICE, TASK_DEFINITION } from "../../inventory/types/ecs";
import { ROLE, ROLE_POLICY } from "../../inventory/types/iam";
import { containers } from "../reading/containers";
import { Statement, allowed, statements } from "../reading/statements";
import { Rule, stackRule } from "../rule";

const endpointsServeEveryFeature = stackRule({
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
        const existing = new Set(names.map(name => endpointShortName(show(name))));
        return stack.ofType(TASK_DEFINITION).flatMap(resource =>
            neededEndpoints(stack, resource)
                .filter(service => !existing.has(service))
                .map(service => ({ resource, what: `its tasks need the endpoint ${service}, which does not exist` })),
        );
    },
});

function neededEndpoints(stack: Graph, task: Resource): readonly string[] {
    const parent = stack.parentOf(task);
    const component = parent?.type === COMPONENT.task ? [ofComponent(parent)] : [];
    const hasExec = stack
        .referring(task, SERVICE, "taskDefinition")
        .some(({ inputs }) => inputs["enableExecuteCommand"] === true);
    const definition = { ...ofDefinition(stack, task), ...(hasExec && { exec: true as const }) };
    const services = endpointServices("endpoints", [definition, ...component]);
    return [...(services?.interfaces ?? []), ...(services?.gateways ?? [])];
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
    return { secrets: Object.fromEntries(secrets), permissions, ...(inputs["exec"] === true && { exec: true }) };
}

const OWN_PRINCIPALS = new Set(["aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalArn"]);
/** ECR's own buckets, whose layers come by links that an AWS principal signed. */
const LAYERS = /^arn:[^:]+:s3:::prod-[a-z0-9-]+-starport-layer-bucket\/\*$/;

const endpointsServeThisAccountOnly = stackRule({
    name: "endpoints-serve-this-account-only",
    title: "Where endpoints are the only way out, they serve principals of this account only.",
    controls: [],
    severity: "medium",
    reason: "With credentials of an account of theirs, an intruder could carry data out through your own endpoint.",
    fix: "Give the endpoint a policy with a condition on aws:PrincipalAccount.",
    standing: { is: "met", where: "iam/endpoints.ts" },
    types: [VPC_ENDPOINT],
    find: stack => {
        const endpoints = stack.ofType(VPC_ENDPOINT);
        // Beside NAT gateways a policy on the gateways would protect nothing.
        if (endpoints.every(({ inputs }) => inputs["vpcEndpointType"] !== "Interface")) return [];
        return endpoints.flatMap(resource => faultsOfPolicy(resource).map(what => ({ resource, what })));
    },
});

function faultsOfPolicy({ inputs: { policy } }: Resource): string[] {
    if (policy === UNKNOWN) return [];
    if (isAbsent(policy)) return ["it has no policy, so it serves every account"];
    const isOpen = statements(policy).some(
        statement =>
            statement.effect === "Allow" && !statement.conditionKeys.some(key => OWN_PRINCIPALS.has(key)) && !isLayers(statement),
    );
    return isOpen ? ["its policy serves principals of every account"] : [];
}

function isLayers({ actions, resources }: Statement): boolean {
    return actions.every(action => action === "s3:GetObject") && resources.length > 0 && resources.every(arn => LAYERS.test(arn));
}

export const endpointRules: readonly Rule[] = [endpointsServeEveryFeature, endpointsServeThisAccountOnly];

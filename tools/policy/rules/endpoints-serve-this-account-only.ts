import type { Resource } from "../../inventory/resource";
import { stackRule } from "../rule";
import { Statement, statements } from "../reading/statements";
import { VPC_ENDPOINT } from "../../inventory/types";
import { UNKNOWN, isAbsent } from "../../inventory/inputs";

const OWN_PRINCIPALS = new Set(["aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalArn"]);
/** ECR's own buckets, whose layers come by links that an AWS principal signed. */
const LAYERS = /^arn:[^:]+:s3:::prod-[a-z0-9-]+-starport-layer-bucket\/\*$/;

export const endpointsServeThisAccountOnly = stackRule({
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
        return endpoints.flatMap(resource => wrong(resource).map(what => ({ resource, what })));
    },
});

function wrong({ inputs: { policy } }: Resource): string[] {
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

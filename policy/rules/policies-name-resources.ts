import { resourceRule } from "../rule";
import { allowed } from "../statements";
import { MANAGED_POLICY, ROLE, ROLE_POLICY } from "../types";

/** Actions that know no resource (service authorization reference), as far as tasks and this program's roles have use for them. */
const WITHOUT_RESOURCE = new Set([
    "cloudwatch:PutMetricData",
    "ecr:GetAuthorizationToken",
    "sts:GetCallerIdentity",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "xray:GetSamplingRules",
    "xray:GetSamplingStatisticSummaries",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
]);

/** `*`, `arn:aws:*`, or everything of a service, such as `arn:aws:s3:::*`. A wildcard in an ARN reaches across its colons. */
const EVERYTHING = /^([*?]+|arn:([^:]*:){0,3}[^:]*\*|arn:([^:]*:){4}[*?]+)$/;

export const policiesNameResources = resourceRule({
    name: "policies-name-resources",
    title: "IAM policies name the resources that they are about, unless the action knows none.",
    controls: ["IAM.1"],
    severity: "high",
    reason: "An intruder in one service would reach the data of every other one in the account.",
    fix: "Name ARNs under resources, with wildcards behind a prefix at most.",
    standing: { is: "met", where: "model/policies.ts" },
    types: [ROLE_POLICY, MANAGED_POLICY, ROLE],
    check: resource =>
        allowed(resource)
            .filter(({ resources }) => resources.some(arn => EVERYTHING.test(arn)))
            .flatMap(({ actions }) => actions.filter(action => !WITHOUT_RESOURCE.has(action)))
            .map(action => `it allows ${action} on everything`),
});

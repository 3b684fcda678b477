import { DEFAULT_TAGS } from "../../../model/tags";
import { UNKNOWN, at, parsed } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import * as types from "../../inventory/types";
import { Rule, resourceRule } from "../rule";

const resourcesCarryTags = resourceRule({
    name: "resources-carry-tags",
    title: `Resources carry the tags ${DEFAULT_TAGS.join(", ")}.`,
    controls: ["ECS.13", "ECS.14", "ECS.15"],
    severity: "low",
    reason: "Bills, access rules and clean-up by tag would miss what has none.",
    fix: "Make the resource with the program's provider, whose default tags these are.",
    standing: { is: "met", where: "model/tags.ts" },
    types: [
        types.ecs.CLUSTER,
        types.ecs.SERVICE,
        types.ecs.TASK_DEFINITION,
        types.budgets.BUDGET,
        types.cloudwatch.LOG_GROUP,
        types.cloudwatch.METRIC_ALARM,
        types.ec2.VPC,
        types.ec2.SUBNET,
        types.ec2.VPC_ENDPOINT,
        types.ec2.SECURITY_GROUP,
        types.elb.LOAD_BALANCER,
        types.elb.LISTENER,
        types.elb.TARGET_GROUP,
        types.acm.CERTIFICATE,
        types.wafv2.WEB_ACL,
        types.ecr.REPOSITORY,
        types.iam.ROLE,
        types.kms.KMS_KEY,
        types.s3.BUCKET,
        types.sns.TOPIC,
        types.sfn.STATE_MACHINE,
    ],
    check: resource => {
        const missing = DEFAULT_TAGS.filter(tag => !isGiven(resource, tag));
        return missing.length === 0 ? undefined : `it has no ${missing.join(", ")} among its tags`;
    },
});

// `tagsAll` has them together, but is not known before the deployment.
function isGiven({ inputs, defaultTags }: Resource, tag: string): boolean {
    return [inputs["tags"], at(parsed(defaultTags), "tags")].some(tags => {
        const value = at(tags, tag);
        return value === UNKNOWN || (typeof value === "string" && value !== "");
    });
}

export const tagRules: readonly Rule[] = [resourcesCarryTags];

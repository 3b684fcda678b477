import { partitionOf } from "../model/partitions";
import { Deployment, stackPrefix } from "../model/names";
import { Place, PolicyDocument, Statement, policy } from "./documents";

export function topicArn({ region, account }: Place, name: string): string {
    return `arn:${partitionOf(region)}:sns:${region}:${account}:${name}`;
}

/**
 * Who may write to a stack's topic: its alarms, EventBridge and, where the stack has a budget, AWS Budgets. Without a policy of its own a topic lets in its account; whose policies name it is
 * let in here too.
 */
export function topicPolicy(
    place: Place,
    deployment: Deployment,
    { name, hasBudget }: { readonly name: string; readonly hasBudget: boolean },
): PolicyDocument {
    const { region, account } = place;
    const Resource = [topicArn(place, name)];
    const alarms = `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${stackPrefix(deployment)}-*`;
    return policy(
        {
            Sid: "Alarms",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: ["sns:Publish"],
            Resource,
            Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": alarms } },
        },
        {
            // EventBridge tells SNS no condition key (EventBridge user guide, Amazon SNS permissions): with one, nothing would arrive.
            Sid: "Events",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: ["sns:Publish"],
            Resource,
        },
        ...(hasBudget ? [fromBudgets(place, Resource)] : []),
        {
            Sid: "NeverWithoutTls",
            Effect: "Deny",
            Principal: "*",
            Action: ["sns:Publish"],
            Resource,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
    );
}

/** As the Cost Management user guide has it (Creating an Amazon SNS topic for budget notifications): AWS Budgets names no single budget. */
function fromBudgets({ region, account }: Place, Resource: readonly string[]): Statement {
    return {
        Sid: "Budgets",
        Effect: "Allow",
        Principal: { Service: "budgets.amazonaws.com" },
        Action: ["sns:Publish"],
        Resource,
        Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:budgets::${account}:*` },
        },
    };
}

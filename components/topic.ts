import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../iam/documents";
import { topicPolicy } from "../iam/topic";
import { COMPONENT, Deployment, alarmTopicName } from "../model/names";

export interface TopicArgs {
    /** Whose alarms may write to it. */
    readonly deployment: Deployment;
    /** Where the stack lives: its policy names the topic before there is one. */
    readonly place: Place;
    /** Addresses that are told, each by a subscription of its own. Plain: decides how many resources there are. */
    readonly email: readonly string[];
    /** Whether AWS Budgets may write to it too. Plain: its policy says so. */
    readonly hasBudget: boolean;
    /**
     * ARN of a KMS key whose policy lets `cloudwatch.amazonaws.com`, `events.amazonaws.com` and, with a budget, `budgets.amazonaws.com` decrypt and
     * generate data keys; EventBridge without a condition on its source.
     *
     * @default none: messages lie on SNS's own disks, which AWS encrypts. AWS's key `alias/aws/sns` lets in neither, so that no alarm would arrive.
     */
    readonly kmsKeyArn?: pulumi.Input<string>;
}

/**
 * Where a stack's alarms go: closed to whatever is no alarm of the stack, no event and no budget of the account. Whose event it is, EventBridge does not
 * tell.
 *
 * A subscription begins when somebody follows the link that AWS sends. One that nobody has confirmed is left to AWS when it is removed, which forgets
 * it within three days; it is told nothing.
 *
 * Cost: nothing; a thousand e-mails a month are free.
 *
 * @example
 * ```ts
 * import { Topic } from "./components/topic";
 *
 * const topic = new Topic("alarm-topic", {
 *     deployment: { project: "shop", stack: "staging" },
 *     place: { region: "ap-northeast-2", account: "123456789012" },
 *     email: ["ops@example.com"],
 *     hasBudget: true,
 * });
 *
 * export const topicArn = topic.arn;
 * ```
 */
export class Topic extends pulumi.ComponentResource {
    /** ARN of the topic. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
        const { deployment, place, email, hasBudget } = args;
        super(COMPONENT.topic, name, { email }, opts);
        const topicName = alarmTopicName(deployment);

        const topic = new aws.sns.Topic(
            name,
            {
                name: topicName,
                policy: pulumi.jsonStringify(topicPolicy(place, deployment, { name: topicName, hasBudget })),
                kmsMasterKeyId: args.kmsKeyArn,
            },
            { parent: this },
        );
        // By the address: whoever leaves takes no other's confirmation along.
        for (const address of email)
            new aws.sns.TopicSubscription(
                `${name}-${address}`,
                { topic: topic.arn, protocol: "email", endpoint: address },
                { parent: this },
            );

        this.arn = topic.arn;
        this.registerOutputs({ arn: this.arn });
    }
}

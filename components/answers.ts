import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AnswerRule, listenerAction } from "../model/answers";
import { listenerConditions } from "../model/conditions";
import { COMPONENT } from "../model/names";

export interface AnswersArgs {
    /** ARN of the listener that gets the rules. */
    readonly listenerArn: pulumi.Input<string>;
    /** What is answered, each with the logical name of its rule. Plain: decides which rules there are. */
    readonly rules: readonly AnswerRule[];
    /** Priorities by logical name, 1 to 50000: no other rule of the listener has one of them. */
    readonly priorities: ReadonlyMap<string, number>;
}

/**
 * What the load balancer answers by itself: redirects, and texts that are the same each time. No task is asked.
 *
 * Cost: nothing; requests count as the load balancer's capacity units.
 *
 * @throws pulumi.InputPropertyError where a rule has no priority.
 * @example
 * ```ts
 * import { Answers } from "./components/answers";
 * import { answerRules } from "./model/answers";
 *
 * const redirects = [{ hosts: ["www.shop.example.com"], paths: [], to: "shop.example.com", status: 301 as const }];
 *
 * new Answers("load-balancer-answers", {
 *     listenerArn: "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:listener/app/shop/0123456789abcdef/0123456789abcdef",
 *     rules: answerRules({ redirects }),
 *     priorities: new Map([["redirect-www.shop.example.com", 10]]),
 * });
 * ```
 */
export class Answers extends pulumi.ComponentResource {
    constructor(name: string, args: AnswersArgs, opts?: pulumi.ComponentResourceOptions) {
        super(COMPONENT.answers, name, { rules: args.rules.map(({ route }) => route) }, opts);
        for (const { logicalName, route } of args.rules) {
            const priority = args.priorities.get(logicalName);
            if (priority === undefined)
                throw new pulumi.InputPropertyError({ propertyPath: "priorities", reason: `${logicalName} has none` });
            new aws.lb.ListenerRule(
                logicalName,
                {
                    listenerArn: args.listenerArn,
                    priority,
                    conditions: listenerConditions(route),
                    actions: [listenerAction(route)],
                },
                { parent: this },
            );
        }
        this.registerOutputs({});
    }
}

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Front } from "../model/alarms";
import { UNHEALTHY_AFTER } from "../model/container";
import { listenerConditions } from "../model/conditions";
import { COMPONENT, logicalName } from "../model/names";
import { PROTOCOL_VERSION, healthMatcher } from "../model/protocol";
import type { HealthSettings, RouteSettings } from "../settings";

export interface TargetArgs {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Input<string>;
    /** The load balancer that forwards to the targets. */
    readonly loadBalancer: {
        /** ARN of the listener that gets the rule. */
        readonly listenerArn: pulumi.Input<string>;
        /** As CloudWatch names the load balancer: `app/<name>/<id>`. */
        readonly arnSuffix: pulumi.Input<string>;
        /**
         * The load balancer itself, with which the target group is replaced: it serves one alone.
         *
         * @default it is never replaced
         */
        readonly resource?: pulumi.Resource;
    };
    /** Name of the service: the target group's. */
    readonly serviceName: string;
    /** Conditions of the listener rule, and how the load balancer speaks with tasks. */
    readonly route: RouteSettings;
    /**
     * Whether the target group was sticky before. The provider leaves what nobody says as it is, so that it has to be told.
     *
     * @default false
     */
    readonly wasSticky?: boolean;
    /** Priority of the listener rule, 1 to 50000: no other rule of the listener has it. */
    readonly rulePriority: number;
    /** Port that the container listens on. */
    readonly port: number;
    /** Health check of the targets: path, interval and timeout in seconds. */
    readonly health: HealthSettings;
    /** Deregistration delay: seconds that a leaving task may finish requests. */
    readonly drainSeconds: number;
    /** Tags of the target group and the rule. */
    readonly tags: Readonly<Record<string, string>>;
}

/** ECS registers each task with its own port; another one here would replace the group, and leave it empty until the rollout ends. */
const UNUSED_PORT = 80;

/** Checks in a row that make an unhealthy target healthy; a new one needs a single one. */
const HEALTHY_AFTER = 2;

/**
 * Where the load balancer sends a route's requests: a target group, and the listener rule in front of it.
 *
 * Cost: nothing; requests count as the load balancer's capacity units.
 *
 * @example
 * ```ts
 * import { Target } from "./components/target";
 *
 * const target = new Target("web-target", {
 *     vpcId: "vpc-0123456789abcdef0",
 *     loadBalancer: {
 *         listenerArn: "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:listener/app/shop/0123456789abcdef/0123456789abcdef",
 *         arnSuffix: "app/shop/0123456789abcdef",
 *     },
 *     serviceName: "web",
 *     route: { hosts: ["shop.example.com"], paths: [] },
 *     rulePriority: 10,
 *     port: 8080,
 *     health: { path: "/healthz", intervalSeconds: 10, timeoutSeconds: 5, gracePeriodSeconds: 30 },
 *     drainSeconds: 15,
 *     tags: { service: "web" },
 * });
 *
 * export const targetGroupArn = target.targetGroupArn;
 * ```
 */
export class Target extends pulumi.ComponentResource {
    /** ARN of the target group. */
    readonly targetGroupArn: pulumi.Output<string>;
    /** Port that the container listens on. */
    readonly port: number;
    /** As CloudWatch names the load balancer and the target group. */
    readonly front: Front<pulumi.Input<string>>;
    /** ECS accepts a target group when a listener uses it. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: TargetArgs, opts?: pulumi.ComponentResourceOptions) {
        const { route, port, health, drainSeconds } = args;
        super(COMPONENT.target, name, { route, port, health, drainSeconds }, opts);

        const protocol = route.protocol ?? "http1";
        const group = new aws.lb.TargetGroup(
            logicalName.targetGroup(args.serviceName, protocol),
            {
                vpcId: args.vpcId,
                targetType: "ip",
                protocol: "HTTP",
                // Computed where it is absent, as stickiness below: the provider would keep whatever was there.
                ...(protocol !== "http1" && { protocolVersion: PROTOCOL_VERSION[protocol] }),
                port: UNUSED_PORT,
                deregistrationDelay: drainSeconds,
                ...(route.slowStartSeconds !== undefined && { slowStart: route.slowStartSeconds }),
                ...stickiness(route.sticky, args.wasSticky),
                healthCheck: {
                    path: health.path,
                    protocol: "HTTP",
                    port: "traffic-port",
                    matcher: healthMatcher(protocol, health.path),
                    interval: health.intervalSeconds,
                    timeout: health.timeoutSeconds,
                    healthyThreshold: HEALTHY_AFTER,
                    unhealthyThreshold: UNHEALTHY_AFTER,
                },
                tags: args.tags,
            },
            { parent: this, replaceWith: args.loadBalancer.resource && [args.loadBalancer.resource] },
        );
        const rule = new aws.lb.ListenerRule(
            logicalName.listenerRule(name, protocol),
            {
                listenerArn: args.loadBalancer.listenerArn,
                priority: args.rulePriority,
                conditions: listenerConditions(route),
                actions: [{ type: "forward", targetGroupArn: group.arn }],
                tags: args.tags,
            },
            { parent: this },
        );

        this.targetGroupArn = group.arn;
        this.port = port;
        this.front = { loadBalancer: args.loadBalancer.arnSuffix, targetGroup: group.arnSuffix };
        this.ready = [rule];
        this.registerOutputs({ targetGroupArn: this.targetGroupArn });
    }
}

function stickiness(sticky: RouteSettings["sticky"], wasSticky = false) {
    if (sticky !== undefined) return { stickiness: { type: "lb_cookie", cookieDuration: sticky.seconds, enabled: true } };
    return wasSticky ? { stickiness: { type: "lb_cookie", enabled: false } } : {};
}

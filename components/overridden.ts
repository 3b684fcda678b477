import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Types that components of this program declare themselves; what awsx makes of a VPC is not among them. */
export const DECLARED_TYPES = [
    "aws:acm/certificate:Certificate",
    "aws:acm/certificateValidation:CertificateValidation",
    "aws:appautoscaling/policy:Policy",
    "aws:appautoscaling/scheduledAction:ScheduledAction",
    "aws:appautoscaling/target:Target",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    "aws:ecr/repository:Repository",
    "aws:ecs/cluster:Cluster",
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    "aws:ecs/service:Service",
    "aws:ecs/taskDefinition:TaskDefinition",
    "aws:iam/policy:Policy",
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:lb/listener:Listener",
    "aws:lb/listenerRule:ListenerRule",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroup:TargetGroup",
    "aws:route53/record:Record",
    "aws:scheduler/schedule:Schedule",
    "aws:sfn/stateMachine:StateMachine",
    "aws:sns/topic:Topic",
    "aws:sns/topicSubscription:TopicSubscription",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
] as const;

type DeclaredType = (typeof DECLARED_TYPES)[number];

/** The arguments of the provider's class that a type's token names. */
type ArgsOf<Type> = Type extends `aws:${infer Module extends keyof typeof aws}/${string}:${infer Class}`
    ? Class extends keyof (typeof aws)[Module]
        ? (typeof aws)[Module][Class] extends new (name: string, args: infer Args, ...rest: never[]) => unknown
            ? NonNullable<Args>
            : never
        : never
    : never;

/** Changes of resources' arguments, by type and logical name: one that a stack does not have is a mistake in that stack. */
export type Overrides = {
    readonly [Type in DeclaredType]?: Readonly<Record<string, (args: ArgsOf<Type>) => ArgsOf<Type>>>;
};

/** Names of the changed arguments, by type and logical name with a space between them. */
export type Overridden = Readonly<Record<string, readonly string[]>>;

type Change = (args: pulumi.Inputs) => pulumi.Inputs;

/**
 * Changes the arguments of everything that is declared from now on, in the constructor, so that the engine, a plan and the policy see no others.
 *
 * @returns what was changed, to be called when all is declared.
 * @throws pulumi.RunError then, for a resource that nothing declared.
 */
export function override(overrides: Overrides): () => Overridden {
    const changes = new Map<string, Change>(
        Object.entries(overrides).flatMap(([type, byName]) =>
            Object.entries(byName as Readonly<Record<string, Change>>).map(
                ([name, change]) => [`${type} ${name}`, change] as const,
            ),
        ),
    );
    const declared = new Map<string, string[]>();
    const overridden = new Map<string, readonly string[]>();
    // Registered for nothing, it would still be asked about every resource.
    if (changes.size > 0)
        pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
            declared.set(type, [...(declared.get(type) ?? []), name]);
            const resource = `${type} ${name}`;
            const change = changes.get(resource);
            if (change === undefined) return undefined;
            const before: pulumi.Inputs = props;
            const after = change(before);
            const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
            overridden.set(resource, keys.filter(key => before[key] !== after[key]).sort());
            return { props: after, opts };
        });
    return () => {
        const unmet = [...changes.keys()].filter(resource => !overridden.has(resource));
        if (unmet.length > 0) throw new pulumi.RunError(unmet.map(resource => refusal(resource, declared)).join("\n"));
        return Object.fromEntries(overridden);
    };
}

function refusal(resource: string, declared: ReadonlyMap<string, readonly string[]>): string {
    const [type = "", name = ""] = resource.split(" ");
    const isKnown = DECLARED_TYPES.some(known => known === type);
    const names = declared.get(type) ?? [];
    const allowed = !isKnown
        ? `a type that components declare: ${DECLARED_TYPES.join(", ")}`
        : names.length === 0
          ? "a resource that this stack has; it has none of this type"
          : `a resource that this stack has: ${names.join(", ")}`;
    return `overrides.ts: found ${name} of type ${type}, which nothing declares. Allowed: ${allowed}.`;
}

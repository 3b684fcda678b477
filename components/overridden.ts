import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { closest } from "fastest-levenshtein";

/** Types that components of this program declare themselves; what awsx makes of a VPC is not among them. */
export const DECLARED_TYPES = [
    "aws:acm/certificate:Certificate",
    "aws:acm/certificateValidation:CertificateValidation",
    "aws:appautoscaling/policy:Policy",
    "aws:appautoscaling/scheduledAction:ScheduledAction",
    "aws:appautoscaling/target:Target",
    "aws:budgets/budget:Budget",
    "aws:cloudwatch/dashboard:Dashboard",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:cloudwatch/queryDefinition:QueryDefinition",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/flowLog:FlowLog",
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
    "aws:kms/key:Key",
    "aws:lb/listener:Listener",
    "aws:lb/listenerCertificate:ListenerCertificate",
    "aws:lb/listenerRule:ListenerRule",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroup:TargetGroup",
    "aws:route53/record:Record",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:scheduler/schedule:Schedule",
    "aws:sfn/stateMachine:StateMachine",
    "aws:sns/topic:Topic",
    "aws:sns/topicSubscription:TopicSubscription",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:wafv2/ipSet:IpSet",
    "aws:wafv2/webAcl:WebAcl",
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
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

type Change = (args: pulumi.Inputs) => unknown;

/** One override, as the refusal of it names it. */
interface Named {
    readonly type: string;
    readonly name: string;
}

/**
 * Changes the arguments of everything that is declared from now on, in the constructor, so that the engine, a plan and the policy see no others.
 *
 * @returns what was changed, to be called when all is declared.
 * @throws pulumi.RunError then, for a resource that nothing declared; in the constructor, for arguments that it has not, or that updates ignore.
 */
export function override(overrides: Overrides): () => Overridden {
    const changes = new Map<string, Change>(
        Object.entries(overrides).flatMap(([type, byName = {}]) =>
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
            // A copy: what a change writes into would be in other resources' arguments too, and in what it is compared with.
            const after = change(copyOf(before) as pulumi.Inputs);
            if (!isPlain(after)) throw refused({ type, name }, "no arguments", "what it returns: args => ({ ...args, … })");
            const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
            const changed = keys.filter(key => !isSame(before[key], after[key])).sort();
            refuse({ type, name }, changed, Object.keys(before), opts.ignoreChanges ?? []);
            overridden.set(resource, changed);
            return { props: after, opts };
        });
    return () => {
        const unmet = [...changes.keys()].filter(resource => !overridden.has(resource));
        if (unmet.length > 0) throw new pulumi.RunError(unmet.map(resource => unmetText(resource, declared)).join("\n"));
        return Object.fromEntries(overridden);
    };
}

/** @param known a class names all of its arguments, those without a value too */
function refuse(named: Named, changed: readonly string[], known: readonly string[], ignored: readonly string[]): void {
    for (const key of changed) {
        if (!known.includes(key))
            throw refused(named, key, `an argument that it has, of which ${closest(key, known)} is the nearest`);
        if (ignored.includes(key))
            throw refused(
                named,
                key,
                "another argument: something else sets this one while the stack runs, and updates leave it",
            );
    }
}

function refused({ type, name }: Named, found: string, allowed: string): Error {
    return new pulumi.RunError(`overrides.ts: found ${found} for ${name} of type ${type}. Allowed: ${allowed}.`);
}

function isPlain(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Resources, and values that come later, stay what they are. */
function copyOf(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(copyOf);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}

function isSame(a: unknown, b: unknown): boolean {
    if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, index) => isSame(one, b[index]));
    if (!isPlain(a) || !isPlain(b)) return a === b;
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(key => isSame(a[key], b[key]));
}

function unmetText(resource: string, declared: ReadonlyMap<string, readonly string[]>): string {
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

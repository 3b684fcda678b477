import { Fields, Step, changedKeys, textOf } from "../deployed/preview";

/** Something that a change replaces or deletes. */
export interface Loss {
    readonly op: "replace" | "delete";
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** What goes with it. */
    readonly lost: string;
    /** Properties that a new one is needed for; none where it is only deleted. */
    readonly reasons: readonly string[];
    /** Taking the change back does not bring it back. */
    readonly isForGood: boolean;
}

type Told = (state: { readonly inputs: Fields; readonly outputs: Fields }) => string;

const named =
    (what: string, key = "name"): Told =>
    ({ inputs, outputs }) => {
        const name = textOf(outputs[key]) || textOf(inputs[key]);
        return name === "" ? what : `${what} ${name}`;
    };

const says =
    (text: string): Told =>
    () =>
        text;

/** Data, and names or addresses that AWS gives out once. Taking the change back makes a new and empty one. */
const FOR_GOOD: Readonly<Record<string, Told>> = {
    "aws:cloudwatch/logGroup:LogGroup": named("all log lines in"),
    "aws:dynamodb/table:Table": named("all items in"),
    "aws:ec2/eip:Eip": named("the public address that others may let in:", "publicIp"),
    "aws:ec2/vpc:Vpc": says("the network with everything in it"),
    "aws:ecr/repository:Repository": named("all images in"),
    "aws:efs/fileSystem:FileSystem": says("all files in it"),
    "aws:kms/key:Key": says("the key, and with it everything encrypted under it"),
    "aws:lb/loadBalancer:LoadBalancer": named("the load balancer's address:", "dnsName"),
    "aws:rds/cluster:Cluster": says("the database"),
    "aws:rds/instance:Instance": says("the database"),
    "aws:route53/zone:Zone": named("all records in, and the name servers of,"),
    "aws:s3/bucket:Bucket": named("all objects in", "bucket"),
    "aws:s3/bucketV2:BucketV2": named("all objects in", "bucket"),
    "aws:secretsmanager/secret:Secret": named("all versions of the secret"),
    "aws:sns/topic:Topic": named("all subscriptions of, which people confirmed by hand,"),
    "aws:sqs/queue:Queue": named("all messages in"),
};

const RULE = says("traffic that it let through, unless another rule does");
const NOTHING = says("nothing that a new one would not have");

/** Everything else that the program declares. A type in neither table counts as lost for good. */
const FOR_NOW: Readonly<Record<string, Told>> = {
    "aws:acm/certificate:Certificate": named("the certificate for", "domainName"),
    "aws:acm/certificateValidation:CertificateValidation": NOTHING,
    "aws:appautoscaling/policy:Policy": says("a reason to add or remove tasks"),
    "aws:appautoscaling/target:Target": says("scaling: the number of tasks stays where it is"),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": NOTHING,
    "aws:cloudwatch/dashboard:Dashboard": NOTHING,
    "aws:cloudwatch/metricAlarm:MetricAlarm": NOTHING,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": NOTHING,
    "aws:ec2/internetGateway:InternetGateway": says("the network's way to the internet"),
    "aws:ec2/natGateway:NatGateway": says("open connections to the internet"),
    "aws:ec2/route:Route": named("the route to", "destinationCidrBlock"),
    "aws:ec2/routeTable:RouteTable": NOTHING,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": NOTHING,
    "aws:ec2/securityGroup:SecurityGroup": NOTHING,
    "aws:ec2/subnet:Subnet": named("the addresses of", "cidrBlock"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": named("the private way to", "serviceName"),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": NOTHING,
    "aws:ecs/cluster:Cluster": says("the cluster's metrics under this name"),
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": NOTHING,
    "aws:ecs/service:Service": says("its tasks"),
    "aws:ecs/taskDefinition:TaskDefinition": says("nothing: old revisions stay readable"),
    "aws:iam/role:Role": named("the role"),
    "aws:iam/rolePolicy:RolePolicy": says("what it allowed"),
    "aws:lb/listener:Listener": named("what it answered on port", "port"),
    "aws:lb/listenerRule:ListenerRule": says("requests that it sent on"),
    "aws:lb/targetGroup:TargetGroup": says("its registered tasks"),
    "aws:route53/record:Record": named("the record"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": RULE,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": RULE,
    "docker-build:index:Image": says("nothing: the image stays in its repository"),
};

/** Types that somebody has said something about. */
export const KNOWN_TYPES: ReadonlySet<string> = new Set([...Object.keys(FOR_GOOD), ...Object.keys(FOR_NOW)]);

/** What the engine's configuration of a provider is: no resource. */
const PROVIDER = /^pulumi:/;

/** What a step takes away; undefined where it takes nothing. */
export function lossOf(step: Step): Loss | undefined {
    const { op, urn, type, name, isComponent, before } = step;
    if (isComponent || before === undefined || PROVIDER.test(type)) return undefined;
    if (op !== "replace" && op !== "delete") return undefined;
    const [forGood, forNow] = [FOR_GOOD[type], FOR_NOW[type]];
    const own = { op, urn, type, name, reasons: op === "replace" ? changedKeys(step) : [] } as const;
    if (before.isRetained) return { ...own, lost: "nothing: it is only forgotten, and stays in the cloud", isForGood: false };
    if (forGood !== undefined) return { ...own, lost: forGood(before), isForGood: true };
    if (forNow === undefined) return { ...own, lost: "nobody has said what goes with it", isForGood: true };
    return { ...own, lost: op === "replace" ? "nothing that the new one does not have" : forNow(before), isForGood: false };
}

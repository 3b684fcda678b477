import type { Recorded } from "../inventory/recorder";

type Inputs = Recorded["inputs"];
type Fact = string | number | undefined | false;

/** The two or three properties of a resource that matter to a reader. */
export function factsOf({ type, inputs }: Recorded): string {
    const facts = FACTS[type]?.(inputs) ?? [];
    return facts.filter(fact => fact !== undefined && fact !== false && fact !== "").join(" · ");
}

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const list = (value: unknown): string => (Array.isArray(value) ? value.map(text).join(", ") : "");
const first = (value: unknown): Inputs => (Array.isArray(value) ? (value[0] as Inputs) : {});
const record = (value: unknown): Inputs => (typeof value === "object" && value !== null ? (value as Inputs) : {});
const ports = (inputs: Inputs): string => `${text(inputs["ipProtocol"])} ${text(inputs["fromPort"])}`;

const EGRESS: Readonly<Record<string, string>> = {
    endpoints: "no internet for tasks",
    nat: "one NAT gateway",
    "nat-per-zone": "a NAT gateway in each zone",
    existing: "the VPC's own way out",
};

const FACTS: Readonly<Record<string, (inputs: Inputs) => Fact[]>> = {
    "fargate:index:Network": inputs => [
        text(inputs["cidr"]) || text(inputs["vpcId"]),
        list(inputs["zones"]),
        EGRESS[text(inputs["egress"])],
    ],
    "fargate:index:Endpoints": inputs => [list([...(inputs["gateways"] as string[]), ...(inputs["interfaces"] as string[])])],
    "fargate:index:LoadBalancer": inputs => [
        inputs["https"] === true ? "HTTPS, HTTP redirects" : "HTTP",
        text(inputs["domainName"]),
    ],
    "fargate:index:Cluster": inputs => [text(inputs["clusterName"]), `Container Insights ${text(inputs["containerInsights"])}`],
    "fargate:index:Image": inputs => [
        inputs["kind"] === "build" && `built from ${text(record(inputs["build"])["context"])} for ${text(inputs["platform"])}`,
        inputs["kind"] === "reference" && text(inputs["reference"]).replace(/(@sha256:.{12}).*/, "$1…"),
    ],
    "fargate:index:Service": inputs => [tasks(inputs["tasks"]), spot(inputs["spotPercent"]), route(inputs["route"])],
    "fargate:index:Task": inputs => [
        `${text(inputs["cpu"])} CPU units, ${text(inputs["memoryMiB"])} MiB`,
        text(inputs["architecture"]),
        `user ${text(inputs["user"])}`,
    ],
    "aws:ec2/vpc:Vpc": inputs => [text(inputs["cidrBlock"])],
    "aws:ec2/subnet:Subnet": inputs => [text(inputs["cidrBlock"]), text(inputs["availabilityZone"])],
    "aws:ec2/route:Route": inputs => [`${text(inputs["destinationCidrBlock"])} → ${text(inputs["target"])}`],
    "aws:ec2/natGateway:NatGateway": inputs => [text(inputs["availabilityZone"])],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": () => ["no rules"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": inputs => [text(inputs["vpcEndpointType"]).toLowerCase(), text(inputs["serviceName"])],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": inputs => [
        `${ports(inputs)} in`,
        text(inputs["cidrIpv4"]) || text(inputs["description"]),
    ],
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": inputs => [
        `${ports(inputs)} out`,
        text(inputs["cidrIpv4"]) || text(inputs["description"]),
    ],
    "aws:lb/loadBalancer:LoadBalancer": inputs => [
        inputs["internal"] === true ? "internal" : "internet-facing",
        inputs["enableDeletionProtection"] === true ? "deletion protection" : "no deletion protection",
    ],
    "aws:lb/listener:Listener": inputs => [
        `${text(inputs["protocol"])} ${text(inputs["port"])}`,
        text(first(inputs["defaultActions"])["type"]),
        text(inputs["sslPolicy"]),
    ],
    "aws:lb/targetGroup:TargetGroup": inputs => {
        const check = record(inputs["healthCheck"]);
        return [
            `port ${text(inputs["port"])}`,
            `${text(check["path"])} every ${text(check["interval"])} s`,
            `drains ${text(inputs["deregistrationDelay"])} s`,
        ];
    },
    "aws:lb/listenerRule:ListenerRule": inputs => [`priority ${text(inputs["priority"])}`],
    "aws:acm/certificate:Certificate": inputs => [text(inputs["domainName"]), list(inputs["subjectAlternativeNames"])],
    "aws:route53/record:Record": inputs => [text(inputs["name"]), text(inputs["type"])],
    "aws:ecr/repository:Repository": inputs => [
        text(inputs["name"]),
        "immutable tags",
        record(inputs["imageScanningConfiguration"])["scanOnPush"] === true && "scanned on push",
    ],
    "docker-build:index:Image": inputs => [list(inputs["platforms"]), text(first(inputs["tags"])).split(":").pop()],
    "aws:ecs/cluster:Cluster": inputs => [text(inputs["name"])],
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": inputs => [list(inputs["capacityProviders"])],
    "aws:ecs/taskDefinition:TaskDefinition": inputs => [
        text(inputs["family"]),
        `${text(inputs["cpu"])} CPU units, ${text(inputs["memory"])} MiB`,
    ],
    "aws:ecs/service:Service": inputs => [
        `${text(inputs["desiredCount"])} task${inputs["desiredCount"] === 1 ? "" : "s"} at first`,
        (inputs["capacityProviderStrategies"] as Inputs[])
            .map(({ capacityProvider, weight }) => `${text(capacityProvider)} ${text(weight)}`)
            .join(" : "),
        record(inputs["deploymentCircuitBreaker"])["rollback"] === true && "rolls back",
    ],
    "aws:appautoscaling/target:Target": inputs => [`${text(inputs["minCapacity"])} to ${text(inputs["maxCapacity"])} tasks`],
    "aws:appautoscaling/policy:Policy": inputs => {
        const target = record(inputs["targetTrackingScalingPolicyConfiguration"]);
        return [
            `${text(record(target["predefinedMetricSpecification"])["predefinedMetricType"])} at ${text(target["targetValue"])}`,
        ];
    },
    "aws:cloudwatch/logGroup:LogGroup": inputs => [text(inputs["name"]), `kept ${text(inputs["retentionInDays"])} days`],
    "aws:iam/role:Role": inputs => [text(inputs["name"])],
    "aws:iam/rolePolicy:RolePolicy": inputs => [statements(inputs["policy"])],
};

function tasks(value: unknown): string {
    if (typeof value === "number") return `${value} task${value === 1 ? "" : "s"}`;
    return `${text(record(value)["min"])} to ${text(record(value)["max"])} tasks`;
}

function spot(value: unknown): string {
    if (value === 0) return "on demand";
    return value === 100 ? "Spot" : `${text(value)} % Spot`;
}

function route(value: unknown): string {
    if (value === undefined) return "worker, no route";
    const { hosts, paths } = record(value);
    return [list(hosts), list(paths)].filter(part => part !== "").join(" ");
}

function statements(policy: unknown): string {
    const { Statement } = JSON.parse(text(policy)) as { Statement: { Sid?: string; Action: string[] }[] };
    return Statement.map(({ Sid, Action }) => Sid ?? Action.join(", ")).join(", ");
}

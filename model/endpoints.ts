import { partitionOf } from "./partitions";

/**
 * Which VPC endpoints a task without internet needs. Sources: Amazon ECS developer guide, "Amazon ECS interface VPC endpoints";
 * Amazon ECR user guide, "Amazon ECR interface VPC endpoints"; AWS PrivateLink guide, "AWS services that integrate".
 */

/** IAM prefixes of the services that an application may call, with the endpoint each of them answers on. */
const BY_PREFIX: ReadonlyMap<string, string> = new Map(
    Object.entries({
        bedrock: "bedrock-runtime",
        cloudwatch: "monitoring",
        ecr: "ecr.api",
        elasticfilesystem: "elasticfilesystem",
        events: "events",
        "execute-api": "execute-api",
        firehose: "kinesis-firehose",
        kinesis: "kinesis-streams",
        kms: "kms",
        lambda: "lambda",
        logs: "logs",
        "rds-data": "rds-data",
        rekognition: "rekognition",
        scheduler: "scheduler",
        secretsmanager: "secretsmanager",
        ses: "email",
        sns: "sns",
        sqs: "sqs",
        ssm: "ssm",
        ssmmessages: "ssmmessages",
        states: "states",
        sts: "sts",
        textract: "textract",
        xray: "xray",
    }),
);

/** IAM prefixes whose services are reached through a gateway on the route tables, free of charge. */
const GATEWAYS: ReadonlySet<string> = new Set(["s3", "dynamodb"]);

/** Actions that are answered elsewhere than the rest of their prefix. What a pattern such as `bedrock:*` stands for beyond its prefix is not guessed. */
const BY_ACTION: readonly (readonly [RegExp, string])[] = [
    [
        /^bedrock:(InvokeAgent|InvokeInlineAgent|InvokeFlow|Retrieve|RetrieveAndGenerate|Rerank|OptimizePrompt)$/i,
        "bedrock-agent-runtime",
    ],
    [
        /^bedrock:(GetFoundationModel|ListFoundationModels|GetInferenceProfile|ListInferenceProfiles|\w+ModelInvocationJobs?)$/i,
        "bedrock",
    ],
    // Gateways do not carry streams (DynamoDB developer guide, "AWS PrivateLink for DynamoDB Streams").
    [/^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$/i, "dynamodb-streams"],
];

/**
 * Actions that no API of AWS answers, but something in the VPC: a database, a broker, a mount target. They need no endpoint, and no NAT gateway would help.
 */
const IN_VPC =
    /^((rds-db|neptune-db|kafka-cluster):|elasticache:Connect$|memorydb:Connect$|elasticfilesystem:Client|es:ESHttp|dax:(\w*Item|Query|Scan)$)/i;

/** Every task pulls an image (`ecr.api`, `ecr.dkr`, layers from S3) and writes logs. */
const ALWAYS = ["ecr.api", "ecr.dkr", "logs"];

/** How tasks reach AWS: see the network's `egress`. */
export type Egress = "endpoints" | "nat" | "nat-per-zone" | "existing";

export interface EndpointNeeds {
    /** ARNs of the secrets and parameters that tasks read when they start, by variable. */
    readonly secrets: Readonly<Record<string, string>>;
    /** What the application may do, in IAM's `service:Action`. */
    readonly permissions: readonly { readonly actions: readonly string[] }[];
    /**
     * Further containers by name, which read secrets too.
     *
     * @default none
     */
    readonly sidecars?: Readonly<Record<string, Pick<EndpointNeeds, "secrets">>>;
    /**
     * Whether ECS Exec reaches its tasks, by way of Session Manager.
     *
     * @default it does not
     */
    readonly exec?: true;
}

export interface EndpointServices {
    /** Short names of interface endpoints, such as `ecr.api`, sorted. */
    readonly interfaces: readonly string[];
    /** Short names of gateway endpoints, sorted; `s3` is always one. */
    readonly gateways: readonly string[];
}

/**
 * The endpoints that these services need, and no others; undefined where the way out is somebody else's. Beside NAT gateways the free gateways
 * alone are left: they keep image layers off the NAT bill.
 */
export function endpointServices(egress: Egress, services: readonly EndpointNeeds[]): EndpointServices | undefined {
    if (egress === "existing") return undefined;
    const interfaces = services.flatMap(doorsOf).filter(door => !GATEWAYS.has(door));
    return {
        interfaces: egress === "endpoints" ? unique([...ALWAYS, ...interfaces]) : [],
        gateways: unique(services.length === 0 ? ["s3"] : services.flatMap(gatewaysOf)),
    };
}

/** The gateways that one service uses: S3 for its image's layers, and what it calls itself. */
export function gatewaysOf(service: EndpointNeeds): string[] {
    return unique(["s3", ...doorsOf(service).filter(door => GATEWAYS.has(door))]);
}

/** The endpoints that a task goes through, by their short names. */
function doorsOf({ secrets, permissions, sidecars = {}, exec }: EndpointNeeds): string[] {
    const called = [
        ...[secrets, ...Object.values(sidecars).map(sidecar => sidecar.secrets)]
            .flatMap(read => Object.values(read))
            .map(arn => `${arnService(arn)}:*`),
        ...permissions.flatMap(({ actions }) => actions),
        ...(exec === true ? ["ssmmessages:*"] : []),
    ];
    return called.flatMap(action => doorOf(action) ?? []);
}

function doorOf(action: string): string | undefined {
    if (IN_VPC.test(action)) return undefined;
    const prefix = action.split(":", 1)[0] ?? "";
    const [, door] = BY_ACTION.find(([pattern]) => pattern.test(action)) ?? [];
    return door ?? (GATEWAYS.has(prefix) ? prefix : BY_PREFIX.get(prefix));
}

/** Whether an application that calls `action` can be served without internet. */
export function hasEndpoint(action: string): boolean {
    return IN_VPC.test(action) || doorOf(action) !== undefined;
}

/** The prefixes that an action may have in a network without internet. */
export const ACTION_PREFIXES: readonly string[] = [...GATEWAYS, ...BY_PREFIX.keys()].sort();

/** Interface endpoints whose names begin with the partition's own domain, and not with `com.amazonaws` (aws-cdk's vpc-endpoint.ts; gateways never do). */
const OWN_DOMAIN: Readonly<Record<string, { readonly domain: string; readonly services: readonly string[] }>> = {
    "aws-cn": {
        domain: "cn.com.amazonaws",
        services: [
            ...[
                "ecr.api",
                "ecr.dkr",
                "elasticfilesystem",
                "execute-api",
                "kinesis-streams",
                "lambda",
                "monitoring",
                "sqs",
                "states",
            ],
            ...["sts", "xray"],
        ],
    },
    "aws-eusc": { domain: "eu.amazonaws", services: ["ecr.api", "ecr.dkr", "execute-api"] },
};

/** What EC2 calls an endpoint's service: `com.amazonaws.<region>.<short name>` in most places. */
export function endpointServiceName(kind: "Interface" | "Gateway", service: string, region: string): string {
    const own = OWN_DOMAIN[partitionOf(region)];
    const domain = kind === "Interface" && own?.services.includes(service) === true ? own.domain : "com.amazonaws";
    return `${domain}.${region}.${service}`;
}

/** The short name in what EC2 calls an endpoint's service, `ecr.api` of `com.amazonaws.<region>.ecr.api`. */
export function endpointShortName(name: string): string {
    return /^(?:cn\.)?(?:com|eu)\.amazonaws\.[^.]+\.(.+)$/.exec(name)?.[1] ?? name;
}

function arnService(arn: string): string {
    return arn.split(":")[2] ?? "";
}

function unique(values: readonly string[]): string[] {
    return [...new Set(values)].sort();
}

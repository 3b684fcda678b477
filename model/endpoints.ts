/**
 * Which VPC endpoints a task without internet needs. Sources: Amazon ECS developer guide, "Amazon ECS interface VPC endpoints";
 * Amazon ECR user guide, "Amazon ECR interface VPC endpoints"; AWS PrivateLink guide, "AWS services that integrate".
 */

/** IAM prefixes of the services that an application may call, with the endpoint each of them answers on. */
const BY_ACTION_PREFIX: ReadonlyMap<string, string> = new Map(
    Object.entries({
        bedrock: "bedrock-runtime",
        cloudwatch: "monitoring",
        ecr: "ecr.api",
        events: "events",
        firehose: "kinesis-firehose",
        kinesis: "kinesis-streams",
        kms: "kms",
        lambda: "lambda",
        logs: "logs",
        rekognition: "rekognition",
        scheduler: "scheduler",
        secretsmanager: "secretsmanager",
        ses: "email",
        sns: "sns",
        sqs: "sqs",
        ssm: "ssm",
        states: "states",
        sts: "sts",
        textract: "textract",
        xray: "xray",
    }),
);

/** IAM prefixes whose services are reached through a gateway on the route tables, free of charge. */
const GATEWAYS: ReadonlySet<string> = new Set(["s3", "dynamodb"]);

/** Every task pulls an image (`ecr.api`, `ecr.dkr`, layers from S3) and writes logs. */
const ALWAYS = ["ecr.api", "ecr.dkr", "logs"];

/** How tasks reach AWS: see the network's `egress`. */
export type Egress = "endpoints" | "nat" | "nat-per-zone" | "existing";

export interface EndpointNeeds {
    /** ARNs of the secrets and parameters that tasks read when they start, by variable. */
    readonly secrets: Readonly<Record<string, string>>;
    /** What the application may do, in IAM's `service:Action`. */
    readonly permissions: readonly { readonly actions: readonly string[] }[];
}

export interface EndpointServices {
    /** Short names of interface endpoints, behind `com.amazonaws.<region>.`, sorted. */
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
    const interfaces = services.flatMap(calledBy).flatMap(prefix => BY_ACTION_PREFIX.get(prefix) ?? []);
    return {
        interfaces: egress === "endpoints" ? unique([...ALWAYS, ...interfaces]) : [],
        gateways: unique(services.length === 0 ? ["s3"] : services.flatMap(gatewaysOf)),
    };
}

/** The gateways that one service uses: S3 for its image's layers, and what it calls itself. */
export function gatewaysOf(service: EndpointNeeds): string[] {
    return unique(["s3", ...calledBy(service).filter(prefix => GATEWAYS.has(prefix))]);
}

/** IAM prefixes of the services that a task speaks to. */
function calledBy({ secrets, permissions }: EndpointNeeds): string[] {
    return [...Object.values(secrets).map(arnService), ...permissions.flatMap(({ actions }) => actions.map(actionPrefix))];
}

/** Whether an application that calls `action` can be served without internet. */
export function hasEndpoint(action: string): boolean {
    const prefix = actionPrefix(action);
    return GATEWAYS.has(prefix) || BY_ACTION_PREFIX.has(prefix);
}

/** The prefixes that an action may have in a network without internet. */
export const ACTION_PREFIXES: readonly string[] = [...GATEWAYS, ...BY_ACTION_PREFIX.keys()].sort();

function actionPrefix(action: string): string {
    return action.split(":", 1)[0] ?? "";
}

function arnService(arn: string): string {
    return arn.split(":")[2] ?? "";
}

function unique(values: readonly string[]): string[] {
    return [...new Set(values)].sort();
}

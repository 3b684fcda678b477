import { Connection, connectionFor } from "../../lookups/aws-connection";

/** AWS, each service by a client that is made when a check first asks for it. */
export type Clients = ReturnType<typeof clientsOf>;

/** AWS did not let these credentials ask. */
export class Denied extends Error {
    /** @param action such as `ecr:BatchGetImage` */
    constructor(readonly action: string) {
        super(`${action} is denied`);
    }
}

/** How services call a denial. */
const DENIALS = ["AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation"];

/** What clients of all services have in common. */
interface Client {
    send(command: object, options?: object): unknown;
}

type Make<T> = (at: Connection["at"]) => Promise<T>;

/** Enough for an answer that was lost: who waits longer is out of time. */
const maxAttempts = 2;

/** @param signal ends what has no answer yet */
export function clientsOf(aws: Readonly<Record<string, unknown>>, signal: AbortSignal) {
    const connecting = once(() => connectionFor(aws));
    const client = <T extends Client>(prefix: string, make: Make<T>) =>
        once(async () => watched(await make((await connecting()).at), prefix, signal));
    /** In a region that need not be the stack's. */
    const inRegions = <T extends Client>(prefix: string, make: (at: Connection["at"], region: string) => Promise<T>) => {
        const made = new Map<string, () => Promise<T>>();
        return (region: string) => {
            const there = made.get(region) ?? client(prefix, at => make(at, region));
            made.set(region, there);
            return there();
        };
    };
    return {
        /** Why requests may get no answer, and what to do. */
        obstacle: async () => (await connecting()).obstacle,
        cloudwatch: client("cloudwatch", async at => {
            const { CloudWatchClient } = await import("@aws-sdk/client-cloudwatch");
            return new CloudWatchClient({ ...at("cloudwatch"), maxAttempts });
        }),
        ec2: client("ec2", async at => {
            const { EC2Client } = await import("@aws-sdk/client-ec2");
            return new EC2Client({ ...at("ec2"), maxAttempts });
        }),
        ecr: inRegions("ecr", async (at, region) => {
            const { ECRClient } = await import("@aws-sdk/client-ecr");
            return new ECRClient({ ...at("ecr"), region, maxAttempts });
        }),
        ecs: client("ecs", async at => {
            const { ECSClient } = await import("@aws-sdk/client-ecs");
            return new ECSClient({ ...at("ecs"), maxAttempts });
        }),
        elb: client("elasticloadbalancing", async at => {
            const { ElasticLoadBalancingV2Client } = await import("@aws-sdk/client-elastic-load-balancing-v2");
            return new ElasticLoadBalancingV2Client({ ...at("elb"), maxAttempts });
        }),
        iam: client("iam", async at => {
            const { IAMClient } = await import("@aws-sdk/client-iam");
            return new IAMClient({ ...at("iam"), maxAttempts });
        }),
        logs: client("logs", async at => {
            const { CloudWatchLogsClient } = await import("@aws-sdk/client-cloudwatch-logs");
            return new CloudWatchLogsClient({ ...at("logs"), maxAttempts });
        }),
        parameters: inRegions("ssm", async (at, region) => {
            const { SSMClient } = await import("@aws-sdk/client-ssm");
            return new SSMClient({ ...at("ssm"), region, maxAttempts });
        }),
        quotas: client("servicequotas", async at => {
            const { ServiceQuotasClient } = await import("@aws-sdk/client-service-quotas");
            return new ServiceQuotasClient({ ...at("quotas"), maxAttempts });
        }),
        route53: client("route53", async at => {
            const { Route53Client } = await import("@aws-sdk/client-route-53");
            return new Route53Client({ ...at("route53"), maxAttempts });
        }),
        secrets: inRegions("secretsmanager", async (at, region) => {
            const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
            return new SecretsManagerClient({ ...at("secrets"), region, maxAttempts });
        }),
        sts: client("sts", async at => {
            const { STSClient } = await import("@aws-sdk/client-sts");
            return new STSClient({ ...at("sts"), maxAttempts });
        }),
    };
}

/** The client itself, since the SDK's paginators take no other, whose requests end with the signal and whose denials name their action. */
function watched<T extends Client>(client: T, prefix: string, abortSignal: AbortSignal): T {
    const send = client.send.bind(client);
    const operation = (command: object) => `${prefix}:${command.constructor.name.replace(/Command$/, "")}`;
    client.send = async (command, options) => {
        try {
            return await send(command, { ...options, abortSignal });
        } catch (error) {
            throw DENIALS.includes((error as Error).name) ? new Denied(operation(command)) : error;
        }
    };
    return client;
}

/** Asked for many times, made once. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
    let made: Promise<T> | undefined;
    return () => (made ??= make());
}

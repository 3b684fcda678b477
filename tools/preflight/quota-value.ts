import { Clients, once } from "./clients";
import type { Quota } from "./quota";

/** What Service Quotas says of a quota. */
export interface Allowed {
    value(): Promise<number>;
    /** What the account has of it at the most just now; undefined where CloudWatch does not know, or may not be asked. */
    inUse(): Promise<number | undefined>;
}

/** Looked back, so that a rollout that ended just now is not counted for long. */
const MINUTES = 20;

export function allowedOf({ service, code }: Quota, { quotas, cloudwatch }: Pick<Clients, "quotas" | "cloudwatch">): Allowed {
    const question = { ServiceCode: service, QuotaCode: code };
    const asked = async () => {
        const { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand, NoSuchResourceException } =
            await import("@aws-sdk/client-service-quotas");
        const client = await quotas();
        try {
            return (await client.send(new GetServiceQuotaCommand(question))).Quota;
        } catch (error) {
            // An account that never used the service has no quota of its own yet.
            if (!(error instanceof NoSuchResourceException)) throw error;
            return (await client.send(new GetAWSDefaultServiceQuotaCommand(question))).Quota;
        }
    };
    const found = once(asked);
    return {
        value: async () => {
            const value = (await found())?.Value;
            if (value === undefined) throw new Error("Service Quotas names no value");
            return value;
        },
        inUse: async () => {
            const { MetricNamespace, MetricName, MetricDimensions = {} } = (await found())?.UsageMetric ?? {};
            if (MetricName === undefined) return undefined;
            const { GetMetricStatisticsCommand } = await import("@aws-sdk/client-cloudwatch");
            const EndTime = new Date();
            const command = new GetMetricStatisticsCommand({
                Namespace: MetricNamespace,
                MetricName,
                Dimensions: Object.entries(MetricDimensions).map(([Name, Value]) => ({ Name, Value })),
                StartTime: new Date(EndTime.getTime() - MINUTES * 60_000),
                EndTime,
                Period: 300,
                Statistics: ["Maximum"],
            });
            const answer = await cloudwatch()
                .then(client => client.send(command))
                .catch(() => undefined);
            const values = (answer?.Datapoints ?? []).flatMap(({ Maximum }) => Maximum ?? []);
            return values.length === 0 ? undefined : Math.max(...values);
        },
    };
}

import { partition } from "../../../model/partitions";
import TABLE from "./price-table.json";

/** AWS's own month for estimates, in hours. */
export const HOURS_PER_MONTH = 730;

/** Every price that this program knows of, with what it is for. All in USD. */
export const PRICE_LABELS = {
    fargateVcpuHour: "Fargate x86_64, vCPU-hour",
    fargateGbHour: "Fargate x86_64, GB-hour",
    fargateArmVcpuHour: "Fargate ARM64, vCPU-hour",
    fargateArmGbHour: "Fargate ARM64, GB-hour",
    fargateSpotVcpuHour: "Fargate Spot x86_64, vCPU-hour",
    fargateSpotGbHour: "Fargate Spot x86_64, GB-hour",
    fargateSpotArmVcpuHour: "Fargate Spot ARM64, vCPU-hour",
    fargateSpotArmGbHour: "Fargate Spot ARM64, GB-hour",
    fargateEphemeralGbHour: "Fargate ephemeral storage over 20 GB, GB-hour",
    albHour: "Application Load Balancer, hour",
    albLcuHour: "Application Load Balancer, LCU-hour",
    natHour: "NAT gateway, hour",
    natGb: "NAT gateway, GB",
    endpointZoneHour: "interface endpoint, zone-hour",
    endpointGb: "interface endpoint, GB",
    publicIpv4Hour: "public IPv4 address, hour",
    internetOutGb: "data out to the internet, GB",
    logsIngestGb: "CloudWatch Logs ingested, GB",
    logsStoreGbMonth: "CloudWatch Logs stored, GB-month",
    vendedLogsS3Gb: "logs that AWS delivers to S3, GB",
    s3GbMonth: "S3 Standard, GB-month",
    s3Put1k: "S3 Standard, 1,000 PUT requests",
    ecrGbMonth: "ECR, GB-month",
    kmsKeyMonth: "KMS key, month",
    kmsPer10kRequests: "KMS, 10,000 requests",
    wafAclMonth: "WAF web ACL, month",
    wafRuleMonth: "WAF rule, month",
    wafPerMillionRequests: "WAF, million requests",
    secretMonth: "Secrets Manager secret, month",
    secretPer10kCalls: "Secrets Manager, 10,000 calls",
    alarmMonth: "CloudWatch alarm, month",
    alarmHighResolutionMonth: "CloudWatch high-resolution alarm, month",
    compositeAlarmMonth: "CloudWatch composite alarm, month",
    dashboardMonth: "CloudWatch dashboard, month",
    customMetricMonth: "CloudWatch custom metric, month",
    enhancedMetricMonth: "Container Insights enhanced metric, month",
    stateTransition1k: "Step Functions, 1,000 state transitions",
    schedulerPerMillionCalls: "EventBridge Scheduler, million calls",
    m5LargeHour: "EC2 m5.large, hour",
    m6gLargeHour: "EC2 m6g.large, hour",
    m7gLargeHour: "EC2 m7g.large, hour",
    ebsGp3GbMonth: "EBS gp3, GB-month",
    eksClusterHour: "EKS control plane, hour",
    eksExtendedSupportHour: "EKS extended support, extra hour",
} as const;

export type PriceKey = keyof typeof PRICE_LABELS;

/** Prices that another one is never below: Fargate Spot is a discount off the on-demand price (AWS Fargate pricing). */
export const AT_MOST: Readonly<Partial<Record<PriceKey, PriceKey>>> = {
    fargateSpotVcpuHour: "fargateVcpuHour",
    fargateSpotGbHour: "fargateGbHour",
    fargateSpotArmVcpuHour: "fargateArmVcpuHour",
    fargateSpotArmGbHour: "fargateArmGbHour",
};

/** H: AWS Price List, as two independent public sources or AWS itself give it. M: secondary sources. L: derived. */
export type Confidence = "H" | "M" | "L";

/** Prices in USD that share one source and date. */
export interface PriceBatch {
    readonly source: string;
    /** Day they were true, `YYYY-MM-DD`. */
    readonly asOf: string;
    readonly confidence: Confidence;
    readonly usd: Readonly<Partial<Record<PriceKey, number>>>;
}

export interface PriceTable {
    readonly regions: Readonly<Record<string, readonly PriceBatch[]>>;
    /** Prices that are the same in every region of the table; a region's own go first. */
    readonly everywhere: readonly PriceBatch[];
}

export interface Price extends Omit<PriceBatch, "usd"> {
    readonly key: PriceKey;
    readonly usd: number;
}

/** The prices of one region; undefined where none is known, which is never the same as nothing to pay. */
export interface Prices {
    readonly region: string;
    readonly of: (key: PriceKey) => Price | undefined;
}

export const PRICE_TABLE = TABLE as PriceTable;

/** The prices of a region; undefined where the table does not have it. */
export function pricesIn(region: string, { regions, everywhere }: PriceTable = PRICE_TABLE): Prices | undefined {
    const own = regions[region];
    if (own === undefined) return undefined;
    const batches = [...own, ...everywhere];
    return {
        region,
        of: key => {
            const batch = batches.find(({ usd }) => usd[key] !== undefined);
            const usd = batch?.usd[key];
            // What is written there and is no price is unknown, and stands for none of everywhere.
            if (batch === undefined || !isPrice(usd)) return undefined;
            return { key, usd, source: batch.source, asOf: batch.asOf, confidence: batch.confidence };
        },
    };
}

/** What to say and do about a region without prices. */
export function noPrices(region: string, { regions }: PriceTable = PRICE_TABLE): string {
    const known = Object.keys(regions).sort().join(", ");
    return `There are no prices for ${region}. Known: ${known}. ${howToGetPrices(region)}`;
}

/** China's and the European Sovereign Cloud's prices are in lists and currencies of their own. */
export function howToGetPrices(region: string): string {
    const { id, dnsSuffix } = partition(region);
    return dnsSuffix === "amazonaws.com"
        ? `Fetch AWS's public price list (no credentials): npm run prices:refresh -- ${region}`
        : `AWS's public price list has none of ${id}, whose costs stay unknown here`;
}

/** Whether a number is a price: finite, and more than nothing. JSON has `1e309`, which is infinite here, and `null`, which counts like 0. */
export function isPrice(usd: unknown): usd is number {
    return typeof usd === "number" && Number.isFinite(usd) && usd > 0;
}

/** Rounds half a cent up, unharmed by binary fractions: 16.425 is 16.43. */
export function toCents(usd: number): number {
    return Math.round(usd * 100 + 1e-6) / 100;
}

import { JSONParser } from "@streamparser/json";
import { PriceKey, isPrice } from "./prices";

/** A product of AWS's price list (AWS Billing user guide, "Reading the service price list file"). */
interface Product {
    readonly sku: string;
    readonly productFamily?: string;
    readonly attributes: Readonly<Record<string, string | undefined>>;
}

interface Term {
    readonly priceDimensions: Readonly<Record<string, Dimension>>;
}

interface Dimension {
    readonly beginRange?: string;
    readonly pricePerUnit: { readonly USD?: string };
}

/** How to find a price among the products of an offer. */
export interface Wanted {
    readonly key: PriceKey;
    /** `usagetype` behind the region's prefix. */
    readonly usage: string;
    readonly family?: string;
    readonly attributes?: Readonly<Record<string, string>>;
    /** Units of the offer in one of the table's. @default 1 */
    readonly units?: number;
}

/**
 * Every price of the table that is in the price lists of regions, by offer. Not in them: Fargate Spot, which AWS publishes elsewhere, and
 * CloudWatch dashboards, which are global. Not looked for: Step Functions and EventBridge Scheduler, whose names there nobody here has seen.
 */
export const OFFERS: Readonly<Record<string, readonly Wanted[]>> = {
    AmazonECS: [
        { key: "fargateVcpuHour", usage: "Fargate-vCPU-Hours:perCPU" },
        { key: "fargateGbHour", usage: "Fargate-GB-Hours" },
        { key: "fargateArmVcpuHour", usage: "Fargate-ARM-vCPU-Hours:perCPU" },
        { key: "fargateArmGbHour", usage: "Fargate-ARM-GB-Hours" },
        { key: "fargateEphemeralGbHour", usage: "Fargate-EphemeralStorage-GB-Hours" },
    ],
    AWSELB: [
        { key: "albHour", usage: "LoadBalancerUsage", family: "Load Balancer-Application" },
        { key: "albLcuHour", usage: "LCUUsage", family: "Load Balancer-Application" },
    ],
    AmazonVPC: [
        { key: "endpointZoneHour", usage: "VpcEndpoint-Hours" },
        { key: "endpointGb", usage: "VpcEndpoint-Bytes" },
        { key: "publicIpv4Hour", usage: "PublicIPv4:InUseAddress" },
    ],
    AmazonCloudWatch: [
        { key: "logsIngestGb", usage: "DataProcessing-Bytes" },
        { key: "logsStoreGbMonth", usage: "TimedStorage-ByteHrs" },
        { key: "vendedLogsS3Gb", usage: "S3-Egress-Bytes" },
        { key: "alarmMonth", usage: "CW:AlarmMonitorUsage" },
        { key: "alarmHighResolutionMonth", usage: "CW:HighResAlarmMonitorUsage" },
        { key: "compositeAlarmMonth", usage: "CW:CompositeAlarmMonitorUsage" },
        { key: "customMetricMonth", usage: "CW:MetricMonitorUsage" },
        { key: "enhancedMetricMonth", usage: "CW:MetricsUsage" },
    ],
    AmazonS3: [
        { key: "s3GbMonth", usage: "TimedStorage-ByteHrs", attributes: { volumeType: "Standard" } },
        { key: "s3Put1k", usage: "Requests-Tier1", units: 1000 },
    ],
    AWSDataTransfer: [{ key: "internetOutGb", usage: "DataTransfer-Out-Bytes", attributes: { transferType: "AWS Outbound" } }],
    AmazonECR: [{ key: "ecrGbMonth", usage: "TimedStorage-ByteHrs" }],
    awskms: [
        { key: "kmsKeyMonth", usage: "KMS-Keys" },
        { key: "kmsPer10kRequests", usage: "KMS-Requests", units: 10_000 },
    ],
    awswaf: [
        { key: "wafAclMonth", usage: "WebACLV2" },
        { key: "wafRuleMonth", usage: "RuleV2" },
        { key: "wafPerMillionRequests", usage: "RequestV2-Tier1", units: 1_000_000 },
    ],
    AWSSecretsManager: [
        { key: "secretMonth", usage: "AWSSecretsManager-Secrets" },
        { key: "secretPer10kCalls", usage: "AWSSecretsManagerAPIRequest", units: 10_000 },
    ],
    AmazonEKS: [
        { key: "eksClusterHour", usage: "AmazonEKS-Hours:perCluster" },
        { key: "eksExtendedSupportHour", usage: "AmazonEKS-Hours:extendedSupport" },
    ],
    AmazonEC2: [
        { key: "natHour", usage: "NatGateway-Hours", family: "NAT Gateway" },
        { key: "natGb", usage: "NatGateway-Bytes", family: "NAT Gateway" },
        ...(["m5Large", "m6gLarge", "m7gLarge"] as const).map(name => instance(name)),
        { key: "ebsGp3GbMonth", usage: "EBS:VolumeUsage.gp3" },
    ],
};

function instance(name: "m5Large" | "m6gLarge" | "m7gLarge"): Wanted {
    const attributes = { operatingSystem: "Linux", tenancy: "Shared", preInstalledSw: "NA", capacitystatus: "Used" };
    return { key: `${name}Hour`, usage: `BoxUsage:${name.replace("Large", ".large")}`, attributes };
}

/** What an offer file says. */
export interface Offer {
    /** Day of publication, `YYYY-MM-DD`. */
    readonly publishedOn: string;
    readonly usd: Readonly<Partial<Record<PriceKey, number>>>;
    /** Prices that were looked for and not taken, with the reason. */
    readonly missing: readonly { readonly key: PriceKey; readonly reason: string }[];
}

/**
 * Reads the prices that are wanted from an offer file of one region, as far as it is needed: that of EC2 is half a gigabyte, more than a string can
 * hold, and its on-demand prices are over before its middle.
 */
export async function readOffer(chunks: AsyncIterable<string>, wanted: readonly Wanted[]): Promise<Offer> {
    const products: Product[] = [];
    const terms = new Map<string, Readonly<Record<string, Term>>>();
    let publication = "";
    const parser = new JSONParser({ paths: ["$.publicationDate", "$.products.*", "$.terms.OnDemand.*"], keepStack: false });
    parser.onError = ({ message }) => {
        throw new SyntaxError(message);
    };
    parser.onValue = ({ value, key, stack }) => {
        const found: unknown = value;
        const sku = String(key);
        if (stack.length === 1) publication = typeof value === "string" ? value : "";
        else if (stack[1]?.key === "products") {
            if (wanted.some(want => isProduct(found as Product, want))) products.push(found as Product);
        } else if (products.some(product => product.sku === sku)) terms.set(sku, found as Record<string, Term>);
    };
    // Products stand before all prices.
    const isComplete = () => terms.size > 0 && products.every(({ sku }) => terms.has(sku));
    for await (const chunk of chunks) {
        if (isComplete()) break;
        parser.write(chunk);
    }
    if (!isComplete() && !parser.isEnded) throw new SyntaxError("the JSON document ends in the middle");
    if (!/^\d{4}-\d{2}-\d{2}T/.test(publication)) throw new SyntaxError("it has no publicationDate, so it is no offer file");
    const usd: Partial<Record<PriceKey, number>> = {};
    const missing: { key: PriceKey; reason: string }[] = [];
    for (const want of wanted) {
        const found = priceOf(
            products.filter(product => isProduct(product, want)),
            terms,
        );
        const { key, units = 1 } = want;
        const inUnits = typeof found === "number" ? Number((found * units).toPrecision(10)) : undefined;
        if (isPrice(inUnits)) usd[key] = inUnits;
        else missing.push({ key, reason: typeof found === "string" ? found : `${units} of ${found} USD is no price` });
    }
    return { publishedOn: publication.slice(0, 10), usd, missing };
}

/** Prefixes are like APN2, EU or none; KMS writes the region's code. Anything else before the usage makes it another one. */
const PREFIX = String.raw`(?:[A-Z]{2,4}\d?-|[a-z]{2}(?:-[a-z]+)+-\d-)?`;

function isProduct({ productFamily, attributes }: Product, want: Wanted): boolean {
    const usage = new RegExp(`^${PREFIX}${want.usage.replace(/[.]/g, "\\.")}$`);
    return (
        usage.test(attributes["usagetype"] ?? "") &&
        (want.family === undefined || want.family === productFamily) &&
        Object.entries(want.attributes ?? {}).every(([name, value]) => attributes[name] === value)
    );
}

/** The on-demand price of the first tier that is not free, or why there is none. A tier that nobody can read might be the first one. */
function priceOf(products: readonly Product[], terms: ReadonlyMap<string, Readonly<Record<string, Term>>>): number | string {
    const tiersOf = ({ sku }: Product) =>
        Object.values(terms.get(sku) ?? {})
            .flatMap(term => Object.values(term.priceDimensions))
            .map(({ beginRange = "0", pricePerUnit: { USD = "" } }) => ({ beginRange, USD }));
    const unreadable = products.flatMap(tiersOf).find(({ beginRange, USD }) => ![beginRange, USD].every(isAmount));
    if (unreadable !== undefined) return `unreadable: ${unreadable.USD} USD from ${unreadable.beginRange} on`;
    const prices = products.flatMap(product => {
        const tiers = tiersOf(product).map(({ beginRange, USD }) => ({ from: Number(beginRange), usd: Number(USD) }));
        tiers.sort((a, b) => a.from - b.from);
        return tiers.find(({ usd }) => usd > 0)?.usd ?? [];
    });
    const distinct = [...new Set(prices)];
    if (distinct.length > 1) return `several prices: ${distinct.join(", ")}`;
    return distinct[0] ?? (products.length === 0 ? "no such product" : "no on-demand price");
}

/** Nothing, or a number above it, as the list writes it. */
function isAmount(text: string): boolean {
    return text.trim() !== "" && Number.isFinite(Number(text)) && Number(text) >= 0;
}

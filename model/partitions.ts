/** What differs between AWS's partitions (the SDKs' partitions.json, in botocore 1.44.8). */
export interface Partition {
    readonly id: string;
    /** What the names of its regions begin with, and no other's. */
    readonly regions: string;
    readonly dnsSuffix: string;
    /** Of names that have IPv6 addresses too; absent where nobody has said. */
    readonly dualStackSuffix?: string;
}

const AWS: Partition = { id: "aws", regions: "", dnsSuffix: "amazonaws.com", dualStackSuffix: "on.aws" };

const OTHERS: readonly Partition[] = [
    { id: "aws-cn", regions: "cn-", dnsSuffix: "amazonaws.com.cn", dualStackSuffix: "on.amazonwebservices.com.cn" },
    { id: "aws-us-gov", regions: "us-gov-", dnsSuffix: "amazonaws.com", dualStackSuffix: "on.aws" },
    { id: "aws-eusc", regions: "eusc-", dnsSuffix: "amazonaws.eu" },
];

/** Nothing public says which buckets hold the layers of their images and which endpoints they have. */
const ISOLATED: readonly Partition[] = [
    { id: "aws-iso", regions: "us-iso-", dnsSuffix: "c2s.ic.gov" },
    { id: "aws-iso-b", regions: "us-isob-", dnsSuffix: "sc2s.sgov.gov" },
    { id: "aws-iso-e", regions: "eu-isoe-", dnsSuffix: "cloud.adc-e.uk" },
    { id: "aws-iso-f", regions: "us-isof-", dnsSuffix: "csp.hci.ic.gov" },
];

/** Partitions that a stack can be in, by id. */
export const PARTITIONS: readonly string[] = [AWS, ...OTHERS].map(({ id }) => id);

/** Ends of the names that AWS's services have, in whatever partition. */
export const DNS_SUFFIXES: readonly string[] = [AWS, ...OTHERS, ...ISOLATED].flatMap(({ dnsSuffix, dualStackSuffix }) =>
    dualStackSuffix === undefined ? [dnsSuffix] : [dnsSuffix, dualStackSuffix],
);

/** The partition that a region belongs to. */
export function partition(region: string): Partition {
    return [...OTHERS, ...ISOLATED].find(({ regions }) => region.startsWith(regions)) ?? AWS;
}

/** The id of the partition that a region belongs to, as ARNs have it. */
export function partitionOf(region: string): string {
    return partition(region).id;
}

/** Whether an ARN, or a pattern of ARNs, may name something in a region's partition. */
export function isOfPartition(arn: string, region: string): boolean {
    return ["*", partitionOf(region)].includes(arn.split(":")[1] ?? "*");
}

/** What KMS calls a service that asks in somebody's name: AWS's guides write `amazonaws.com` for every partition, and China's own suffix too. */
export function viaService(service: string, region: string): string[] {
    return [...new Set([AWS.dnsSuffix, partition(region).dnsSuffix])].map(suffix => `${service}.${region}.${suffix}`);
}

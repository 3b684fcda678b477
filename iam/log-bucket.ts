import { partitionOf } from "../model/partitions";
import { Place, PolicyDocument, Statement, onlyTls, policy } from "./documents";

/** Who writes what into a log bucket, for one account and region. */
export interface LogWriters extends Place {
    readonly bucketName: string;
    /** Whether the load balancer writes. */
    readonly accessLogs: boolean;
    /** Whether the VPC's flow logs are written. */
    readonly flowLogs: boolean;
    readonly folders: Readonly<Record<"access" | "connections" | "flows", string>>;
}

/**
 * Accounts that Elastic Load Balancing writes from where its guide names no service principal (Terraform's AWS provider, `aws_elb_service_account`).
 * Everywhere else the service principal is what AWS recommends, also in regions that had an account before it.
 */
const ELB_ACCOUNTS: Readonly<Record<string, string>> = { "cn-north-1": "638102146993", "cn-northwest-1": "037604701340" };

/** AWS's services write what this account's sources tell them to; nobody reads or writes on an unencrypted line. */
export function logBucketPolicy(writers: LogWriters): PolicyDocument {
    const { bucketName, region, accessLogs, flowLogs } = writers;
    const bucketArn = `arn:${partitionOf(region)}:s3:::${bucketName}`;
    return policy(
        onlyTls(bucketArn),
        ...(accessLogs ? [loadBalancerWrites(writers, bucketArn)] : []),
        ...(flowLogs ? flowsAreDelivered(writers, bucketArn) : []),
    );
}

/** The account in the path is what keeps others' load balancers out: the guide knows no condition ("Enable access logs for your Application Load Balancer"). */
function loadBalancerWrites({ region, account, folders }: LogWriters, bucketArn: string): Statement {
    const elbAccount = ELB_ACCOUNTS[region];
    const Principal: Statement["Principal"] =
        elbAccount === undefined
            ? { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }
            : { AWS: `arn:${partitionOf(region)}:iam::${elbAccount}:root` };
    const Resource = [folders.access, folders.connections].map(folder => `${bucketArn}/${folder}/AWSLogs/${account}/*`);
    return { Sid: "LoadBalancerWrites", Effect: "Allow", Principal, Action: ["s3:PutObject"], Resource };
}

/**
 * In the words of the guide, names of statements included: what AWS misses of them when a flow log is made, it would add to the policy, or put in its
 * place ("Amazon S3 bucket permissions for flow logs").
 */
function flowsAreDelivered({ region, account, folders }: LogWriters, bucketArn: string): Statement[] {
    const Principal = { Service: "delivery.logs.amazonaws.com" };
    const ArnLike = { "aws:SourceArn": `arn:${partitionOf(region)}:logs:${region}:${account}:*` };
    const mine = { "aws:SourceAccount": account };
    return [
        {
            Sid: "AWSLogDeliveryWrite",
            Effect: "Allow",
            Principal,
            Action: ["s3:PutObject"],
            Resource: [`${bucketArn}/${folders.flows}/AWSLogs/${account}/*`],
            Condition: { StringEquals: { ...mine, "s3:x-amz-acl": "bucket-owner-full-control" }, ArnLike },
        },
        {
            Sid: "AWSLogDeliveryAclCheck",
            Effect: "Allow",
            Principal,
            Action: ["s3:GetBucketAcl", "s3:ListBucket"],
            Resource: [bucketArn],
            Condition: { StringEquals: mine, ArnLike },
        },
    ];
}

import { FlowLogs } from "../components/flow-logs";
import { Key } from "../components/key";
import { LogBucket } from "../components/log-bucket";
import type { Network } from "../components/network";
import { Topic } from "../components/topic";
import { OWN_NAME, logBucketPrefix, logFolders } from "../model/names";
import { keepsKey } from "../settings/encryption";
import type { Given, Kept } from "./given";

/** Under which key the stack keeps what it writes, and who is told what goes on. */
export function keeping({ settings, found, onAws }: Given): Kept {
    const { encryption, alarms, budget, region } = settings;
    const common = { deployment: settings, place: { region, account: found.account } };
    const kmsKeyArn =
        encryption?.customerKey === true
            ? new Key(OWN_NAME.key, { ...common, kept: keepsKey(settings) }, onAws).arn
            : encryption?.customerKey;
    const hasBudget = budget?.alerts === true;
    const topicArn =
        alarms &&
        (alarms.topicArn ?? new Topic(OWN_NAME.topic, { ...common, email: alarms.email, hasBudget, kmsKeyArn }, onAws).arn);
    return { kmsKeyArn, topicArn };
}

/** Where AWS's services write their logs, and the VPC's, where any are kept. */
export function logs({ settings, found, onAws }: Given, { vpcId }: Network) {
    const { logs: wanted, region, logRetentionDays, deletionProtection } = settings;
    if (wanted === undefined) return undefined;
    const folders = logFolders(settings);
    const place = { region, account: found.account };
    const own = { ...place, ...wanted, namePrefix: logBucketPrefix(settings), folders, logRetentionDays, deletionProtection };
    const bucketName = wanted.bucket ?? new LogBucket(OWN_NAME.logBucket, own, onAws).bucketName;
    if (wanted.flowLogs) new FlowLogs(OWN_NAME.flowLogs, { vpcId, region, bucketName, folder: folders.flows }, onAws);
    return { bucketName, ...(wanted.accessLogs && { ofLoadBalancer: { bucketName, ...folders } }) };
}

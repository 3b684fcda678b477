import type { Limit } from "../scope";
import { ACM } from "./acm";
import type { AwsService } from "./actions";
import { AUTOSCALING } from "./autoscaling";
import { BUDGETS } from "./budgets";
import { CLOUDFORMATION } from "./cloudformation";
import { CLOUDWATCH } from "./cloudwatch";
import { EC2 } from "./ec2";
import { ECR } from "./ecr";
import { ECS } from "./ecs";
import { ELB } from "./elb";
import { EVENTS } from "./events";
import { IAM } from "./iam";
import { KMS } from "./kms";
import { LOGS } from "./logs";
import { ROUTE53 } from "./route53";
import { S3 } from "./s3";
import { SCHEDULER } from "./scheduler";
import { SECRETS_MANAGER } from "./secretsmanager";
import { SERVICE_QUOTAS } from "./servicequotas";
import { SNS } from "./sns";
import { SSM } from "./ssm";
import { STATES } from "./states";
import { WAFV2 } from "./wafv2";

/** Every service that the stacks use. Their order is that of the statements in deployed policies: a new one comes last. */
export const SERVICES: readonly AwsService[] = [
    EC2,
    ELB,
    ECS,
    IAM,
    LOGS,
    ECR,
    AUTOSCALING,
    ACM,
    ROUTE53,
    SERVICE_QUOTAS,
    CLOUDWATCH,
    STATES,
    SCHEDULER,
    CLOUDFORMATION,
    KMS,
    WAFV2,
    S3,
    SNS,
    EVENTS,
    BUDGETS,
    SECRETS_MANAGER,
    SSM,
];

/** Every limit, one a statement. */
export const LIMITS: readonly Limit[] = SERVICES.flatMap(({ limits }) => limits).reduce(joined, []);

/** What people are limited to who look at a stack that runs, and who operate it, beside what previews read. */
export const LOOKS: readonly Limit[] = SERVICES.flatMap(({ looks = [] }) => looks);
export const OPERATIONS: readonly Limit[] = SERVICES.flatMap(({ operates = [] }) => operates);

/**
 * Several services may add actions to one limit, since every statement costs characters and policies have room for few. The actions are sorted, so
 * that the text of a policy does not tell in which file they stand.
 */
function joined(limits: readonly Limit[], { sid, actions, on, when }: Limit): readonly Limit[] {
    const isSame = (other: Limit) => other.sid === sid && other.on === on && other.when === when;
    if (!limits.some(isSame)) return [...limits, { sid, actions, on, when }];
    return limits.map(limit => (isSame(limit) ? { ...limit, actions: [...limit.actions, ...actions].sort() } : limit));
}

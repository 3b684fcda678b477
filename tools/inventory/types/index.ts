import * as acm from "./acm";
import * as autoscaling from "./autoscaling";
import * as cloudwatch from "./cloudwatch";
import * as dynamodb from "./dynamodb";
import * as ec2 from "./ec2";
import * as ecr from "./ecr";
import * as ecs from "./ecs";
import * as efs from "./efs";
import * as elb from "./elb";
import { FACTS } from "./fargate";
import * as iam from "./iam";
import * as kms from "./kms";
import * as rds from "./rds";
import * as route53 from "./route53";
import type { Row } from "./row";
import * as s3 from "./s3";
import * as secretsmanager from "./secretsmanager";
import * as sns from "./sns";
import * as sqs from "./sqs";
import * as wafv2 from "./wafv2";

export {
    acm,
    autoscaling,
    cloudwatch,
    dynamodb,
    ec2,
    ecr,
    ecs,
    efs,
    elb,
    iam,
    kms,
    rds,
    route53,
    s3,
    secretsmanager,
    sns,
    sqs,
    wafv2,
};

/** What is known of each AWS type, by its token. */
const SERVICES = [
    acm,
    autoscaling,
    cloudwatch,
    dynamodb,
    ec2,
    ecr,
    ecs,
    efs,
    elb,
    iam,
    kms,
    rds,
    route53,
    s3,
    secretsmanager,
    sns,
    sqs,
    wafv2,
];

export const TYPES: ReadonlyMap<string, Row> = new Map(SERVICES.flatMap(({ ROWS }) => Object.entries(ROWS)));

/** The two or three properties of a resource or component that matter to a reader. */
export function factsOf({ type, inputs }: { readonly type: string; readonly inputs: Readonly<Record<string, unknown>> }): string {
    const facts = TYPES.get(type)?.facts ?? FACTS[type];
    return (facts?.(inputs) ?? []).filter(fact => fact !== undefined && fact !== false && fact !== "").join(" · ");
}

/** Whether a type costs nothing; a provider is no resource of AWS. */
export function isFree(type: string): boolean {
    return typeof TYPES.get(type)?.cost === "object" || type.startsWith("pulumi:providers:");
}

import type { Graph } from "../../inventory/graph";
import type { Resource } from "../../inventory/resource";
import { Priced, flat } from "../quantities";
import { priceScalingPolicy } from "./autoscaling";
import { priceAlarm, priceCompositeAlarm, priceDashboard, priceLogGroup } from "./cloudwatch";
import { priceCluster } from "./container-insights";
import { priceAddress, priceEndpoint, priceFlowLog, priceNatGateway } from "./ec2";
import { priceRepository } from "./ecr";
import { priceService } from "./ecs";
import { priceLoadBalancer } from "./elb";
import { priceBucket } from "./s3";
import { priceSchedule } from "./scheduler";
import { priceStateMachine } from "./sfn";
import { priceWebAcl } from "./wafv2";
import type { Usage } from "../../../settings/usage";
import { SCALING_POLICY } from "../../inventory/types/autoscaling";
import { CLUSTER, SERVICE } from "../../inventory/types/ecs";
import { REPOSITORY } from "../../inventory/types/ecr";
import { COMPOSITE_ALARM, DASHBOARD, LOG_GROUP, METRIC_ALARM } from "../../inventory/types/cloudwatch";
import { LOAD_BALANCER } from "../../inventory/types/elb";
import { KMS_KEY } from "../../inventory/types/kms";
import { BUCKET } from "../../inventory/types/s3";
import { SCHEDULE } from "../../inventory/types/scheduler";
import { SECRET } from "../../inventory/types/secretsmanager";
import { STATE_MACHINE } from "../../inventory/types/sfn";
import { EIP, FLOW_LOG, NAT_GATEWAY, VPC_ENDPOINT } from "../../inventory/types/ec2";
import { WEB_ACL } from "../../inventory/types/wafv2";

/** What a resource costs; nothing in the list where this one is free, undefined where nobody knows. */
export type Pricer = (resource: Resource, graph: Graph, usage: Usage) => readonly Priced[] | undefined;

/** Every type that costs something. */
export const PRICED_TYPES: Readonly<Record<string, Pricer>> = {
    [SERVICE]: priceService,
    [SCALING_POLICY]: priceScalingPolicy,
    [VPC_ENDPOINT]: priceEndpoint,
    [NAT_GATEWAY]: priceNatGateway,
    [EIP]: priceAddress,
    [FLOW_LOG]: priceFlowLog,
    [BUCKET]: priceBucket,
    [LOAD_BALANCER]: priceLoadBalancer,
    [CLUSTER]: priceCluster,
    [LOG_GROUP]: priceLogGroup,
    [METRIC_ALARM]: priceAlarm,
    [COMPOSITE_ALARM]: priceCompositeAlarm,
    [DASHBOARD]: priceDashboard,
    [REPOSITORY]: priceRepository,
    [KMS_KEY]: () => [flat("AWS KMS", "key", "kmsKeyMonth")],
    [SECRET]: () => [flat("AWS Secrets Manager", "secret", "secretMonth")],
    [WEB_ACL]: priceWebAcl,
    [STATE_MACHINE]: priceStateMachine,
    [SCHEDULE]: priceSchedule,
};

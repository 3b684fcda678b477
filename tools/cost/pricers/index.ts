import type { Graph } from "../../inventory/graph";
import type { Resource } from "../../inventory/resource";
import { listOf } from "../../inventory/inputs";
import { Priced, always } from "../quantities";
import { NAT_GATEWAY, VPC_ENDPOINT, priceAddress, priceEndpoint, priceLoadBalancer, priceNatGateway } from "./network";
import {
    flat,
    priceAlarm,
    priceCluster,
    priceCompositeAlarm,
    priceDashboard,
    priceLogGroup,
    priceScalingPolicy,
} from "./observability";
import { SCALING_POLICY, SERVICE, priceService } from "./tasks";
import type { Usage } from "../../../settings/usage";

/** What a resource costs; nothing in the list where this one is free, undefined where nobody knows. */
export type Pricer = (resource: Resource, graph: Graph, usage: Usage) => readonly Priced[] | undefined;

/** Every type that costs something. */
export const PRICED_TYPES: Readonly<Record<string, Pricer>> = {
    [SERVICE]: priceService,
    [SCALING_POLICY]: priceScalingPolicy,
    [VPC_ENDPOINT]: priceEndpoint,
    [NAT_GATEWAY]: priceNatGateway,
    "aws:ec2/eip:Eip": priceAddress,
    "aws:lb/loadBalancer:LoadBalancer": priceLoadBalancer,
    "aws:ecs/cluster:Cluster": priceCluster,
    "aws:cloudwatch/logGroup:LogGroup": priceLogGroup,
    "aws:cloudwatch/metricAlarm:MetricAlarm": priceAlarm,
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": priceCompositeAlarm,
    "aws:cloudwatch/dashboard:Dashboard": priceDashboard,
    "aws:ecr/repository:Repository": priceRepository,
    "aws:kms/key:Key": () => [flat("AWS KMS", "key", "kmsKeyMonth")],
    "aws:secretsmanager/secret:Secret": () => [flat("AWS Secrets Manager", "secret", "secretMonth")],
    "aws:wafv2/webAcl:WebAcl": priceWebAcl,
};

function priceRepository(_: Resource, __: Graph, { imageGb }: Usage): Priced[] {
    const quantity = always(imageGb);
    return [
        {
            service: "Amazon ECR",
            what: `${imageGb} GB of images`,
            quantities: [{ key: "ecrGbMonth", part: "usage", quantity, assumes: ["imageGb"] }],
        },
    ];
}

/** A web ACL by itself, its rules and its requests. Rules in groups of one's own and paid managed groups are not looked into. */
function priceWebAcl({ inputs }: Resource, _: Graph, { requestsPerMonth }: Usage): Priced[] {
    const rules = listOf(inputs["rules"]).length;
    return [
        {
            service: "AWS WAF",
            what: `web ACL with ${rules} rules`,
            quantities: [
                { key: "wafAclMonth", part: "fixed", quantity: always(1), assumes: [] },
                { key: "wafRuleMonth", part: "fixed", quantity: always(rules), assumes: [] },
                {
                    key: "wafPerMillionRequests",
                    part: "usage",
                    quantity: always(requestsPerMonth / 1_000_000),
                    assumes: ["requestsPerMonth"],
                },
            ],
        },
    ];
}

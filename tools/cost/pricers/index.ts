import type { CostGraph, CostResource } from "../../inventory/cost-graph";
import { listOf } from "../../inventory/cost-graph";
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
import { SCALING_POLICY, SERVICE, priceSchedule, priceService } from "./tasks";
import type { Usage } from "../../../model/cost-usage";

/** What a resource costs; nothing in the list where this one is free, undefined where nobody knows. */
export type Pricer = (resource: CostResource, graph: CostGraph, usage: Usage) => readonly Priced[] | undefined;

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
    "aws:scheduler/schedule:Schedule": priceSchedule,
};

/** Every type that costs nothing, with the reason where it is not plain. */
export const FREE_TYPES: Readonly<Record<string, string>> = {
    "docker-build:index:Image": "built on the machine that deploys; its storage is the repository's",
    "aws:acm/certificate:Certificate": "public certificates are free",
    "aws:acm/certificateValidation:CertificateValidation": "a wait, no resource",
    "aws:appautoscaling/target:Target": "its alarms are the policies'",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "free",
    "aws:ec2/internetGateway:InternetGateway": "free; data out is the load balancer's",
    "aws:ec2/route:Route": "free",
    "aws:ec2/routeTable:RouteTable": "free",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "free",
    "aws:ec2/securityGroup:SecurityGroup": "free",
    "aws:ec2/subnet:Subnet": "free",
    "aws:ec2/vpc:Vpc": "free",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": "free",
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "free",
    "aws:ecs/taskDefinition:TaskDefinition": "tasks are the service's",
    "aws:iam/role:Role": "free",
    "aws:iam/rolePolicy:RolePolicy": "free",
    "aws:lb/listener:Listener": "its load is the load balancer's LCUs",
    "aws:lb/listenerRule:ListenerRule": "its load is the load balancer's LCUs",
    "aws:lb/targetGroup:TargetGroup": "free",
    "aws:route53/record:Record": "records are free, and so are queries for aliases of load balancers",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "free",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "free",
};

/** Whether a type costs nothing; a provider is no resource of AWS. */
export function isFree(type: string): boolean {
    return type in FREE_TYPES || type.startsWith("pulumi:providers:");
}

function priceRepository(_: CostResource, __: CostGraph, { imageGb }: Usage): Priced[] {
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
function priceWebAcl({ inputs }: CostResource, _: CostGraph, { requestsPerMonth }: Usage): Priced[] {
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

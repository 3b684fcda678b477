import assert from "node:assert/strict";
import { stack } from "../support/stacks";
import { label } from "../support/declared";

const REPOSITORY = "ecr.region.amazonaws.com/fargate-prod-web";

describe("every component", () => {
    it("registers what others and operators ask it for, and those whom nobody asks nothing", async () => {
        const { resources } = await stack("prod");
        const components = resources.filter(({ type }) => type.startsWith("fargate:"));
        assert.deepEqual(Object.fromEntries(components.map(component => [label(component), component.outputs])), {
            "Network network": {
                vpcId: "Vpc:network",
                publicSubnetIds: ["Vpc:network-public-1", "Vpc:network-public-2", "Vpc:network-public-3"],
                privateSubnetIds: ["Vpc:network-private-1", "Vpc:network-private-2", "Vpc:network-private-3"],
            },
            "Endpoints endpoints": {
                securityGroupId: "SecurityGroup:endpoints-group",
                prefixListIds: { s3: "VpcEndpoint:endpoints-s3-prefixes" },
            },
            "Key stack-key": { arn: "arn:aws:Key:stack-key" },
            "LogBucket log-bucket": { bucketName: "Bucket:fargate-prod-logs" },
            "FlowLogs flow-logs": {},
            "Firewall firewall": { logGroupName: "aws-waf-logs-fargate-prod" },
            "Dashboard stack-dashboard": {},
            "Alarms stack-alarms": { names: ["fargate-prod-stack-load-balancer"] },
            "Alarms web-request-alarms": { names: ["fargate-prod-web-errors", "fargate-prod-web-latency"] },
            "Alarms web-task-alarms": {
                names: ["unhealthy", "missing", "stops", "cpu", "memory"].map(end => `fargate-prod-web-${end}`),
            },
            "Topic alarm-topic": { arn: "arn:aws:Topic:alarm-topic" },
            "Certificate certificate": { arn: "arn:aws:Certificate:certificate-certificate" },
            "LoadBalancer load-balancer": {
                dnsName: "LoadBalancer:load-balancer.elb.amazonaws.com",
                securityGroupId: "SecurityGroup:load-balancer-group",
            },
            "Registry web-registry": {
                url: `123456789012.dkr.${REPOSITORY}`,
                arn: "arn:aws:ecr:region:123456789012:repository/fargate-prod-web",
            },
            "Image web-image": { reference: `123456789012.dkr.${REPOSITORY}@sha256:Image:web-image` },
            "Cluster cluster": { arn: "arn:aws:Cluster:cluster-cluster", clusterName: "fargate-prod" },
            "Service web": { serviceName: "web", logGroupName: "fargate-prod-web" },
            "Target web-target": { targetGroupArn: "arn:aws:TargetGroup:web" },
            "Task web-task": { definitionArn: "arn:aws:TaskDefinition:web-task-definition", logGroupName: "fargate-prod-web" },
            "Scaling web-scaling": {},
        });
    });

    it("is the parent of what it makes", async () => {
        const declared = await stack("prod");
        const service = declared.one("Service web");
        assert.deepEqual(declared.resources.filter(({ parent }) => parent === service.urn).map(label), [
            "ec2.SecurityGroup web-group",
            "vpc.SecurityGroupEgressRule web-to-endpoints",
            "vpc.SecurityGroupIngressRule web-endpoints-in",
            "vpc.SecurityGroupEgressRule web-to-s3",
            "vpc.SecurityGroupIngressRule web-from-load-balancer",
            "vpc.SecurityGroupEgressRule web-load-balancer-out",
            "Target web-target",
            "Task web-task",
            "Alarms web-request-alarms",
            "ecs.Service web",
            "Scaling web-scaling",
        ]);
        const known = new Set(declared.resources.map(({ urn }) => urn));
        const atTop = declared.resources.filter(({ parent = "" }) => !known.has(parent)).map(label);
        assert.deepEqual(atTop.sort(), [...TOP, "pulumi.aws aws"].sort());
    });
});

/** The components that index.ts makes. */
const TOP = [
    "Alarms stack-alarms",
    "Alarms web-task-alarms",
    "Certificate certificate",
    "Cluster cluster",
    "Dashboard stack-dashboard",
    "Endpoints endpoints",
    "Firewall firewall",
    "FlowLogs flow-logs",
    "Image web-image",
    "Key stack-key",
    "LoadBalancer load-balancer",
    "LogBucket log-bucket",
    "Network network",
    "Registry web-registry",
    "Service web",
    "Topic alarm-topic",
];

import assert from "node:assert/strict";
import { label } from "../support/declared";
import { stack, vpcInZones } from "../support/stacks";

describe("the critical path of a first update", () => {
    /** AWS tries whether it may write logs there before it takes the name of a bucket; all of it is made beside the VPC. */
    const LOG_BUCKET = [
        "s3.Bucket fargate-prod-logs",
        "s3.BucketPolicy log-bucket-policy",
        "s3.BucketPublicAccessBlock log-bucket-privacy",
    ];

    it("is VPC, load balancer, listener, service: the load balancer waits for nothing but its network, group and log bucket", async () => {
        for (const [name, bucket] of [
            ["dev", []],
            ["prod", LOG_BUCKET],
        ] as const) {
            assert.deepEqual(
                [...(await stack(name)).before("lb.LoadBalancer load-balancer")].sort(),
                ["awsx.Vpc network", "ec2.SecurityGroup load-balancer-group", ...bucket].sort(),
            );
        }
    });

    it("has images, endpoints, roles, logs, certificate and cluster beside it", async () => {
        const declared = await stack("prod");
        const waits = (wanted: string) => [...declared.before(wanted)].sort();
        assert.deepEqual(waits("docker-build.Image web-image"), ["ecr.Repository web-registry-repository", "kms.Key stack-key"]);
        assert.deepEqual(waits("ec2.VpcEndpoint endpoints-logs"), ["awsx.Vpc network", "ec2.SecurityGroup endpoints-group"]);
        assert.deepEqual(waits("iam.Role web-task-execution"), []);
        assert.deepEqual(waits("cloudwatch.LogGroup web-task-logs"), ["kms.Key stack-key"]);
        assert.deepEqual(waits("ecs.ClusterCapacityProviders cluster-capacity"), [
            "cloudwatch.LogGroup cluster-insights",
            "ecs.Cluster cluster-cluster",
            "kms.Key stack-key",
        ]);
        assert.deepEqual(waits("acm.CertificateValidation certificate-validation"), [
            "acm.Certificate certificate-certificate",
            "route53.Record certificate-proof",
        ]);
    });

    it("has the listener wait for the issued certificate, and for nothing of a service", async () => {
        assert.deepEqual([...(await stack("prod")).before("lb.Listener load-balancer-https")].sort(), [
            "acm.Certificate certificate-certificate",
            "acm.CertificateValidation certificate-validation",
            "awsx.Vpc network",
            "ec2.SecurityGroup load-balancer-group",
            "lb.LoadBalancer load-balancer",
            "route53.Record certificate-proof",
            ...LOG_BUCKET,
        ]);
    });

    it("ends with the service, which waits for whatever a task needs: rules, policies, endpoints, capacity, routes", async () => {
        const declared = await stack("prod");
        const needless = [
            "ec2.DefaultSecurityGroup network-default-group",
            "ecr.LifecyclePolicy web-registry-lifecycle",
            "lb.Listener load-balancer-http",
            "pulumi.aws aws",
            "route53.Record load-balancer-name",
            "route53.Record load-balancer-names-below",
            "vpc.SecurityGroupIngressRule load-balancer-from-internet-443",
            "vpc.SecurityGroupIngressRule load-balancer-from-internet-80",
            "ecs.Service web",
            ...declared.list.filter(line => /^(appautoscaling|wafv2)\.| (stack|web-task)-alarms-| stack-dashboard/.test(line)),
            "cloudwatch.LogGroup firewall-logs",
            "ec2.FlowLog flow-logs-vpc",
            ...[
                "LifecycleConfiguration lifecycle",
                "OwnershipControls ownership",
                "ServerSideEncryptionConfiguration encryption",
            ].map(part => `s3.Bucket${part.replace(" ", " log-bucket-")}`),
            "sns.TopicSubscription alarm-topic-ops@example.com",
            ...vpcInZones(3),
        ];
        const { resources } = declared;
        const parts = resources.filter(({ type }) => !type.startsWith("fargate:")).map(label);
        assert.deepEqual([...declared.before("ecs.Service web")].sort(), parts.filter(part => !needless.includes(part)).sort());
    });
});

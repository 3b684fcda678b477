import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { inventory } from "../../tools/inventory/inventory";
import { sample } from "../support/sample";
import { label } from "../support/declared";
import { UNKNOWN } from "../../tools/inventory/inputs";
import { stack, vpcInZones } from "../support/stacks";

/** What both sample stacks have, but for the VPC's children. */
const COMMON = [
    "Cluster cluster",
    "Endpoints endpoints",
    "Image web-image",
    "LoadBalancer load-balancer",
    "Network network",
    "Registry web-registry",
    "Service web",
    "Target web-target",
    "Task web-task",
    "awsx.Vpc network",
    "cloudwatch.LogGroup web-task-logs",
    "docker-build.Image web-image",
    "ec2.DefaultSecurityGroup network-default-group",
    "ec2.SecurityGroup endpoints-group",
    "ec2.SecurityGroup load-balancer-group",
    "ec2.SecurityGroup web-group",
    "ec2.VpcEndpoint endpoints-ecr-api",
    "ec2.VpcEndpoint endpoints-ecr-dkr",
    "ec2.VpcEndpoint endpoints-logs",
    "ec2.VpcEndpoint endpoints-s3",
    "ecr.LifecyclePolicy web-registry-lifecycle",
    "ecr.Repository web-registry-repository",
    "ecs.Cluster cluster-cluster",
    "ecs.ClusterCapacityProviders cluster-capacity",
    "ecs.Service web",
    "ecs.TaskDefinition web-task-definition",
    "iam.Role web-task-execution",
    "iam.RolePolicy web-task-execution",
    "lb.Listener load-balancer-http",
    "lb.ListenerRule web-target-rule",
    "lb.LoadBalancer load-balancer",
    "lb.TargetGroup web",
    "pulumi.aws aws",
    "vpc.SecurityGroupEgressRule web-load-balancer-out",
    "vpc.SecurityGroupEgressRule web-to-endpoints",
    "vpc.SecurityGroupEgressRule web-to-s3",
    "vpc.SecurityGroupIngressRule load-balancer-from-internet-80",
    "vpc.SecurityGroupIngressRule web-endpoints-in",
    "vpc.SecurityGroupIngressRule web-from-load-balancer",
];

const ONLY_PROD = [
    "Dashboard stack-dashboard",
    "FlowLogs flow-logs",
    "Key stack-key",
    "LogBucket log-bucket",
    "cloudwatch.Dashboard stack-dashboard",
    ...["errors", "lines-by-log-group", "lines-over-time"].map(query => `cloudwatch.QueryDefinition stack-dashboard-${query}`),
    "ec2.FlowLog flow-logs-vpc",
    "kms.Key stack-key",
    "s3.Bucket fargate-prod-logs",
    "s3.BucketLifecycleConfiguration log-bucket-lifecycle",
    "s3.BucketOwnershipControls log-bucket-ownership",
    "s3.BucketPolicy log-bucket-policy",
    "s3.BucketPublicAccessBlock log-bucket-privacy",
    "s3.BucketServerSideEncryptionConfiguration log-bucket-encryption",
    "Alarms stack-alarms",
    "Alarms web-request-alarms",
    "Alarms web-task-alarms",
    "Certificate certificate",
    "Firewall firewall",
    "Scaling web-scaling",
    "Topic alarm-topic",
    "acm.Certificate certificate-certificate",
    "acm.CertificateValidation certificate-validation",
    "appautoscaling.Policy web-scaling-cpu",
    "appautoscaling.Policy web-scaling-requests",
    "appautoscaling.Target web-scaling-target",
    "cloudwatch.LogGroup firewall-logs",
    "cloudwatch.EventRule stack-alarms-certificate",
    "cloudwatch.EventRule stack-alarms-rollouts",
    "cloudwatch.EventRule web-task-alarms-stops",
    "cloudwatch.EventTarget stack-alarms-certificate",
    "cloudwatch.EventTarget stack-alarms-rollouts",
    "cloudwatch.LogGroup cluster-insights",
    "cloudwatch.MetricAlarm stack-alarms-load-balancer",
    "cloudwatch.MetricAlarm web-request-alarms-errors",
    "cloudwatch.MetricAlarm web-request-alarms-latency",
    "cloudwatch.MetricAlarm web-task-alarms-cpu",
    "cloudwatch.MetricAlarm web-task-alarms-memory",
    "cloudwatch.MetricAlarm web-task-alarms-missing",
    "cloudwatch.MetricAlarm web-task-alarms-stops",
    "cloudwatch.MetricAlarm web-task-alarms-unhealthy",
    "lb.Listener load-balancer-https",
    "route53.Record certificate-proof",
    "route53.Record load-balancer-name",
    "route53.Record load-balancer-names-below",
    "sns.Topic alarm-topic",
    "sns.TopicSubscription alarm-topic-ops@example.com",
    "vpc.SecurityGroupIngressRule load-balancer-from-internet-443",
    "wafv2.WebAcl firewall-acl",
    "wafv2.WebAclAssociation firewall-association",
    "wafv2.WebAclLoggingConfiguration firewall-logging",
];

describe("pulumi up on a sample stack creates exactly", () => {
    it("these resources in dev", async () => {
        assert.deepEqual((await stack("dev")).list, [...COMMON, ...vpcInZones(2)].sort());
    });

    it("these resources in prod: the same in three zones, and HTTPS under its own name behind a firewall, and scaling", async () => {
        assert.deepEqual((await stack("prod")).list, [...COMMON, ...ONLY_PROD, ...vpcInZones(3)].sort());
    });
});

describe("dev and prod", () => {
    it("differ in size, number, price and care", async () => {
        const differences = async (name: string) => {
            const declared = await stack(name);
            const of = (wanted: string, ...keys: string[]) => keys.map(key => declared.inputs(wanted)[key]);
            return [
                ...of("ecs.TaskDefinition web-task-definition", "cpu", "memory"),
                ...of("ecs.Service web", "desiredCount", "capacityProviderStrategies"),
                declared.one("ecs.Service web").ignoreChanges,
                ...of("cloudwatch.LogGroup web-task-logs", "retentionInDays"),
                ...of("lb.LoadBalancer load-balancer", "enableDeletionProtection"),
                ...of("ecr.Repository web-registry-repository", "forceDelete"),
                ...of("ecs.Cluster cluster-cluster", "settings"),
                (declared.inputs("ec2.VpcEndpoint endpoints-logs")["subnetIds"] as unknown[]).length,
            ];
        };
        const insights = (value: string) => [{ name: "containerInsights", value }];
        const spot = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
        assert.deepEqual(await differences("dev"), ["256", "512", 1, spot, [], 7, false, true, insights("disabled"), 1]);
        const onDemand = [{ capacityProvider: "FARGATE", weight: 1 }];
        const scaled = ["desiredCount"];
        assert.deepEqual(await differences("prod"), [
            "512",
            "1024",
            2,
            onDemand,
            scaled,
            365,
            true,
            false,
            insights("enhanced"),
            3,
        ]);
    });

    it("differ by their stack files alone: each is the other with the other's file", async () => {
        const files = { ...sample("prod"), stack: "dev" };
        const { resources } = await inventory("dev", files);
        // AWS gives the log bucket its name, which begins with the stack's.
        const ofProd = (name: string) => name.replace("fargate-dev-logs", "fargate-prod-logs");
        assert.deepEqual(resources.map(label).map(ofProd).sort(), (await stack("prod")).list);
    });

    it("are named nowhere in the program, nor are their profiles", () => {
        const folders = ["components", "lookups", "program"].flatMap(folder =>
            readdirSync(path.join(PROJECT_FOLDER, folder)).map(file => path.join(folder, file)),
        );
        for (const file of ["index.ts", "model/tags.ts", ...folders]) {
            const text = readFileSync(path.join(PROJECT_FOLDER, file), "utf8");
            assert.doesNotMatch(text, /\b(dev|prod|development|production)\b/, file);
            // There it is one of AWS's own configuration files.
            if (file !== "lookups/aws-connection.ts") assert.doesNotMatch(text, /\bprofile\b/, file);
        }
    });

    it("tell where the service answers, and by which names operators find its parts", async () => {
        const repository = (name: string) => `123456789012.dkr.ecr.region.amazonaws.com/fargate-${name}-web`;
        const outputs = (name: string, url: string) => ({
            url,
            cluster: `fargate-${name}`,
            services: { web: "web" },
            images: { web: `${repository(name)}@sha256:Image:web-image` },
            logGroups: { web: `fargate-${name}-web` },
            repositories: { web: repository(name) },
        });
        assert.deepEqual((await stack("dev")).outputs, outputs("dev", "http://LoadBalancer:load-balancer.elb.amazonaws.com"));
        const files = sample("prod");
        const { domain } = settingsOf(files.config, files);
        assert.deepEqual((await stack("prod")).outputs, {
            ...outputs("prod", `https://${domain?.name ?? ""}`),
            alarmTopic: "arn:aws:Topic:alarm-topic",
            logBucket: "Bucket:fargate-prod-logs",
        });
    });
});

describe("every resource of a sample stack", () => {
    it("is made by the one explicit provider, awsx's included, which gives it the stack's tags", async () => {
        const declared = await stack("prod");
        const { urn, inputs } = declared.one("pulumi.aws aws");
        assert.deepEqual(JSON.parse(String(inputs["defaultTags"])), {
            tags: { project: "fargate", stack: "prod", "managed-by": "pulumi" },
        });
        assert.equal(inputs["region"], "ap-northeast-2");
        const parents = new Map(declared.resources.map(resource => [resource.urn, resource]));
        for (const resource of declared.resources.filter(({ type }) => /^aws(x)?:/.test(type))) {
            let at = resource;
            for (
                let above = parents.get(at.parent ?? "");
                at.providers.length === 0 && above !== undefined;
                above = parents.get(at.parent ?? "")
            )
                at = above;
            assert.deepEqual(at.providers, [urn], label(resource));
        }
    });

    it("holds no plain secret: the registry's password is one", async () => {
        const { registries } = (await stack("dev")).inputs("docker-build.Image web-image");
        assert.deepEqual(registries, [{ address: "https://ecr", username: "AWS", password: UNKNOWN }]);
    });

    it("is in the one network, and names the stack's own account, region and repository", async () => {
        const declared = await stack("prod");
        const vpcs = declared.resources.flatMap(({ type, inputs }) =>
            /^aws:(ec2\/security|lb\/target)/.test(type) ? [inputs["vpcId"]] : [],
        );
        assert.deepEqual(
            vpcs,
            Array.from({ length: 4 }, () => "Vpc:network"),
        );
        const policy = String(declared.inputs("iam.RolePolicy web-task-execution")["policy"]);
        assert.match(policy, /"arn:aws:logs:ap-northeast-2:000000000000:log-group:fargate-prod-web:log-stream:\*"/);
        assert.match(policy, /"arn:aws:ecr:region:123456789012:repository\/fargate-prod-web"/);
        assert.match(
            String(declared.inputs("ec2.VpcEndpoint endpoints-logs")["policy"]),
            /"aws:PrincipalAccount":"000000000000"/,
        );
        assert.deepEqual(declared.inputs("ecr.Repository web-registry-repository")["tags"], { service: "web" });
    });
});

import assert from "node:assert/strict";
import { updateActions } from "../../iam/actions";
import { deployPolicies } from "../../iam/roles";
import { Context, Request, isAllowed } from "./evaluate";
import { DOMAINS, STATE, disguised, keysOf, referenceOf, requestFor, requestsAcross, scopeOf, tags } from "./requests";

const dev = { identity: Object.values(deployPolicies(scopeOf("dev"), STATE)) };
const actions = updateActions(true);

const may = (request: Request) => isAllowed(dev, request);
const on = (action: string, arn: string, context: Context = {}) =>
    may({ action, resources: [{ arn }], context: { "aws:RequestedRegion": "ap-northeast-2", ...context } });
const refused = (requests: readonly Request[]) =>
    assert.deepEqual(
        requests.filter(may).map(({ action, resources }) => `${action} ${resources.map(({ arn }) => arn).join(" ")}`),
        [],
    );

const GROUP = "arn:aws:ec2:ap-northeast-2:123456789012:security-group/sg-1";
const TARGET = "arn:aws:application-autoscaling:ap-northeast-2:123456789012:scalable-target/1a2b";

const typeOf = ({ arn }: { readonly arn: string }) => (arn.split(":")[5] ?? "").split("/")[0] ?? "";

describe("the deploy role of dev", () => {
    it("may do everything that a life of dev needs", () => {
        assert.ok(actions.length > 100);
        assert.deepEqual(
            actions.filter(action => !may(requestFor(action, "dev"))),
            [],
        );
    });

    it("may do nothing of it with anything of prod, but order rules, for which AWS knows no condition", () => {
        const limited = actions.filter(action => action !== "elasticloadbalancing:SetRulePriorities");
        const requests = limited.flatMap(action => requestsAcross(action, "dev", "prod"));
        assert.ok(requests.length > 100);
        refused(requests);
    });

    it("may do nothing of it with what has nothing to do with this project, but for two things that nobody has tagged and the order of rules", () => {
        const others = actions.filter(action => action !== "ec2:CreateTags");
        const requests = others.flatMap(action => requestsAcross(action, "dev", "stranger"));
        const touched = requests.filter(may).map(({ action, resources }) => `${action} ${resources.map(typeOf).join(" ")}`);
        // Of an ECS service that the role may update: AWS asks ECS before.
        const scaling = "application-autoscaling:RegisterScalableTarget scalable-target";
        assert.deepEqual(touched, [scaling, "elasticloadbalancing:SetRulePriorities listener-rule"]);
        // Tags go to one resource at a time.
        const tagged = requestsAcross("ec2:CreateTags", "dev", "stranger").map(({ action, resources, context }) => ({
            action,
            context,
            resources: resources.filter(({ arn }) => arn.endsWith("-of-stranger")),
        }));
        assert.deepEqual(
            tagged.filter(may).flatMap(({ resources }) => resources.map(typeOf)),
            ["security-group"],
        );
    });

    it("makes nothing with the tags of prod, and nothing without tags", () => {
        const makes = actions.filter(action => Object.values(referenceOf(action).on).includes("made"));
        assert.deepEqual(makes, [
            "ec2:AllocateAddress",
            "ec2:AuthorizeSecurityGroupEgress",
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:CreateFlowLogs",
            "ec2:CreateInternetGateway",
            "ec2:CreateNatGateway",
            "ec2:CreateRouteTable",
            "ec2:CreateSecurityGroup",
            "ec2:CreateSubnet",
            "ec2:CreateVpc",
            "ec2:CreateVpcEndpoint",
            "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:CreateTargetGroup",
        ]);
        refused(makes.map(action => disguised(action, "dev", "prod")));
        refused(makes.map(action => ({ ...requestFor(action, "dev"), context: {} })));
    });

    it("does nothing in another region where AWS knows no resource", () => {
        const everywhere = actions.filter(action => Object.keys(referenceOf(action).on).length === 0);
        const global = ["acm:RequestCertificate", "route53:ListHostedZones", "route53:ListHostedZonesByName"];
        refused(
            everywhere
                .filter(action => !global.includes(action))
                .map(action => ({ ...requestFor(action, "dev"), context: { "aws:RequestedRegion": "us-east-1" } })),
        );
    });

    it("can change, where AWS knows no resource, only what stops nothing that runs", () => {
        const changes = actions.filter(action => {
            const { access, on: types } = referenceOf(action);
            return Object.keys(types).length === 0 && !["Read", "List"].includes(access);
        });
        // A certificate is limited by its names and tags, a key by its tags; WAF asks for what it does to logs.
        assert.deepEqual(changes, [
            "acm:RequestCertificate",
            "ecs:DeregisterTaskDefinition",
            "kms:CreateKey",
            "logs:CreateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:DeleteQueryDefinition",
            "logs:PutQueryDefinition",
            "logs:PutResourcePolicy",
        ]);
    });

    it("tags what it makes, and nothing that exists and is not its own", () => {
        const vpc = "arn:aws:ec2:ap-northeast-2:123456789012:vpc/vpc-1";
        const asDev = tags("aws:RequestTag", "dev");
        assert.ok(on("ec2:CreateTags", vpc, { ...asDev, "ec2:CreateAction": "CreateVpc" }));
        assert.ok(on("ec2:CreateTags", vpc, { ...asDev, ...tags("aws:ResourceTag", "dev") }));
        assert.ok(!on("ec2:CreateTags", vpc, asDev));
        assert.ok(!on("ec2:CreateTags", vpc, { ...asDev, ...tags("aws:ResourceTag", "prod") }));
        assert.ok(!on("ec2:CreateTags", vpc, { ...tags("aws:RequestTag", "prod"), "ec2:CreateAction": "CreateVpc" }));
        assert.ok(!on("ec2:CreateTags", vpc, { ...asDev, "ec2:CreateAction": "RunInstances" }));
        const balancer = "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:loadbalancer/app/a/1";
        assert.ok(on("elasticloadbalancing:AddTags", balancer, { ...asDev, "elasticloadbalancing:CreateAction": "CreateRule" }));
        assert.ok(!on("elasticloadbalancing:AddTags", balancer, asDev));
    });

    it("gives nothing of its own to another stack: it changes other tags, and these two to what they are", () => {
        for (const [action, arn] of [
            ["ec2:CreateTags", "arn:aws:ec2:ap-northeast-2:123456789012:vpc/vpc-1"],
            ["ec2:CreateTags", GROUP],
            ["elasticloadbalancing:AddTags", "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/a/1"],
            ["acm:AddTagsToCertificate", "arn:aws:acm:ap-northeast-2:123456789012:certificate/1a"],
            ["application-autoscaling:TagResource", TARGET],
        ] as const) {
            const own = { ...tags("aws:ResourceTag", "dev"), "aws:ResourceTag/Name": "a" };
            assert.ok(on(action, arn, { ...own, "aws:RequestTag/team": "shop" }), action);
            assert.ok(on(action, arn, { ...own, ...tags("aws:RequestTag", "dev") }), action);
            assert.ok(!on(action, arn, { ...own, ...tags("aws:RequestTag", "prod") }), action);
            assert.ok(!on(action, arn, { ...own, "aws:RequestTag/stack": "prod" }), action);
            assert.ok(!on(action, arn, { ...own, "aws:RequestTag/project": "payroll" }), action);
        }
    });

    it("puts its firewall in front of its own load balancers alone, and logs to its own log group", () => {
        const balancer = "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:loadbalancer/app/a/1";
        const acl = (name: string) => `arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/${name}/1`;
        for (const name of ["CreateWebACLAssociation", "DeleteWebACLAssociation"]) {
            assert.ok(on(`elasticloadbalancing:${name}`, balancer, tags("aws:ResourceTag", "dev")), name);
            assert.ok(!on(`elasticloadbalancing:${name}`, balancer, tags("aws:ResourceTag", "prod")), name);
        }
        // Its older action knows no tags.
        assert.ok(!on("elasticloadbalancing:SetWebAcl", balancer, tags("aws:ResourceTag", "dev")));
        assert.ok(on("wafv2:UpdateWebACL", acl("fargate-dev")));
        for (const other of ["fargate-prod", "fargate-dev-2", "fargate", "payroll"]) {
            assert.ok(!on("wafv2:UpdateWebACL", acl(other)), other);
            assert.ok(!on("wafv2:UpdateIPSet", acl(`${other}-blocked-ipv4`).replace("webacl", "ipset")), other);
        }
        const of = (name: string) => `arn:aws:logs:ap-northeast-2:123456789012:log-group:${name}`;
        const groups = [
            (name: string) => of(`aws-waf-logs-${name}`),
            (name: string) => of(`/aws/ecs/containerinsights/${name}/performance`),
        ];
        for (const group of groups) {
            for (const end of ["", ":*"]) assert.ok(on("logs:DeleteLogGroup", group("fargate-dev") + end), end);
            for (const other of ["fargate-prod", "fargate-dev-2"]) assert.ok(!on("logs:DeleteLogGroup", group(other)), other);
        }
    });

    it("passes the roles of jobs to what takes them, and those of tasks to ECS", () => {
        const pass = (name: string, to: string) =>
            on("iam:PassRole", `arn:aws:iam::123456789012:role/fargate-${name}`, { "iam:PassedToService": to });
        assert.ok(pass("dev-nightly-workflow", "states.amazonaws.com"));
        assert.ok(pass("dev-nightly-schedule", "scheduler.amazonaws.com"));
        assert.ok(!pass("dev-nightly-workflow", "ecs-tasks.amazonaws.com"));
        assert.ok(!pass("dev-nightly-task", "states.amazonaws.com"));
        assert.ok(!pass("prod-nightly-workflow", "states.amazonaws.com"));
    });

    it("makes rules and the topic of its own name, and no other stack's", () => {
        const rule = (name: string) => on("events:PutTargets", `arn:aws:events:ap-northeast-2:123456789012:rule/${name}`);
        const topic = (name: string) => on("sns:Subscribe", `arn:aws:sns:ap-northeast-2:123456789012:${name}`);
        assert.ok(rule("fargate-dev-stack-rollouts") && topic("fargate-dev-alarms"));
        assert.ok(!rule("fargate-prod-stack-rollouts") && !topic("fargate-prod-alarms"));
    });

    it("makes one budget, that of its own name", () => {
        const budget = (name: string) => on("budgets:ModifyBudget", `arn:aws:budgets::123456789012:budget/${name}`);
        assert.ok(budget("fargate-dev"));
        for (const name of ["fargate-prod", "fargate-dev-2", "month"]) assert.ok(!budget(name));
    });

    it("makes alarms of its own name, and those that Application Auto Scaling names", () => {
        const alarm = (name: string) =>
            on("cloudwatch:PutMetricAlarm", `arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:${name}`);
        assert.ok(alarm("fargate-dev-nightly-failed"));
        assert.ok(alarm("TargetTracking-service/fargate-dev/web-1a2b3c4-AlarmHigh-5d6e"));
        assert.ok(!alarm("fargate-prod-nightly-failed"));
        assert.ok(!alarm("TargetTracking-service/fargate-prod/web-1a2b3c4-AlarmHigh-5d6e"));
    });

    it("tags a key that it makes, and no other that nobody has tagged", () => {
        const asDev = tags("aws:RequestTag", "dev");
        const key = "arn:aws:kms:ap-northeast-2:123456789012:key/1a2b";
        assert.ok(on("kms:CreateKey", "*", asDev));
        assert.ok(on("kms:TagResource", "*", asDev));
        assert.ok(on("kms:TagResource", key, { ...asDev, ...tags("aws:ResourceTag", "dev") }));
        assert.ok(!on("kms:CreateKey", "*", tags("aws:RequestTag", "prod")));
        assert.ok(!on("kms:TagResource", key, asDev));
        assert.ok(!on("kms:TagResource", key, { ...asDev, ...tags("aws:ResourceTag", "prod") }));
    });

    it("uses its key for images alone, and nobody else's", () => {
        const key = "arn:aws:kms:ap-northeast-2:123456789012:key/1a2b";
        const viaEcr = { "kms:ViaService": "ecr.ap-northeast-2.amazonaws.com" };
        assert.ok(on("kms:CreateGrant", key, { ...viaEcr, ...tags("aws:ResourceTag", "dev") }));
        assert.ok(!on("kms:CreateGrant", key, tags("aws:ResourceTag", "dev")));
        assert.ok(!on("kms:CreateGrant", key, viaEcr));
        assert.ok(!on("kms:Decrypt", key, { ...viaEcr, ...tags("aws:ResourceTag", "dev") }));
    });

    it("claims a security group only where no stack has it, and where it has no name", () => {
        const asDev = tags("aws:RequestTag", "dev");
        assert.ok(on("ec2:CreateTags", GROUP, asDev));
        assert.ok(!on("ec2:CreateTags", GROUP, tags("aws:RequestTag", "prod")));
        assert.ok(!on("ec2:CreateTags", GROUP, { ...asDev, ...tags("aws:ResourceTag", "prod") }));
        assert.ok(!on("ec2:CreateTags", GROUP, { ...asDev, "aws:ResourceTag/Name": "payroll" }));
        assert.ok(!on("ec2:CreateTags", GROUP, { ...asDev, "aws:RequestTag/Name": "a" }));
    });

    it("takes from nothing the tags that tell whose it is, not even from what it has claimed", () => {
        const untagging = actions.filter(action => /:(Untag|DeleteTags|RemoveTags)/.test(action));
        assert.equal(untagging.length, 17);
        for (const action of untagging) {
            assert.ok(keysOf(action).includes("aws:TagKeys"), action);
            const request = requestFor(action, "dev");
            const removing = (...keys: string[]) => ({ ...request, context: { ...request.context, "aws:TagKeys": keys } });
            assert.ok(may(removing("team")), action);
            for (const keys of [["project"], ["stack"], ["team", "stack"], ["project", "stack"]])
                assert.ok(!may(removing(...keys)), `${action} ${keys.join(", ")}`);
        }
        assert.ok(!on("ec2:DeleteTags", GROUP, { ...tags("aws:ResourceTag", "dev"), "aws:TagKeys": ["project"] }));
    });

    it("closes a group that it has claimed, and can neither open, change, delete nor name it", () => {
        const claimed = tags("aws:ResourceTag", "dev");
        for (const action of ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"])
            assert.ok(on(action, GROUP, claimed), action);
        const others = ["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "DeleteSecurityGroup"];
        for (const action of [...others, "ModifySecurityGroupRules"].map(name => `ec2:${name}`)) {
            assert.ok(!on(action, GROUP, claimed), action);
            assert.ok(on(action, GROUP, { ...claimed, "aws:ResourceTag/Name": "web-group" }), action);
        }
        assert.ok(on("ec2:CreateTags", GROUP, { ...claimed, "aws:RequestTag/team": "shop" }));
        assert.ok(!on("ec2:CreateTags", GROUP, { ...claimed, "aws:RequestTag/Name": "web-group" }));
        assert.ok(
            !on("ec2:CreateTags", GROUP, { ...claimed, ...tags("aws:RequestTag", "dev"), "aws:RequestTag/Name": "web-group" }),
        );
    });

    it("tags a scaling target and a certificate as it makes them, and none that exists", () => {
        for (const action of ["application-autoscaling:TagResource", "acm:AddTagsToCertificate"]) {
            const [target] = requestFor(action, "dev").resources;
            assert.ok(target);
            // AWS's words for what has no id yet.
            const toCome = target.arn.replace(/[^/]+$/, "*");
            assert.ok(on(action, toCome, tags("aws:RequestTag", "dev")));
            assert.ok(!on(action, toCome, tags("aws:RequestTag", "prod")));
            assert.ok(!on(action, toCome));
            assert.ok(!on(action, target.arn, tags("aws:RequestTag", "dev")));
        }
    });

    it("scales numbers of ECS tasks, and nothing else that can be scaled", () => {
        const scales = ["RegisterScalableTarget", "DeregisterScalableTarget", "PutScalingPolicy", "DeleteScalingPolicy"];
        const tasks = { namespace: "ecs", dimension: "ecs:service:DesiredCount" };
        const scaled = ({ namespace, dimension }: typeof tasks) => ({
            ...tags("aws:RequestTag", "dev"),
            "application-autoscaling:service-namespace": namespace,
            "application-autoscaling:scalable-dimension": dimension,
        });
        const tables = { namespace: "dynamodb", dimension: "dynamodb:table:ReadCapacityUnits" };
        for (const action of scales.map(name => `application-autoscaling:${name}`))
            for (const own of [tags("aws:ResourceTag", "dev"), {}]) {
                assert.ok(!on(action, TARGET, { ...own, ...scaled(tables) }), action);
                assert.ok(!on(action, TARGET, { ...own, ...tags("aws:RequestTag", "dev") }), action);
                const isOwn = Object.keys(own).length > 0;
                assert.equal(
                    on(action, TARGET, { ...own, ...scaled(tasks) }),
                    isOwn || action.endsWith(":RegisterScalableTarget"),
                );
            }
    });

    it("writes records of its own name and no other, of the types it needs", () => {
        const record = (name: string, type = "A", zone = DOMAINS.dev.zoneId) =>
            on("route53:ChangeResourceRecordSets", `arn:aws:route53:::hostedzone/${zone}`, {
                "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name],
                "route53:ChangeResourceRecordSetsRecordTypes": [type],
            });
        assert.ok(record("dev.example.com"));
        assert.ok(record("\\052.dev.example.com"));
        assert.ok(record("_1a2b.dev.example.com", "CNAME"));
        assert.ok(!record("shop.example.com"));
        assert.ok(!record("example.com"));
        assert.ok(!record("mail.dev.example.com"));
        assert.ok(!record("dev.example.com", "NS"));
        assert.ok(!record("dev.example.com", "A", DOMAINS.prod.zoneId));
    });

    it("asks for certificates of its own names and no other", () => {
        const certificate = (...names: string[]) =>
            on("acm:RequestCertificate", "*", { ...tags("aws:RequestTag", "dev"), "acm:DomainNames": names });
        assert.ok(certificate("dev.example.com", "*.dev.example.com"));
        assert.ok(!certificate("shop.example.com"));
        assert.ok(!certificate("dev.example.com", "shop.example.com"));
        assert.ok(!certificate("api.dev.example.com"));
    });

    it("reads the images that stacks share, and pushes none", () => {
        const shared = "arn:aws:ecr:ap-northeast-2:123456789012:repository/fargate/web";
        assert.deepEqual(
            actions.filter(action => action.startsWith("ecr:") && on(action, shared)),
            [
                "ecr:BatchGetImage",
                "ecr:DescribeImageScanFindings",
                "ecr:DescribeImages",
                "ecr:DescribeRepositories",
                "ecr:GetAuthorizationToken",
            ],
        );
        assert.ok(!on("ecr:DescribeImages", "arn:aws:ecr:ap-northeast-2:123456789012:repository/other/web"));
    });

    it("has nothing to do with certificates and names where its stack has no domain", () => {
        const plain = { identity: Object.values(deployPolicies({ ...scopeOf("dev"), domains: [] }, STATE)) };
        const ofNames = actions.filter(action => /^(acm|route53):/.test(action));
        assert.deepEqual(
            ofNames.filter(action => isAllowed(plain, requestFor(action, "dev"))),
            ["route53:AssociateVPCWithHostedZone"],
        );
    });

    it("lists the tasks of its own cluster alone", () => {
        const cluster = (name: string) => ({ "ecs:cluster": `arn:aws:ecs:ap-northeast-2:123456789012:cluster/${name}` });
        assert.ok(on("ecs:ListTasks", "*", cluster("fargate-dev")));
        for (const other of [cluster("fargate-prod"), cluster("payroll"), {}]) assert.ok(!on("ecs:ListTasks", "*", other));
    });

    it("runs and stops tasks of its own families in its own cluster alone, and lists the services there", () => {
        const arn = (what: string) => `arn:aws:ecs:ap-northeast-2:123456789012:${what}`;
        const cluster = (name: string) => ({ "ecs:cluster": arn(`cluster/${name}`) });
        const own = cluster("fargate-dev");
        assert.ok(on("ecs:RunTask", arn("task-definition/fargate-dev-web:1"), own));
        assert.ok(on("ecs:StopTask", arn("task/fargate-dev/1a2b"), own));
        assert.ok(on("ecs:ListServices", "*", own));
        for (const other of ["task-definition/fargate-prod-web:1", "task-definition/payroll:1"])
            assert.ok(!on("ecs:RunTask", arn(other), own), other);
        for (const other of ["task/fargate-prod/1a2b", "task/payroll/1a2b"])
            assert.ok(!on("ecs:StopTask", arn(other), own), other);
        for (const other of [cluster("fargate-prod"), cluster("payroll"), {}]) {
            assert.ok(!on("ecs:RunTask", arn("task-definition/fargate-dev-web:1"), other));
            assert.ok(!on("ecs:StopTask", arn("task/fargate-dev/1a2b"), other));
            assert.ok(!on("ecs:ListServices", "*", other));
        }
    });

    it("reads its own tasks' logs, stream by stream, and no other's", () => {
        const group = (name: string) => `arn:aws:logs:ap-northeast-2:123456789012:log-group:${name}`;
        assert.ok(on("logs:GetLogEvents", `${group("fargate-dev-web")}:log-stream:web/web/1a2b`));
        for (const other of ["fargate-prod-web", "payroll", "/aws/lambda/fargate-dev-web"])
            assert.ok(!on("logs:GetLogEvents", `${group(other)}:log-stream:web/web/1a2b`), other);
        for (const action of ["logs:FilterLogEvents", "logs:StartQuery", "logs:StartLiveTail"])
            assert.ok(!on(action, group("fargate-dev-web")), action);
    });

    it("reads no secret", () => {
        for (const [action, arn] of [
            ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:fargate/dev/db-AbCdEf"],
            ["ssm:GetParameters", "arn:aws:ssm:ap-northeast-2:123456789012:parameter/fargate/dev/db"],
            ["ssm:GetParameter", "arn:aws:ssm:ap-northeast-2:123456789012:parameter/fargate/dev/db"],
        ] as const)
            assert.ok(!on(action, arn, tags("aws:ResourceTag", "dev")), action);
    });
});

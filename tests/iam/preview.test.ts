import assert from "node:assert/strict";
import { previewActions, updateActions } from "../../iam/actions";
import { deployPolicies, previewPolicies } from "../../iam/roles";
import { SERVICE_LINKED_ROLES } from "../../iam/services/iam";
import { Context, isAllowed } from "./evaluate";
import { REFERENCE, STATE, Stack, boundaryOf, referenceOf, requestFor, requestsAcross, scopeOf } from "./requests";

const preview = { identity: Object.values(previewPolicies(scopeOf("dev", "prod"), STATE)) };
const CLUSTER = "aws:ecs/cluster:Cluster";
const stacks: readonly Stack[] = ["dev", "prod"];

const on = (action: string, arn: string, context: Context = {}) =>
    isAllowed(preview, {
        action,
        resources: [{ arn }],
        context: {
            "aws:RequestedRegion": "ap-northeast-2",
            "iam:PermissionsBoundary": boundaryOf("dev"),
            "iam:PassedToService": "ecs-tasks.amazonaws.com",
            ...context,
        },
    });

describe("the preview role", () => {
    it("may read everything that the stacks' previews read", () => {
        const reads = previewActions(true);
        assert.ok(reads.length > 40);
        for (const stack of stacks)
            assert.deepEqual(
                reads.filter(action => !isAllowed(preview, requestFor(action, stack))),
                [],
            );
    });

    it("may do nothing that AWS does not call reading or listing", () => {
        const allowed = Object.keys(REFERENCE.actions).filter(action =>
            stacks.some(stack => isAllowed(preview, requestFor(action, stack))),
        );
        const writes = allowed.filter(action => !["Read", "List"].includes(referenceOf(action).access));
        assert.deepEqual(writes, []);
    });

    it("names every action, and none by a pattern", () => {
        const named = preview.identity.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
        assert.deepEqual(
            named.filter(action => action.includes("*")),
            [],
        );
        const others = named.filter(action => !["Read", "List"].includes(referenceOf(action).access));
        // AWS files it under writing; it is how the stacks' own configuration is read.
        assert.deepEqual(others, ["kms:Decrypt"]);
    });

    it("passes, makes and changes no role", () => {
        const role = "arn:aws:iam::123456789012:role/fargate-dev-web-task";
        const writes = updateActions(true).filter(
            action => action.startsWith("iam:") && !["Read", "List"].includes(referenceOf(action).access),
        );
        assert.ok(writes.includes("iam:PassRole"));
        assert.deepEqual(
            writes.filter(action => on(action, role)),
            [],
        );
    });

    it("reads no secret, no parameter and no log", () => {
        const place = "ap-northeast-2:123456789012";
        for (const [action, arn] of [
            ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${place}:secret:fargate/dev/db-AbCdEf`],
            ["secretsmanager:BatchGetSecretValue", "*"],
            ["ssm:GetParameter", `arn:aws:ssm:${place}:parameter/fargate/dev/db`],
            ["ssm:GetParameters", `arn:aws:ssm:${place}:parameter/fargate/dev/db`],
            ["ssm:GetParametersByPath", `arn:aws:ssm:${place}:parameter/fargate/dev`],
            ["logs:GetLogEvents", `arn:aws:logs:${place}:log-group:fargate-dev-web:log-stream:a`],
            ["logs:FilterLogEvents", `arn:aws:logs:${place}:log-group:fargate-dev-web`],
        ] as const)
            assert.ok(!on(action, arn), action);
    });

    it("may ask what preflight asks of zones, networks, names and service-linked roles", () => {
        const account = "arn:aws:iam::123456789012";
        const reads = previewActions(true);
        const asked = [
            ...["AvailabilityZones", "NetworkInterfaces", "RouteTables", "SecurityGroups", "Subnets", "Vpcs"].map(
                noun => `ec2:Describe${noun}`,
            ),
            ...["ec2:DescribeVpcAttribute", "ec2:DescribeVpcEndpoints", "ec2:DescribeVpcEndpointServices"],
            ...["cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "ecr:DescribeRepositories", "ecs:DescribeClusters"],
            ...["logs:DescribeLogGroups", "route53:ListHostedZones", "route53:ListResourceRecordSets"],
        ];
        assert.deepEqual(
            asked.filter(action => !reads.includes(action)),
            [],
        );
        for (const role of Object.values(SERVICE_LINKED_ROLES))
            assert.ok(on("iam:GetRole", `${account}:role/aws-service-role/${role}`), role);
        assert.ok(!on("iam:GetRole", `${account}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`));
        assert.ok(!on("iam:CreateServiceLinkedRole", `${account}:role/aws-service-role/${SERVICE_LINKED_ROLES[CLUSTER] ?? ""}`));
    });

    it("pulls no image: it sees that one is there", () => {
        for (const name of ["fargate/web", "fargate-dev-web"]) {
            const arn = `arn:aws:ecr:ap-northeast-2:123456789012:repository/${name}`;
            assert.ok(on("ecr:DescribeImages", arn));
            assert.ok(!on("ecr:GetDownloadUrlForLayer", arn));
            assert.ok(!on("ecr:PutImage", arn));
        }
    });

    it("of the state reads the stacks' files, and writes none", () => {
        const file = (path: string) => `${STATE.bucketArn}/.pulumi/${path}`;
        assert.ok(on("s3:ListBucket", STATE.bucketArn));
        for (const path of ["meta.yaml", "stacks/fargate/dev.json", "stacks/fargate/prod.json", "stacks/fargate/dev.pulumi-tags"])
            assert.ok(on("s3:GetObject", file(path)), path);
        for (const path of ["stacks/fargate-bootstrap/main.json", "stacks/other/dev.json", "stacks/fargate/other.json"])
            assert.ok(!on("s3:GetObject", file(path)), path);
        for (const action of ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutBucketPolicy"])
            for (const path of ["stacks/fargate/dev.json", "locks/organization/fargate/dev/1.json", "meta.yaml"])
                assert.ok(!on(action, file(path)), `${action} ${path}`);
    });

    it("of the key only decrypts, for the stacks", () => {
        const context = (project: string, stack: string) => ({
            "kms:EncryptionContext:project": project,
            "kms:EncryptionContext:stack": stack,
        });
        assert.ok(on("kms:Decrypt", STATE.keyArn, context("fargate", "dev")));
        assert.ok(on("kms:Decrypt", STATE.keyArn, context("fargate", "prod")));
        assert.ok(!on("kms:Decrypt", STATE.keyArn, context("other", "dev")));
        assert.ok(!on("kms:Decrypt", STATE.keyArn, context("fargate", "other")));
        assert.ok(!on("kms:Decrypt", STATE.keyArn));
        assert.ok(!on("kms:Decrypt", STATE.keyArn.replace("1111", "9999"), context("fargate", "dev")));
        for (const action of [
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:ScheduleKeyDeletion",
            "kms:PutKeyPolicy",
            "kms:CreateGrant",
        ])
            assert.ok(!on(action, STATE.keyArn, context("fargate", "dev")), action);
    });

    it("reads what has lost its tags, so that drift is told and not refused", () => {
        for (const stack of stacks) {
            const requests = previewActions(true).map(action => requestFor(action, stack));
            const bare = requests.map(request => ({
                ...request,
                resources: request.resources.map(({ arn }) => ({ arn })),
            }));
            assert.deepEqual(
                bare.filter(request => !isAllowed(preview, request)).map(({ action }) => action),
                [],
            );
        }
    });

    it("reads nothing by name that is not of these stacks, and of what tags tell apart descriptions alone", () => {
        const requests = previewActions(true).flatMap(action => requestsAcross(action, "dev", "stranger"));
        assert.ok(requests.length > 20);
        assert.deepEqual(
            requests.filter(request => isAllowed(preview, request)).map(({ action }) => action),
            [
                "acm:DescribeCertificate",
                "acm:ListTagsForCertificate",
                "application-autoscaling:ListTagsForResource",
                "ec2:DescribeVpcAttribute",
                "elasticloadbalancing:GetLoadBalancerWebACL",
                "kms:DescribeKey",
                "kms:GetKeyPolicy",
                "kms:GetKeyRotationStatus",
                "kms:ListResourceTags",
            ],
        );
    });
});

describe("the state of a stack", () => {
    const dev = { identity: Object.values(deployPolicies(scopeOf("dev"), STATE)) };
    const may = (action: string, path: string, context: Context = {}) =>
        isAllowed(dev, { action, resources: [{ arn: path }], context });
    const file = (path: string) => `${STATE.bucketArn}/.pulumi/${path}`;

    it("is written by the stack's own deploy role, with its history, copies and lock", () => {
        for (const path of [
            "stacks/fargate/dev.json",
            "stacks/fargate/dev.json.bak",
            "history/fargate/dev/dev-1.history.json",
            "backups/fargate/dev/dev.1.json",
            "locks/organization/fargate/dev/1.json",
        ])
            assert.ok(may("s3:PutObject", file(path)), path);
        assert.ok(may("s3:DeleteObject", file("locks/organization/fargate/dev/1.json")));
    });

    it("is neither read nor written by another stack's", () => {
        for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"])
            for (const path of [
                "stacks/fargate/prod.json",
                "stacks/fargate/prod.json.bak",
                "history/fargate/prod/prod-1.history.json",
                "backups/fargate/prod/prod.1.json",
                "locks/organization/fargate/prod/1.json",
                "stacks/fargate-bootstrap/main.json",
            ])
                assert.ok(!may(action, file(path)), `${action} ${path}`);
    });

    it("is never removed, by no role: neither the file nor old versions nor the bucket", () => {
        assert.ok(!may("s3:DeleteObject", file("stacks/fargate/dev.json")));
        assert.ok(!may("s3:PutObject", file("meta.yaml")));
        for (const action of ["s3:DeleteObjectVersion", "s3:PutBucketVersioning", "s3:PutBucketPolicy", "s3:DeleteBucket"]) {
            assert.ok(!may(action, STATE.bucketArn), action);
            assert.ok(!may(action, file("stacks/fargate/dev.json")), action);
        }
    });

    it("has secrets that no other stack's role decrypts", () => {
        const context = (stack: string) => ({ "kms:EncryptionContext:project": "fargate", "kms:EncryptionContext:stack": stack });
        assert.ok(may("kms:Decrypt", STATE.keyArn, context("dev")));
        assert.ok(!may("kms:Decrypt", STATE.keyArn, context("prod")));
        assert.ok(!may("kms:Encrypt", STATE.keyArn, context("dev")));
    });
});

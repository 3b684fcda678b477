import assert from "node:assert/strict";
import { peopleMayAssume } from "../../iam/people";
import { operatePolicies, readPolicies } from "../../iam/roles";
import type { Scope } from "../../iam/scope";
import { LOOKS, OPERATIONS } from "../../iam/services";
import { Context, Request, isAllowed } from "./evaluate";
import { REFERENCE, STATE, Stack, referenceOf, requestFor, requestsAcross, scopeOf } from "./requests";

const HERE = "ap-northeast-2:123456789012";
const ofDev: Scope = { ...scopeOf("dev"), exec: true };
const reader = { identity: Object.values(readPolicies(scopeOf("dev", "prod"), STATE)) };
const operator = { identity: Object.values(operatePolicies(ofDev, STATE)) };
const operatorWithoutExec = { identity: Object.values(operatePolicies(scopeOf("dev"), STATE)) };

const looks = LOOKS.flatMap(({ actions }) => actions);
const operations = OPERATIONS.flatMap(({ actions }) => actions);
/** Repositories of mirrored images have names of their own; a task gets its tags as it starts. */
const asked = (action: string, stack: Stack): Request => {
    const { resources, context, ...request } = requestFor(action, stack);
    const mirrored = resources.map(target => ({
        ...target,
        arn: target.arn.replace(/(:repository\/fargate-\w+)-web$/, "$1-mirror/nginx"),
    }));
    if (action !== "ecs:TagResource") return { ...request, resources: mirrored, ...(context && { context }) };
    const task = { arn: `arn:aws:ecs:${HERE}:task/fargate-${stack}/1a` };
    return { ...request, resources: [task], context: { ...context, "ecs:CreateAction": "RunTask" } };
};
const all = Object.keys(REFERENCE.actions);
const writes = all.filter(action => !["Read", "List"].includes(referenceOf(action).access));
const on = (role: typeof reader, action: string, arn: string, context: Context = {}) =>
    isAllowed(role, { action, resources: [{ arn }], context: { "aws:RequestedRegion": "ap-northeast-2", ...context } });

describe("the role of whoever looks", () => {
    it("looks at every stack", () => {
        for (const stack of ["dev", "prod"] as const)
            assert.deepEqual(
                looks.filter(action => !isAllowed(reader, asked(action, stack))),
                [],
            );
    });

    it("changes nothing, whatever AWS calls a change", () => {
        assert.ok(writes.length > 100);
        assert.deepEqual(
            writes.filter(action => isAllowed(reader, asked(action, "dev"))),
            [],
        );
        assert.ok(!on(reader, "s3:PutObject", `${STATE.bucketArn}/.pulumi/stacks/fargate/dev.json`));
    });

    it("reads the state, and no secret's value", () => {
        assert.ok(on(reader, "s3:GetObject", `${STATE.bucketArn}/.pulumi/stacks/fargate/prod.json`));
        const context = { "kms:EncryptionContext:project": "fargate", "kms:EncryptionContext:stack": "prod" };
        assert.ok(on(reader, "kms:Decrypt", STATE.keyArn, context));
        for (const role of [reader, operator]) {
            assert.ok(
                !on(role, "secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${HERE}:secret:fargate/dev/database-a1`),
            );
            assert.ok(!on(role, "ssm:GetParameters", `arn:aws:ssm:${HERE}:parameter/fargate/dev/database`));
        }
    });

    it("reads the stacks' logs, and no others", () => {
        const read = (group: string) => on(reader, "logs:FilterLogEvents", `arn:aws:logs:${HERE}:log-group:${group}:*`);
        assert.ok(read("fargate-dev-web") && read("fargate-prod-web"));
        assert.ok(!read("payroll") && !read("/aws/lambda/payroll") && !read("fargate-test-web"));
    });
});

describe("the role of whoever operates dev", () => {
    it("does what the commands do, and looks", () => {
        assert.deepEqual(
            [...looks, ...operations].filter(action => !isAllowed(operator, asked(action, "dev"))),
            [],
        );
    });

    it("changes nothing of prod, or of anybody else", () => {
        const touched = operations.flatMap(action =>
            (["prod", "stranger"] as const).flatMap(other =>
                requestsAcross(action, "dev", other).filter(request => isAllowed(operator, request)),
            ),
        );
        assert.deepEqual(touched, []);
        for (const action of operations.filter(one => referenceOf(one).access !== "Read"))
            assert.ok(!isAllowed(operator, asked(action, "prod")), action);
    });

    it("deploys nothing: it makes, changes and removes none of what the stack declares, and writes no state", () => {
        const others = writes.filter(action => !operations.includes(action));
        assert.ok(others.length > 100);
        assert.deepEqual(
            others.filter(action => isAllowed(operator, asked(action, "dev"))),
            [],
        );
        assert.ok(!on(operator, "s3:PutObject", `${STATE.bucketArn}/.pulumi/stacks/fargate/dev.json`));
        for (const action of ["ecs:RegisterTaskDefinition", "ecs:CreateService", "ecs:DeleteService"])
            assert.ok(!isAllowed(operator, requestFor(action, "dev")), action);
    });

    it("opens shells in dev's tasks, only where the bootstrap says that dev has ECS Exec, and no session of Session Manager's own", () => {
        const inTask = (stack: string): Request => ({
            action: "ecs:ExecuteCommand",
            resources: [
                { arn: `arn:aws:ecs:${HERE}:cluster/fargate-${stack}` },
                { arn: `arn:aws:ecs:${HERE}:task/fargate-${stack}/1a` },
            ],
        });
        assert.ok(isAllowed(operator, inTask("dev")));
        assert.ok(!isAllowed(operator, inTask("prod")));
        assert.ok(!isAllowed(operatorWithoutExec, inTask("dev")));
        assert.ok(!on(operator, "ssm:StartSession", "*"));
    });

    it("restarts and scales, and gives a service no other stack's tasks, no public address, and no ECS Exec by itself", () => {
        const update = (context: Context) =>
            on(operatorWithoutExec, "ecs:UpdateService", `arn:aws:ecs:${HERE}:service/fargate-dev/web`, context);
        assert.ok(update({}));
        assert.ok(!update({ "ecs:task-definition": `arn:aws:ecs:${HERE}:task-definition/fargate-prod-web:1` }));
        assert.ok(!update({ "ecs:auto-assign-public-ip": "true" }));
        assert.ok(!update({ "ecs:enable-execute-command": "true" }));
        assert.ok(
            !on(
                operator,
                "application-autoscaling:RegisterScalableTarget",
                `arn:aws:application-autoscaling:${HERE}:scalable-target/1a`,
            ),
        );
    });

    it("runs tasks with the roles of dev's tasks alone", () => {
        const pass = (role: string, to = "ecs-tasks.amazonaws.com") =>
            on(operator, "iam:PassRole", `arn:aws:iam::123456789012:role/${role}`, { "iam:PassedToService": to });
        assert.ok(pass("fargate-dev-web-task") && pass("fargate-dev-web-execution"));
        assert.ok(!pass("fargate-prod-web-task") && !pass("fargate-bootstrap/fargate-deploy-dev"));
        assert.ok(
            !pass("fargate-dev-web-task", "lambda.amazonaws.com") &&
                !pass("fargate-dev-nightly-workflow", "states.amazonaws.com"),
        );
    });

    it("writes dev's secrets, under a customer key too, and reads none", () => {
        const secret = `arn:aws:secretsmanager:${HERE}:secret:fargate/dev/API_TOKEN-AbCdEf`;
        const key = `arn:aws:kms:${HERE}:key/1`;
        const under = (SecretARN: string, service = "secretsmanager"): Context => ({
            "kms:EncryptionContext:SecretARN": SecretARN,
            "kms:ViaService": `${service}.ap-northeast-2.amazonaws.com`,
        });
        for (const action of ["CreateSecret", "PutSecretValue", "TagResource", "DescribeSecret"])
            assert.ok(on(operator, `secretsmanager:${action}`, secret), action);
        for (const action of ["GetSecretValue", "BatchGetSecretValue", "DeleteSecret", "PutResourcePolicy", "UpdateSecret"])
            assert.ok(!on(operator, `secretsmanager:${action}`, secret), action);
        for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
            assert.ok(on(operator, action, key, under(secret)) && on(operator, action, key, under("RequestToValidateKeyAccess")));
            assert.ok(!on(operator, action, key, under(secret.replace("/dev/", "/prod/"))));
            assert.ok(!on(operator, action, key, under(secret, "ssm")) && !on(operator, action, key));
        }
    });

    it("pushes mirrored images, and none where a build of the stack is looked for", () => {
        const push = (name: string) => on(operator, "ecr:PutImage", `arn:aws:ecr:${HERE}:repository/${name}`);
        assert.ok(push("fargate-dev-mirror/library/nginx"));
        // What Docker asks for in a push beside (Amazon ECR user guide, pushing an image), and the command itself.
        const mirror = `arn:aws:ecr:${HERE}:repository/fargate-dev-mirror/nginx`;
        for (const action of [
            "BatchCheckLayerAvailability",
            "BatchGetImage",
            "CompleteLayerUpload",
            "CreateRepository",
            "DescribeImages",
        ])
            assert.ok(on(operator, `ecr:${action}`, mirror), action);
        for (const action of [
            "DescribeRepositories",
            "InitiateLayerUpload",
            "ListTagsForResource",
            "TagResource",
            "UploadLayerPart",
        ])
            assert.ok(on(operator, `ecr:${action}`, mirror), action);
        assert.ok(on(operator, "ecr:GetAuthorizationToken", "*"));
        for (const action of ["BatchDeleteImage", "DeleteRepository"]) assert.ok(!on(operator, `ecr:${action}`, mirror), action);
        for (const other of ["fargate-dev-web", "fargate/web", "fargate-prod-mirror/nginx"]) assert.ok(!push(other), other);
    });
});

describe("who may take a role of people", () => {
    const SSO = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Operators_*";
    const USER = "arn:aws:iam::123456789012:user/ada";
    const trust = peopleMayAssume({ region: "ap-northeast-2", account: "123456789012" }, [SSO, USER]);
    const may = (arn: string, more: Context = {}) =>
        isAllowed(
            // Whose account asks is the principal's part; here it is this one's.
            {
                identity: [
                    { ...trust, Statement: trust.Statement.map(({ Principal: _, ...rest }) => ({ ...rest, Resource: ["*"] })) },
                ],
            },
            { action: "sts:AssumeRole", resources: [{ arn: "*" }], context: { "aws:PrincipalArn": arn, ...more } },
        );

    it("is of this account, by its ARN", () => {
        for (const { Principal } of trust.Statement) assert.deepEqual(Principal, { AWS: "arn:aws:iam::123456789012:root" });
        const sso = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com";
        assert.ok(may(`${sso}/ap-northeast-2/AWSReservedSSO_Operators_0123456789abcdef`));
        assert.ok(may(`${sso}/AWSReservedSSO_Operators_0123456789abcdef`));
        assert.ok(!may(`${sso}/ap-northeast-2/AWSReservedSSO_Readers_0123456789abcdef`));
        assert.ok(!may("arn:aws:iam::123456789012:role/AWSReservedSSO_Operators_0"));
        assert.ok(!may("arn:aws:iam::210987654321:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Operators_0"));
    });

    it("shows a second factor where it is a user", () => {
        assert.ok(may(USER, { "aws:MultiFactorAuthPresent": "true" }));
        assert.ok(!may(USER, { "aws:MultiFactorAuthPresent": "false" }));
        // Access keys have no such key at all.
        assert.ok(!may(USER));
        assert.ok(!may("arn:aws:iam::123456789012:user/bob", { "aws:MultiFactorAuthPresent": "true" }));
    });

    it("has no statement for nobody", () => {
        assert.deepEqual(peopleMayAssume({ region: "ap-northeast-2", account: "1" }, []).Statement, []);
        assert.equal(peopleMayAssume({ region: "ap-northeast-2", account: "1" }, [SSO]).Statement.length, 1);
    });
});

import assert from "node:assert/strict";
import { policy } from "../../iam/documents";
import { execPermissions } from "../../iam/exec";
import { executionPolicy, taskPolicy } from "../../iam/tasks";
import { boundaryPolicy, jobsBoundaryPolicy } from "../../iam/boundary";
import { policySize } from "../../iam/packing";
import { AWS_LIMIT } from "../../model/limits";
import { isAllowed } from "./evaluate";
import { STATE, scopeOf } from "./requests";

const PLACE = "ap-northeast-2:123456789012";
const permissions = [
    { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::assets/*"] },
    { actions: ["*:*"], resources: ["*"] },
];
const asked = [{ actions: ["sqs:SendMessage"], resources: [`arn:aws:sqs:${PLACE}:jobs`] }];

/** A role whose own policy allows everything: what is left is the boundary. */
const everything = policy({ Effect: "Allow", Action: ["*"], Resource: ["*"] });
const bounded = (allowed: Parameters<typeof boundaryPolicy>[2] = []) => ({
    identity: [everything],
    boundary: boundaryPolicy(scopeOf("dev"), STATE, allowed),
});
const on = (action: string, arn: string, allowed: Parameters<typeof boundaryPolicy>[2] = [], context = {}) =>
    isAllowed(bounded(allowed), { action, resources: [{ arn }], context });

describe("the boundary of a stack's jobs", () => {
    it("has room in any account: nothing in it grows with jobs, services or permissions", () => {
        const longest = { ...scopeOf("dev"), project: "p".repeat(40), stacks: ["s".repeat(40)], region: "ap-southeast-2" };
        const size = policySize(jobsBoundaryPolicy(longest));
        assert.ok(size < AWS_LIMIT.managedPolicy / 3, String(size));
        assert.equal(policySize(jobsBoundaryPolicy({ ...longest, services: ["a", "b"], securityGroups: ["sg-1"] })), size);
    });
});

describe("the boundary of dev's tasks", () => {
    it("lets ECS start tasks: pull their images, write their logs, read their secrets", () => {
        const needs = {
            region: "ap-northeast-2",
            account: "123456789012",
            repositoryArn: `arn:aws:ecr:${PLACE}:repository/fargate/web`,
            logGroup: "fargate-dev-web",
            secretArns: [
                `arn:aws:secretsmanager:${PLACE}:secret:fargate/dev/db-AbCdEf`,
                `arn:aws:ssm:${PLACE}:parameter/fargate/dev/key`,
            ],
        };
        const role = { identity: [executionPolicy(needs)], boundary: boundaryPolicy(scopeOf("dev"), STATE, []) };
        for (const { Action, Resource, Condition } of executionPolicy(needs).Statement)
            for (const action of Action)
                for (const arn of Resource ?? []) {
                    const context = Object.fromEntries(
                        Object.entries(Condition?.["StringEquals"] ?? {}).map(([key, value]) => [key, [value].flat()[0] ?? ""]),
                    );
                    assert.ok(isAllowed(role, { action, resources: [{ arn }], context }), `${action} ${arn}`);
                }
        assert.ok(on("ecr:BatchGetImage", `arn:aws:ecr:${PLACE}:repository/fargate-dev-web`));
    });

    it("lets the agent of ECS Exec open sessions and log them, where a service has it", () => {
        const role = (permissions: Parameters<typeof taskPolicy>[0]) => ({
            identity: [taskPolicy(permissions)],
            boundary: boundaryPolicy(scopeOf("dev"), STATE, []),
        });
        const place = { region: "ap-northeast-2", account: "123456789012" };
        const asks = execPermissions(place, "fargate-dev-exec/sessions");
        for (const { actions, resources } of asks)
            for (const action of actions)
                for (const arn of resources) {
                    assert.ok(isAllowed(role(asks), { action, resources: [{ arn }] }), `${action} ${arn}`);
                    assert.ok(!isAllowed(role([]), { action, resources: [{ arn }] }), action);
                }
        const others = execPermissions(place, "fargate-prod-exec/sessions");
        const [, , logging] = others;
        assert.ok(!isAllowed(role(others), { action: "logs:PutLogEvents", resources: [{ arn: logging?.resources[0] ?? "" }] }));
    });

    it("lets applications do nothing else unless it is named in the account's bootstrap", () => {
        const role = { identity: [taskPolicy(asked)], boundary: boundaryPolicy(scopeOf("dev"), STATE, []) };
        const request = { action: "sqs:SendMessage", resources: [{ arn: `arn:aws:sqs:${PLACE}:jobs` }] };
        assert.ok(!isAllowed(role, request));
        assert.ok(isAllowed({ ...role, boundary: boundaryPolicy(scopeOf("dev"), STATE, asked) }, request));
        assert.ok(!isAllowed({ ...role, identity: [], boundary: boundaryPolicy(scopeOf("dev"), STATE, asked) }, request));
    });

    it("keeps them from what belongs to prod", () => {
        for (const [action, arn] of [
            ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${PLACE}:secret:fargate/prod/db-AbCdEf`],
            ["ssm:GetParameters", `arn:aws:ssm:${PLACE}:parameter/fargate/prod/key`],
            ["logs:PutLogEvents", `arn:aws:logs:${PLACE}:log-group:fargate-prod-web:log-stream:a`],
            ["ecr:BatchGetImage", `arn:aws:ecr:${PLACE}:repository/fargate-prod-web`],
        ] as const)
            assert.ok(!on(action, arn), action);
    });

    it("lets them decrypt through Secrets Manager and Parameter Store alone", () => {
        const key = `arn:aws:kms:${PLACE}:key/9`;
        assert.ok(on("kms:Decrypt", key, [], { "kms:ViaService": "secretsmanager.ap-northeast-2.amazonaws.com" }));
        assert.ok(on("kms:Decrypt", key, [], { "kms:ViaService": "ssm.ap-northeast-2.amazonaws.com" }));
        assert.ok(!on("kms:Decrypt", key, [], { "kms:ViaService": "s3.ap-northeast-2.amazonaws.com" }));
        assert.ok(!on("kms:Decrypt", key));
    });

    it("keeps them from roles, state and the stacks' secrets, whatever the bootstrap names", () => {
        for (const [action, arn] of [
            ["iam:CreateRole", "arn:aws:iam::123456789012:role/fargate-dev-x"],
            ["iam:PassRole", "arn:aws:iam::123456789012:role/fargate-dev-x"],
            ["organizations:LeaveOrganization", "*"],
            ["account:CloseAccount", "*"],
            ["s3:GetObject", `${STATE.bucketArn}/.pulumi/stacks/fargate/dev.json`],
            ["s3:PutBucketPolicy", STATE.bucketArn],
            ["kms:Decrypt", STATE.keyArn],
            ["kms:ScheduleKeyDeletion", STATE.keyArn],
        ] as const)
            assert.ok(!on(action, arn, permissions), action);
        assert.ok(on("s3:GetObject", "arn:aws:s3:::assets/a", permissions));
        assert.ok(on("sqs:SendMessage", `arn:aws:sqs:${PLACE}:jobs`, permissions));
    });
});

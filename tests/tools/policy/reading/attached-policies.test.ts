import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { evaluate } from "../../../../tools/policy/evaluate";
import { fromRecorded } from "../../../../tools/inventory/resource";
import { record } from "../../../../tools/inventory/recorder";
import { ruleNamed } from "../../../support/prove";
import { allow } from "../../../support/resources";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

describe("a policy that a program attaches", () => {
    it("is found by the name of its role, whichever way it is attached, also where AWS would choose that name", async () => {
        const { resources } = await record(
            () => {
                const assumeRolePolicy = allow({
                    Principal: { Service: "ecs-tasks.amazonaws.com" },
                    Action: "sts:AssumeRole",
                });
                const role = new aws.iam.Role("tasks", { assumeRolePolicy });
                new aws.iam.RolePolicyAttachment("one", { role: role.name, policyArn: ADMINISTRATOR });
                new aws.iam.PolicyAttachment("several", { roles: [role.name], policyArn: ADMINISTRATOR });
                new aws.iam.RolePolicyAttachmentsExclusive("all", { roleName: role.name, policyArns: [ADMINISTRATOR] });
                return Promise.resolve();
            },
            { project: "fargate", stack: "prod" },
        );
        const circumstances = { profile: "production", exceptions: [], today: "2026-01-01" } as const;
        const { findings } = evaluate(fromRecorded(resources), circumstances, [ruleNamed("no-task-passes-roles")]);
        assert.deepEqual(findings.map(({ resource }) => resource).sort(), ["all", "one", "several"]);
    });
});

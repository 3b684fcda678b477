import assert from "node:assert/strict";
import { updateActions } from "../../iam/actions";
import { buildPolicies } from "../../iam/roles";
import { isAllowed } from "./evaluate";
import { requestFor, scopeOf } from "./requests";

const build = { identity: Object.values(buildPolicies(scopeOf("dev", "prod"))) };
const push = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:GetDownloadUrlForLayer",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
];

const on = (action: string, repository: string) =>
    isAllowed(build, {
        action,
        resources: [{ arn: `arn:aws:ecr:ap-northeast-2:123456789012:repository/${repository}` }],
    });

describe("the build role", () => {
    it("pushes the images of this project's services", () => {
        for (const action of push) for (const service of ["web", "api"]) assert.ok(on(action, `fargate/${service}`), action);
        assert.ok(isAllowed(build, { action: "ecr:GetAuthorizationToken", resources: [{ arn: "*" }] }));
    });

    it("touches no other repository: of another service, stack or project", () => {
        for (const action of push)
            for (const repository of [
                "fargate/worker",
                "fargate/web-2",
                "fargate-dev-web",
                "fargate-prod-web",
                "other/web",
                "web",
            ])
                assert.ok(!on(action, repository), `${action} ${repository}`);
    });

    it("changes no repository, and takes no image away", () => {
        for (const action of [
            "ecr:BatchDeleteImage",
            "ecr:CreateRepository",
            "ecr:DeleteRepository",
            "ecr:PutImageTagMutability",
            "ecr:PutLifecyclePolicy",
            "ecr:SetRepositoryPolicy",
        ])
            assert.ok(!on(action, "fargate/web"), action);
    });

    it("does nothing else that a deploy role does", () => {
        const others = updateActions(true).filter(action => !push.includes(action) && action !== "ecr:GetAuthorizationToken");
        assert.deepEqual(
            others.filter(action => isAllowed(build, requestFor(action, "dev")) || on(action, "fargate/web")),
            [],
        );
    });
});

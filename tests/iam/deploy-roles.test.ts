import assert from "node:assert/strict";
import { updateActions } from "../../iam/actions";
import { deployPolicies } from "../../iam/roles";
import { Context, isAllowed } from "./evaluate";
import { STATE, boundaryOf, scopeOf, tags } from "./requests";

const dev = { identity: Object.values(deployPolicies(scopeOf("dev"), STATE)) };
const account = "arn:aws:iam::123456789012";

const on = (action: string, arn: string, context: Context = {}) => isAllowed(dev, { action, resources: [{ arn }], context });

describe("the deploy role of dev, with roles,", () => {
    it("makes and changes roles only under the boundary of dev", () => {
        const role = `${account}:role/fargate-dev-web-task`;
        const bounded = [
            "CreateRole",
            "PutRolePolicy",
            "DeleteRolePolicy",
            "UpdateRole",
            "UpdateAssumeRolePolicy",
            "PutRolePermissionsBoundary",
            "DeleteRole",
        ];
        for (const name of bounded) {
            assert.ok(on(`iam:${name}`, role, { "iam:PermissionsBoundary": boundaryOf("dev") }), name);
            assert.ok(!on(`iam:${name}`, role), `${name} without a boundary`);
            assert.ok(!on(`iam:${name}`, role, { "iam:PermissionsBoundary": boundaryOf("prod") }), `${name} with prod's`);
            assert.ok(
                !on(`iam:${name}`, role, { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" }),
                name,
            );
        }
    });

    it("takes no boundary away, and changes no policy that bounds or allows", () => {
        const role = `${account}:role/fargate-dev-web-task`;
        assert.ok(!on("iam:DeleteRolePermissionsBoundary", role, { "iam:PermissionsBoundary": boundaryOf("dev") }));
        const another = { Effect: "Allow", Action: ["iam:*"], Resource: ["*"] } as const;
        const withMore = { identity: [...dev.identity, { Version: "2012-10-17", Statement: [another] } as const] };
        const request = { action: "iam:DeleteRolePermissionsBoundary", resources: [{ arn: role }] };
        assert.ok(!isAllowed(withMore, request), "not even with a policy that somebody adds");
        for (const name of [
            "CreatePolicyVersion",
            "SetDefaultPolicyVersion",
            "DeletePolicy",
            "DeletePolicyVersion",
            "CreatePolicy",
        ])
            assert.ok(!on(`iam:${name}`, boundaryOf("dev")), name);
        for (const name of ["AttachRolePolicy", "DetachRolePolicy"])
            assert.ok(!on(`iam:${name}`, role, { "iam:PermissionsBoundary": boundaryOf("dev") }), name);
    });

    it("makes policies with dev's names, changes the text of none, and attaches them to bounded roles alone", () => {
        const policy = `${account}:policy/fargate-dev-web-execution-1a2b`;
        const role = `${account}:role/fargate-dev-web-execution`;
        const others = [
            "fargate-prod-web-execution-1a2b",
            "payroll",
            "fargate-bootstrap/fargate-deploy-dev-state",
            "fargate-dev/x",
        ];
        for (const name of ["CreatePolicy", "DeletePolicy", "GetPolicy", "TagPolicy"]) {
            assert.ok(on(`iam:${name}`, policy), name);
            for (const other of others) assert.ok(!on(`iam:${name}`, `${account}:policy/${other}`), `${name} ${other}`);
            assert.ok(!on(`iam:${name}`, boundaryOf("dev")), name);
        }
        for (const name of ["CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicyVersion"])
            assert.ok(!on(`iam:${name}`, policy), name);
        for (const action of ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]) {
            const bounded = { "iam:PermissionsBoundary": boundaryOf("dev") };
            assert.ok(on(action, role, { ...bounded, "iam:PolicyARN": policy }), action);
            assert.ok(!on(action, role, { "iam:PolicyARN": policy }), `${action} without a boundary`);
            assert.ok(!on(action, role, { "iam:PermissionsBoundary": boundaryOf("prod"), "iam:PolicyARN": policy }), action);
            const foreign = [...others.map(other => `${account}:policy/${other}`), "arn:aws:iam::aws:policy/AdministratorAccess"];
            for (const arn of foreign) assert.ok(!on(action, role, { ...bounded, "iam:PolicyARN": arn }), `${action} ${arn}`);
        }
    });

    it("tags roles as it makes them, and afterwards its own alone, which stay dev's", () => {
        const role = `${account}:role/fargate-dev-web-task`;
        const asDev = tags("aws:RequestTag", "dev");
        const ofDev = tags("aws:ResourceTag", "dev");
        assert.ok(on("iam:TagRole", role, asDev));
        assert.ok(on("iam:TagRole", role, { ...ofDev, "aws:RequestTag/team": "shop" }));
        assert.ok(!on("iam:TagRole", role, { "aws:RequestTag/team": "shop" }));
        assert.ok(!on("iam:TagRole", role, tags("aws:RequestTag", "prod")));
        assert.ok(!on("iam:TagRole", role, { ...ofDev, ...tags("aws:RequestTag", "prod") }));
        assert.ok(!on("iam:TagRole", role, { ...asDev, "aws:ResourceTag/project": "payroll" }));
        assert.ok(!on("iam:TagRole", `${account}:role/fargate-dev-administrator`, asDev));
        assert.ok(on("iam:UntagRole", role, { ...ofDev, "aws:TagKeys": ["team"] }));
        assert.ok(!on("iam:UntagRole", role, { "aws:TagKeys": ["team"] }));
    });

    it("passes its roles to ECS tasks, and no role to anything else", () => {
        const pass = (arn: string, service: string) => on("iam:PassRole", arn, { "iam:PassedToService": service });
        assert.ok(pass(`${account}:role/fargate-dev-web-task`, "ecs-tasks.amazonaws.com"));
        assert.ok(!pass(`${account}:role/fargate-dev-web-task`, "ec2.amazonaws.com"));
        assert.ok(!pass(`${account}:role/fargate-dev-web-task`, "lambda.amazonaws.com"));
        assert.ok(!pass(`${account}:role/fargate-prod-web-task`, "ecs-tasks.amazonaws.com"));
        assert.ok(!pass(`${account}:role/fargate-bootstrap/fargate-deploy-dev`, "ecs-tasks.amazonaws.com"));
        assert.ok(!on("iam:PassRole", `${account}:role/fargate-dev-web-task`));
        // No name that tasks' roles have.
        assert.ok(pass(`${account}:role/fargate-dev-web-execution`, "ecs-tasks.amazonaws.com"));
        for (const name of ["fargate-dev-administrator", "fargate-dev-task-x", "fargate-dev-web-tasks"])
            assert.ok(!pass(`${account}:role/${name}`, "ecs-tasks.amazonaws.com"), name);
    });

    it("touches no role of the bootstrap, its own included", () => {
        const context = { "iam:PermissionsBoundary": boundaryOf("dev"), "iam:PassedToService": "ecs-tasks.amazonaws.com" };
        for (const name of ["fargate-deploy-dev", "fargate-deploy-prod", "fargate-preview", "fargate-build"]) {
            const arn = `${account}:role/fargate-bootstrap/${name}`;
            assert.deepEqual(
                updateActions(true).filter(action => action.startsWith("iam:") && on(action, arn, context)),
                [],
            );
        }
    });

    it("makes service-linked roles of the three services that it uses, and no other", () => {
        const linked = (role: string) => on("iam:CreateServiceLinkedRole", `${account}:role/aws-service-role/${role}`);
        assert.ok(linked("ecs.amazonaws.com/AWSServiceRoleForECS"));
        assert.ok(linked("elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing"));
        assert.ok(linked("ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService"));
        assert.ok(!linked("autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"));
        assert.ok(!on("iam:CreateServiceLinkedRole", `${account}:role/fargate-dev-web-task`));
    });
});

import assert from "node:assert/strict";
import { isAllowed } from "../iam/evaluate";
import { jobsBoundaryPolicy } from "../../iam/boundary";
import type { PolicyDocument } from "../../iam/documents";
import { STATE, scopeOf } from "../iam/requests";
import { boundaryPolicy } from "../../iam/boundary";
import { inventory } from "../../tools/inventory/inventory";
import { Declared } from "../support/declared";
import { WEB, configuration } from "../support/given";
import { sample } from "../support/sample";

const NIGHTLY = { of: "web", command: ["npm", "run", "report"], cron: "0 3 * * 1-5", timeZone: "Asia/Seoul", timeoutMinutes: 30 };
const IMPORT = { build: { context: "./app" }, retries: 2, parallel: 4, timeoutMinutes: 60 };
const BOUNDARY = "arn:aws:iam::123456789012:policy/fargate-bootstrap/fargate-boundary-dev";

async function declared(jobs: object, more: object = {}): Promise<Declared> {
    const files = sample("dev");
    const config = configuration({ services: { web: WEB }, jobs, ...more });
    const { resources, outputs } = await inventory("dev", { ...files, config });
    return new Declared(resources, outputs);
}

const definitionOf = (stack: Declared, job: string) =>
    JSON.parse(String(stack.inputs(`sfn.StateMachine ${job}-workflow`)["definition"])) as {
        States: Record<string, Record<string, unknown> & { ItemProcessor?: { States: Record<string, Record<string, unknown>> } }>;
    };
/** Of a plan, which knows no account: the tests' own stands in. */
const policyOf = (stack: Declared, label: string) => {
    const { policy, assumeRolePolicy } = stack.inputs(label);
    return JSON.parse(String(policy ?? assumeRolePolicy).replaceAll("000000000000", "123456789012")) as PolicyDocument;
};

describe("a job", () => {
    it("is a task that a state machine runs, an alarm, and a schedule only where it has one", async () => {
        const stack = await declared({ nightly: NIGHTLY, import: IMPORT });
        const of = (job: string) => stack.list.filter(label => new RegExp(` ${job}(-|$)`).test(label));
        const common = (job: string) => [
            `Job ${job}`,
            `Task ${job}-task`,
            `cloudwatch.LogGroup ${job}-task-logs`,
            `cloudwatch.MetricAlarm ${job}-failed`,
            `ec2.SecurityGroup ${job}-group`,
            `ecs.TaskDefinition ${job}-task-definition`,
            `iam.Role ${job}-task-execution`,
            `iam.Role ${job}-workflow`,
            `iam.RolePolicy ${job}-task-execution`,
            `iam.RolePolicy ${job}-workflow`,
            `sfn.StateMachine ${job}-workflow`,
            `vpc.SecurityGroupEgressRule ${job}-to-endpoints`,
            `vpc.SecurityGroupEgressRule ${job}-to-s3`,
            `vpc.SecurityGroupIngressRule ${job}-endpoints-in`,
        ];
        const schedule = ["iam.Role nightly-schedule", "iam.RolePolicy nightly-schedule", "scheduler.Schedule nightly-schedule"];
        assert.deepEqual(of("nightly"), [...common("nightly"), ...schedule].sort());
        const own = [
            "Image import-image",
            "Registry import-registry",
            "ecr.LifecyclePolicy import-registry-lifecycle",
            "ecr.Repository import-registry-repository",
        ];
        assert.deepEqual(
            of("import").filter(label => !label.startsWith("docker-build.")),
            [...common("import"), ...own].sort(),
        );
    });

    it("of a service runs the very image of the service, which is built once", async () => {
        const stack = await declared({ nightly: NIGHTLY });
        const container = (task: string) =>
            (
                JSON.parse(String(stack.inputs(`ecs.TaskDefinition ${task}-task-definition`)["containerDefinitions"])) as Record<
                    string,
                    unknown
                >[]
            )[0];
        assert.equal(container("nightly")?.["image"], container("web")?.["image"]);
        assert.deepEqual(container("nightly")?.["command"], ["npm", "run", "report"]);
        assert.deepEqual(container("nightly")?.["portMappings"], []);
        assert.ok(!("command" in (container("web") ?? {})));
        assert.equal(stack.list.filter(label => label.startsWith("Image ")).length, 1);
    });

    it("holds its time, its further attempts and its indices for the tasks, not for their start", async () => {
        const stack = await declared({ nightly: NIGHTLY, import: IMPORT });
        const one = definitionOf(stack, "nightly").States["Run"] ?? {};
        assert.equal(one["Resource"], "arn:aws:states:::ecs:runTask.sync");
        assert.deepEqual([one["TimeoutSeconds"], one["Retry"], one["End"]], [1800, undefined, true]);
        const parameters = one["Parameters"] as Record<string, unknown>;
        assert.equal(parameters["LaunchType"], "FARGATE");
        assert.equal(parameters["TaskDefinition"], "arn:aws:TaskDefinition:nightly-task-definition");
        assert.equal(
            (parameters["NetworkConfiguration"] as { AwsvpcConfiguration: Record<string, unknown> }).AwsvpcConfiguration[
                "AssignPublicIp"
            ],
            "DISABLED",
        );
        assert.ok(!("Overrides" in parameters));

        const { Indices, All } = definitionOf(stack, "import").States;
        assert.deepEqual(Indices?.["Result"], ["0", "1", "2", "3"]);
        const each = All?.ItemProcessor?.States["Run"];
        assert.equal(each?.["TimeoutSeconds"], 3600);
        assert.deepEqual(each["Retry"], [
            { ErrorEquals: ["States.ALL"], MaxAttempts: 2, IntervalSeconds: 30, BackoffRate: 2, MaxDelaySeconds: 600 },
        ]);
        assert.deepEqual((each["Parameters"] as Record<string, unknown>)["Overrides"], {
            ContainerOverrides: [
                {
                    Name: "import",
                    Environment: [
                        { Name: "JOB_INDEX", "Value.$": "$" },
                        { Name: "JOB_COUNT", Value: "4" },
                    ],
                },
            ],
        });
    });

    it("beside sidecars has failed where its own container has, whatever code they are stopped with", async () => {
        const sidecars = { proxy: { image: "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/proxy:1" } };
        const stack = await declared({ nightly: { ...NIGHTLY, retries: 1, sidecars }, import: { ...IMPORT, sidecars } });
        type States = Record<string, Record<string, unknown> & { Branches?: { StartAt: string; States: States }[] }>;
        for (const states of [
            definitionOf(stack, "nightly").States as States,
            definitionOf(stack, "import").States["All"]?.ItemProcessor?.States as States,
        ]) {
            // Another attempt is another task, and only where this one has failed.
            const { Attempt = {} } = states;
            assert.ok(Attempt["Retry"]);
            const [branch] = Attempt.Branches ?? [];
            assert.ok(branch);
            assert.equal(branch.States["Run"]?.["Retry"], undefined);
            assert.deepEqual(branch.States["Run"]?.["Catch"], [{ ErrorEquals: ["States.TaskFailed"], Next: "HasEnded" }]);
            for (const state of Object.values(branch.States)) {
                const choices = (state["Choices"] ?? []) as { Next: string }[];
                for (const next of [state["Next"], state["Default"], ...choices.map(choice => choice.Next)] as (
                    string | undefined
                )[])
                    assert.ok(next === undefined || Object.hasOwn(branch.States, next), next);
            }
            assert.deepEqual(branch.States["Failed"], { Type: "Fail", ErrorPath: "$.Error", CausePath: "$.Cause" });
        }
        const own = JSON.stringify(definitionOf(stack, "nightly"));
        assert.ok(own.includes("$.task.Containers[?(@.Name=='nightly')].ExitCode"), own);
    });

    it("is on Spot where that is asked for", async () => {
        const stack = await declared({ nightly: { ...NIGHTLY, spot: true } });
        const parameters = definitionOf(stack, "nightly").States["Run"]?.["Parameters"] as Record<string, unknown>;
        assert.deepEqual(parameters["CapacityProviderStrategy"], [{ CapacityProvider: "FARGATE_SPOT", Weight: 1 }]);
        assert.ok(!("LaunchType" in parameters));
    });

    it("is due in its own time zone, with a window where one is asked for", async () => {
        const stack = await declared({
            nightly: NIGHTLY,
            hourly: { ...NIGHTLY, cron: "@hourly", timeoutMinutes: 5, flexibleMinutes: 10 },
        });
        const schedule = stack.inputs("scheduler.Schedule nightly-schedule");
        assert.equal(schedule["scheduleExpression"], "cron(0 3 ? * MON,TUE,WED,THU,FRI *)");
        assert.equal(schedule["scheduleExpressionTimezone"], "Asia/Seoul");
        assert.deepEqual(schedule["flexibleTimeWindow"], { mode: "OFF" });
        assert.deepEqual(stack.inputs("scheduler.Schedule hourly-schedule")["flexibleTimeWindow"], {
            mode: "FLEXIBLE",
            maximumWindowInMinutes: 10,
        });
    });

    it("raises its alarm at the first run of a day that fails", async () => {
        const stack = await declared({ nightly: NIGHTLY });
        const { metricName, threshold, period, treatMissingData, dimensions } = stack.inputs(
            "cloudwatch.MetricAlarm nightly-failed",
        );
        assert.deepEqual([metricName, threshold, period, treatMissingData], ["ExecutionsFailed", 1, 86_400, "notBreaching"]);
        assert.deepEqual(dimensions, { StateMachineArn: "arn:aws:StateMachine:nightly-workflow" });
    });

    it("runs as it was until the releases of its image have ended well", async () => {
        const release = { command: ["npm", "run", "migrate"] };
        const services = {
            web: { ...WEB, release },
            worker: { image: { of: "web" }, release },
            other: { ...WEB, route: undefined },
        };
        const stack = await declared({ nightly: NIGHTLY, import: IMPORT }, { services });
        const waitsFor = (job: string) =>
            ["web", "worker", "other"].filter(name =>
                stack.before(`sfn.StateMachine ${job}-workflow`).has(`ec2.SecurityGroup ${name}-group`),
            );
        assert.deepEqual([waitsFor("nightly"), waitsFor("import")], [["web", "worker"], []]);
        const without = await declared({ nightly: NIGHTLY });
        assert.ok(!without.before("sfn.StateMachine nightly-workflow").has("ec2.SecurityGroup web-group"));
    });

    it("tells where it runs, for whoever starts it by hand", async () => {
        const { outputs } = await declared({ nightly: NIGHTLY });
        assert.deepEqual((outputs as { jobs: object }).jobs, {
            nightly: {
                taskDefinition: "arn:aws:TaskDefinition:nightly-task-definition",
                cluster: "fargate-dev",
                subnetIds: ["Vpc:network-private-1", "Vpc:network-private-2"],
                securityGroupId: "SecurityGroup:nightly-group",
                logGroup: "fargate-dev-nightly",
                container: "nightly",
            },
        });
        assert.ok(!("jobs" in ((await declared({})).outputs as object)));
    });
});

describe("a stack of jobs alone", () => {
    it("has a network, a cluster and no load balancer", async () => {
        const stack = await declared({ import: { ...IMPORT, cron: "0 3 * * *" } }, { services: undefined });
        for (const label of ["ecs.Cluster cluster-cluster", "Image import-image", "scheduler.Schedule import-schedule"])
            assert.ok(stack.list.includes(label), label);
        assert.ok(!stack.list.some(label => /^(Service|LoadBalancer|ecs\.Service) /.test(label)));
        assert.deepEqual((stack.outputs as { services: object }).services, {});
    });
});

describe("what runs a job", () => {
    const ECS = "arn:aws:ecs:ap-northeast-2:123456789012";
    const role = async (more: object = {}) => {
        const stack = await declared({ nightly: NIGHTLY }, more);
        return { stack, identity: [policyOf(stack, "iam.RolePolicy nightly-workflow")] };
    };
    const run = (family: string, cluster = "fargate-dev") => ({
        action: "ecs:RunTask",
        resources: [{ arn: `${ECS}:task-definition/${family}:7` }],
        context: { "ecs:cluster": `${ECS}:cluster/${cluster}` },
    });
    const pass = (arn: string, to = "ecs-tasks.amazonaws.com") => ({
        action: "iam:PassRole",
        resources: [{ arn }],
        context: { "iam:PassedToService": to },
    });

    it("may run this job's tasks on this cluster with their roles, and no others", async () => {
        const { identity } = await role();
        assert.ok(isAllowed({ identity }, run("fargate-dev-nightly")));
        assert.ok(isAllowed({ identity }, pass("arn:aws:Role:nightly-task-execution")));
        for (const request of [
            run("fargate-dev-web"),
            run("fargate-dev-nightly", "fargate-prod"),
            pass("arn:aws:Role:web-task-execution"),
            pass("arn:aws:Role:nightly-task-execution", "lambda.amazonaws.com"),
            { action: "ecs:StopTask", resources: [{ arn: `${ECS}:task/fargate-prod/1` }] },
        ])
            assert.ok(!isAllowed({ identity }, request), JSON.stringify(request));
        assert.ok(isAllowed({ identity }, { action: "ecs:StopTask", resources: [{ arn: `${ECS}:task/fargate-dev/1` }] }));
    });

    it("is taken in the name of this machine alone, and of this account's schedules", async () => {
        const { stack } = await role();
        const trust = (label: string) => policyOf(stack, label).Statement[0]?.Condition;
        assert.deepEqual(trust("iam.Role nightly-workflow"), {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:states:ap-northeast-2:123456789012:stateMachine:fargate-dev-nightly" },
        });
        assert.deepEqual(trust("iam.Role nightly-schedule"), {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:scheduler:ap-northeast-2:123456789012:schedule-group/default" },
        });
        assert.deepEqual(policyOf(stack, "iam.RolePolicy nightly-schedule").Statement, [
            {
                Sid: "StartRuns",
                Effect: "Allow",
                Action: ["states:StartExecution"],
                Resource: ["arn:aws:StateMachine:nightly-workflow"],
            },
        ]);
    });

    it("is under the bootstrap's boundary of jobs, tasks under theirs; another boundary is for both", async () => {
        const { stack } = await role({ permissionsBoundary: BOUNDARY });
        const of = (declaredIn: Declared, label: string) => declaredIn.inputs(label)["permissionsBoundary"];
        const jobs = BOUNDARY.replace("fargate-boundary-dev", "fargate-jobs-boundary-dev");
        assert.deepEqual(
            ["nightly-task-execution", "nightly-workflow", "nightly-schedule"].map(name => of(stack, `iam.Role ${name}`)),
            [BOUNDARY, jobs, jobs],
        );
        const own = "arn:aws:iam::123456789012:policy/ours";
        const other = (await role({ permissionsBoundary: own })).stack;
        assert.deepEqual([of(other, "iam.Role nightly-task-execution"), of(other, "iam.Role nightly-workflow")], [own, own]);
    });

    it("has all that it needs within that boundary, which tasks have not", async () => {
        const { identity } = await role();
        const boundary = jobsBoundaryPolicy(scopeOf("dev"));
        const TASK_ROLE = "arn:aws:iam::123456789012:role/fargate-dev-nightly-execution";
        const everything = [
            { Version: "2012-10-17" as const, Statement: [{ Effect: "Allow" as const, Action: ["*"], Resource: ["*"] }] },
        ];
        assert.ok(isAllowed({ identity, boundary }, run("fargate-dev-nightly")));
        for (const statement of identity[0]?.Statement ?? [])
            for (const action of statement.Action.filter(each => each.startsWith("events:")))
                for (const arn of statement.Resource ?? [])
                    assert.ok(isAllowed({ identity, boundary }, { action, resources: [{ arn }] }), action);
        assert.ok(isAllowed({ identity: everything, boundary }, pass(TASK_ROLE)));
        assert.ok(!isAllowed({ identity: everything, boundary }, pass(TASK_ROLE.replace("dev", "prod"))));
        assert.ok(!isAllowed({ identity: everything, boundary }, run("fargate-prod-nightly")));
        assert.ok(!isAllowed({ identity: everything, boundary: boundaryPolicy(scopeOf("dev"), STATE, []) }, pass(TASK_ROLE)));
    });
});

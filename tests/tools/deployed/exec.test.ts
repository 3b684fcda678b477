import assert from "node:assert/strict";
import { execClient, describeExec, startSession } from "../../../tools/deployed/aws/exec";
import { declaredIn, findTarget } from "../../../tools/deployed/exec";
import { rolloutsIn } from "../../../tools/deployed/rollouts";
import { REGION, WEB, settings } from "../../support/given";
import { Answers, failure, fakeClients } from "../../support/rollout-fakes";

const DEPLOYED = { cluster: "arn:aws:ecs:r:1:cluster/fargate-dev", serviceName: "web-1234567" };
const TARGET = { task: "a", container: "web", runtimeId: "a-1", command: ["sh", "-c", "ls -l | wc"], running: 1 };
const TASK = {
    taskArn: "arn:aws:ecs:r:1:task/fargate-dev/a",
    lastStatus: "RUNNING",
    startedAt: new Date(0),
    enableExecuteCommand: true,
    containers: [
        {
            name: "web",
            runtimeId: "a-1",
            managedAgents: [{ name: "ExecuteCommandAgent", lastStatus: "RUNNING", reason: undefined }],
        },
        { name: "proxy", runtimeId: "a-2" },
    ],
};

function client(answers: Answers) {
    const asked: [string, unknown][] = [];
    return { client: { ecs: fakeClients(answers, (name, input) => asked.push([name, input])).ecs, url: "u" }, asked };
}

describe("ECS, asked about ECS Exec", () => {
    it("tells a service's tasks, however many pages they are", async () => {
        const { client: fake, asked } = client({
            DescribeServices: [{ services: [{ enableExecuteCommand: true }] }],
            ListTasks: [{ taskArns: [TASK.taskArn], nextToken: "more" }, { taskArns: Array<string>(100).fill("b") }],
            DescribeTasks: [
                { tasks: [TASK] },
                { tasks: [{ ...TASK, taskArn: "task/b", enableExecuteCommand: undefined, containers: [] }] },
            ],
        });
        const { hasExec, tasks } = await describeExec(fake, DEPLOYED);
        assert.equal(hasExec, true);
        assert.deepEqual(tasks[0], {
            ...{ id: "a", status: "RUNNING", startedAt: new Date(0), hasExec: true },
            containers: [
                { name: "web", runtimeId: "a-1", agent: "RUNNING", reason: undefined },
                { name: "proxy", runtimeId: "a-2", agent: undefined, reason: undefined },
            ],
        });
        assert.deepEqual([tasks[1]?.id, tasks[1]?.hasExec], ["b", false]);
        assert.deepEqual(
            asked.map(([name]) => name),
            ["DescribeServices", "ListTasks", "ListTasks", "DescribeTasks", "DescribeTasks"],
        );
    });

    it("starts what was asked for, the words as one line", async () => {
        const session = { sessionId: "s", streamUrl: "wss://x", tokenValue: "t" };
        const { client: fake, asked } = client({ ExecuteCommand: [{ session }] });
        assert.deepEqual(await startSession(fake, DEPLOYED.cluster, TARGET), session);
        assert.deepEqual(asked, [
            [
                "ExecuteCommand",
                {
                    cluster: DEPLOYED.cluster,
                    task: "a",
                    container: "web",
                    command: "sh -c 'ls -l | wc'",
                    interactive: true,
                },
            ],
        ]);
    });

    it("that refuses is told with the action and what helps; what fails otherwise with AWS's reason", async () => {
        const refusing = (name: string) => startSession(client({ ExecuteCommand: [failure(name)] }).client, "c", TARGET);
        await assert.rejects(refusing("AccessDeniedException"), {
            message:
                "AWS refuses a command in the task a: ecs:ExecuteCommand is not allowed.\nAccessDeniedException happened\nNext: credentials of a role that may, docs/operate.md#permissions",
        });
        await assert.rejects(
            refusing("TargetNotConnectedException"),
            /^Error: AWS cannot be asked for a command in the task a: Target/,
        );
        await assert.rejects(startSession(client({ ExecuteCommand: [{}] }).client, "c", TARGET), /opened no session/);
    });

    it("answers where the region's ECS is", async () => {
        assert.equal((await execClient(settings())).url, `https://ecs.${REGION}.amazonaws.com`);
        assert.equal((await execClient({ ...settings(), region: "cn-north-1" })).url, "https://ecs.cn-north-1.amazonaws.com.cn");
    });
});

describe("a service that a command is to be run in", () => {
    const resources = (exec: boolean) => {
        const made = [
            ["aws:ecs/service:Service", "web", { cluster: DEPLOYED.cluster, name: DEPLOYED.serviceName }],
            ["aws:ecs/taskDefinition:TaskDefinition", "web-task-definition", { arn: "d:1" }],
        ] as const;
        const state = {
            deployment: { resources: made.map(([type, name, outputs]) => ({ type, urn: `urn::x::${name}`, outputs })) },
        };
        return rolloutsIn(state, settings({ services: { web: { ...WEB, exec } } }));
    };

    it("is one of the stack that was deployed", () => {
        assert.deepEqual(declaredIn(resources(true), "dev", "web"), { service: "web", ...DEPLOYED, isWritten: true });
        assert.equal(declaredIn(resources(false), "dev", "web").isWritten, false);
        assert.throws(() => declaredIn(resources(true), "dev", "api"), /^Error: dev has no service api\. Allowed: web$/);
        const never = rolloutsIn({ deployment: {} }, settings());
        assert.throws(() => declaredIn(never, "dev", "web"), /^Error: web is not deployed in dev\. Next: npm run up -- dev$/);
    });

    it("and its task are found together", async () => {
        const { client: fake } = client({
            DescribeServices: [{ services: [{ enableExecuteCommand: true }] }],
            ListTasks: [{ taskArns: [TASK.taskArn] }],
            DescribeTasks: [{ tasks: [TASK] }],
        });
        const found = await findTarget(fake, "dev", declaredIn(resources(true), "dev", "web"), { words: [] });
        assert.deepEqual(found, { task: "a", container: "web", runtimeId: "a-1", command: ["/bin/sh"], running: 1 });
    });
});

import * as assert from "node:assert/strict";
import * as path from "node:path";
import { clientsFor } from "../../lookups/aws-clients";
import { taskRunner } from "../../lookups/run-task";
import type { DeclaredRun } from "../../model/task-run";
import { PROJECT_FOLDER } from "../../settings";
import type { Answer } from "../../tools/cli/command";
import { runJob } from "../../tools/deployed/job";
import { Emulator, startEmulator } from "../../tools/sandbox/emulator";
import { ask } from "../fixtures/review/ecs";
import type { Wish } from "./harness";

const REGION = "ap-northeast-2";
const FAMILY = "fargate-dev-nightly";

/** The command on the emulator's ECS and CloudWatch Logs; what a stack declares for it is made by hand. */
describe("a job that is run", function () {
    this.timeout(5 * 60_000);
    let emulator: Emulator;
    let declared: DeclaredRun;

    before(async () => {
        process.env["SANDBOX_VENV"] ??= path.join(PROJECT_FOLDER, ".sandbox", "venv");
        emulator = await startEmulator(path.join(PROJECT_FOLDER, ".sandbox", "engine-job"));
        process.env["AWS_ENDPOINT_URL"] = emulator.url;
        await ask("CreateCluster", { clusterName: "fargate-dev", capacityProviders: ["FARGATE"] });
        await ask("CreateLogGroup", { logGroupName: FAMILY }, "logs", "Logs_20140328");
        const options = { "awslogs-group": FAMILY, "awslogs-region": REGION, "awslogs-stream-prefix": "nightly" };
        const container = { name: "nightly", image: "a:1", logConfiguration: { logDriver: "awslogs", options } };
        const made = (await ask("RegisterTaskDefinition", {
            ...{ family: FAMILY, cpu: "256", memory: "512", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"] },
            containerDefinitions: [container],
        })) as { taskDefinition: { taskDefinitionArn: string } };
        const subnets = await fetch(emulator.url, {
            method: "POST",
            headers: {
                "content-type": "application/x-www-form-urlencoded",
                authorization: `AWS4-HMAC-SHA256 Credential=sandbox/20260101/${REGION}/ec2/aws4_request, SignedHeaders=host, Signature=none`,
            },
            body: "Action=DescribeSubnets&Version=2016-11-15",
        }).then(response => response.text());
        declared = {
            name: "nightly",
            cluster: "fargate-dev",
            taskDefinition: made.taskDefinition.taskDefinitionArn,
            container: "nightly",
            subnetIds: [/subnet-\w+/.exec(subnets)?.[0] ?? ""],
            securityGroupId: "sg-1",
            logGroup: FAMILY,
            startedBy: "job/nightly",
            atMostSeconds: 60,
        };
    });
    after(() => emulator.stop());

    const outcome = async (wish: Omit<Wish, "family">) => {
        const body = JSON.stringify({ family: FAMILY, ...wish });
        const response = await fetch(`${emulator.url}/sandbox/ecs/outcome`, { method: "POST", body });
        assert.ok(response.ok, await response.text());
    };

    async function run(changes: Partial<DeclaredRun> = {}, onLine = (_: string) => {}): Promise<Answer & { log: string[] }> {
        const log: string[] = [];
        const runner = taskRunner(() =>
            clientsFor({
                region: REGION,
                accessKey: "a",
                secretKey: "b",
                endpoints: [{ ecs: emulator.url, logs: emulator.url }],
            }),
        );
        const answer = await runJob({ ...declared, ...changes }, undefined, runner, line => {
            log.push(line);
            onLine(line);
        });
        return { ...answer, log };
    }

    it("ends with 0 after its log, with the command that was given", async () => {
        const { exitCode, log, text } = await run({ command: ["npm", "run", "report"] });
        assert.deepEqual(log, ["nothing of this runs in the sandbox: npm run report"]);
        assert.match(text, /^nightly succeeded, exit code 0, after \d+ s\.$/);
        assert.equal(exitCode, 0);
    });

    it("ends with its own exit code, or with 1 and the reason where it never ran", async () => {
        await outcome({ status: "STOPPED", logs: ["no such table"] });
        const failed = await run();
        assert.deepEqual([failed.exitCode, failed.log], [1, ["no such table"]]);
        await outcome({ status: "STOPPED", cause: "image-missing" });
        const never = await run();
        assert.equal(never.exitCode, 1);
        assert.match(never.text, /CannotPullContainerError/);
        await outcome({ status: "STOPPED", cause: "out-of-memory" });
        assert.equal((await run()).exitCode, 137);
    });

    it("is stopped when its time is over, and ends with 124", async () => {
        await outcome({ status: "IN_PROGRESS" });
        const { exitCode, text } = await run({ atMostSeconds: 3 });
        assert.equal(exitCode, 124);
        assert.match(text, /UserInitiated: Not within 3 s/);
    });

    it("is stopped by a signal, as Ctrl-C sends one, and ends with 130", async () => {
        await outcome({ status: "IN_PROGRESS" });
        const { exitCode, text } = await run({}, () => process.emit("SIGTERM", "SIGTERM"));
        assert.equal(exitCode, 130);
        assert.match(text, /UserInitiated: Interrupted/);
    });
});

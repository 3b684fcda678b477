import * as assert from "node:assert/strict";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PROJECT_FOLDER } from "../../settings";
import { ExecClient, describeExec, execClient, startSession } from "../../tools/deployed/aws/exec";
import { ExecService, execTarget } from "../../tools/deployed/exec-target";
import { Emulator, startEmulator } from "../../tools/sandbox/emulator";
import { ask } from "../fixtures/review/ecs";

const region = "ap-northeast-2";
const CLUSTER = "fargate-dev";
const SESSIONS = { cloudWatchLogGroupName: "fargate-dev-exec/sessions", cloudWatchEncryptionEnabled: false };

/** The command on the emulator's ECS; what a stack declares for it is made by hand. */
describe("ECS Exec", function () {
    this.timeout(5 * 60_000);
    let emulator: Emulator;
    let client: ExecClient;

    before(async () => {
        process.env["SANDBOX_VENV"] ??= path.join(PROJECT_FOLDER, ".sandbox", "venv");
        emulator = await startEmulator(path.join(PROJECT_FOLDER, ".sandbox", "engine-exec"));
        process.env["AWS_ENDPOINT_URL"] = emulator.url;
        const aws = { region, accessKey: "a", secretKey: "b", endpoints: [{ ecs: emulator.url }] };
        client = await execClient({ region, aws });
        await ask("CreateCluster", {
            clusterName: CLUSTER,
            capacityProviders: ["FARGATE"],
            configuration: { executeCommandConfiguration: { logging: "OVERRIDE", logConfiguration: SESSIONS } },
        });
        await ask("RegisterTaskDefinition", {
            ...{ family: "web", cpu: "256", memory: "512", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"] },
            containerDefinitions: [
                { name: "web", image: "a:1", readonlyRootFilesystem: false },
                { name: "proxy", image: "a:1", readonlyRootFilesystem: true },
            ],
        });
        const awsvpcConfiguration = {
            subnets: [/subnet-\w+/.exec(await ec2("DescribeSubnets"))?.[0] ?? ""],
            securityGroups: [/sg-\w+/.exec(await ec2("DescribeSecurityGroups"))?.[0] ?? ""],
        };
        for (const [serviceName, enableExecuteCommand] of [
            ["web", true],
            ["closed", false],
        ] as const)
            await ask("CreateService", {
                ...{ cluster: CLUSTER, serviceName, enableExecuteCommand, taskDefinition: "web", desiredCount: 2 },
                ...{ launchType: "FARGATE", networkConfiguration: { awsvpcConfiguration } },
            });
    });
    after(() => emulator.stop());

    async function ec2(action: string): Promise<string> {
        const response = await fetch(emulator.url, {
            method: "POST",
            headers: {
                "content-type": "application/x-www-form-urlencoded",
                authorization: `AWS4-HMAC-SHA256 Credential=sandbox/20260101/${region}/ec2/aws4_request, SignedHeaders=host, Signature=none`,
            },
            body: `Action=${action}&Version=2016-11-15`,
        });
        return response.text();
    }

    /** A service when both of its tasks run. */
    async function settled(serviceName: string): Promise<ExecService> {
        for (;;) {
            const found = await describeExec(client, { cluster: CLUSTER, serviceName });
            const running = found.tasks.filter(({ status }) => status === "RUNNING");
            if (running.length === 2) return { stack: "dev", service: "web", isWritten: true, ...found };
            await sleep(200);
        }
    }

    it("reaches the service's own container of a running task, and no sidecar", async () => {
        const found = await settled("web");
        const target = execTarget(found, { words: ["ls"] });
        assert.ok(found.tasks.some(({ id }) => id === target.task));
        assert.deepEqual([target.container, target.running], ["web", 2]);
        assert.match(target.runtimeId, new RegExp(`^${target.task}-\\d+$`));
        assert.throws(() => execTarget(found, { words: [], container: "proxy" }), /is STOPPED in the container proxy/);
        assert.throws(() => execTarget(found, { words: [], container: "db" }), /no container db\. Allowed: web, proxy$/);
    });

    it("reaches no task of a service without it, nor one that was started before", async () => {
        const closed = await settled("closed");
        assert.throws(() => execTarget(closed, { words: [] }), /ECS does not know yet/);
        assert.throws(() => execTarget({ ...closed, hasExec: true }, { words: [] }), /was started before web had exec: true/);
    });

    it("is not there in the emulator, which nobody is told otherwise", async () => {
        const target = execTarget(await settled("web"), { words: [] });
        await assert.rejects(
            startSession(client, CLUSTER, target),
            /^Error: AWS cannot be asked for a command in the task \w+: .*ecs:ExecuteCommand/,
        );
    });

    it("logs where the cluster says until the cluster says otherwise: an update that does not speak of it changes nothing", async () => {
        const settings = [{ name: "containerInsights", value: "enabled" }];
        const logging = async () => {
            const { clusters } = (await ask("DescribeClusters", { clusters: [CLUSTER], include: ["CONFIGURATIONS"] })) as {
                clusters: { configuration?: { executeCommandConfiguration: unknown } }[];
            };
            return clusters[0]?.configuration?.executeCommandConfiguration;
        };
        await ask("UpdateCluster", { cluster: CLUSTER, settings });
        assert.deepEqual(await logging(), { logging: "OVERRIDE", logConfiguration: SESSIONS });
        await ask("UpdateCluster", { cluster: CLUSTER, configuration: { executeCommandConfiguration: { logging: "DEFAULT" } } });
        assert.deepEqual(await logging(), { logging: "DEFAULT" });
    });
});

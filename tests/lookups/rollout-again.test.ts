import assert from "node:assert/strict";
import { startAgain } from "../../lookups/rollout-again";
import { Answers, FORMER, failure, fakeClients, history, primary, services, targets, tasks } from "../support/rollout-fakes";
import { DECLARED, NEW, OLD } from "../support/verdict-fixture";

/** Whether a rollout was started, and what ECS was told. */
async function again(answers: Answers): Promise<{ isStarted: boolean; told: unknown[] }> {
    const told: unknown[] = [];
    const clients = fakeClients(
        { DescribeTargetHealth: [targets("healthy")], UpdateService: [{}], ...answers },
        (name, input) => {
            if (name === "UpdateService") told.push(input);
        },
    );
    return { isStarted: await startAgain(clients, DECLARED), told };
}

const NETWORK = { awsvpcConfiguration: { subnets: ["subnet-new"], securityGroups: ["sg-1"], assignPublicIp: "DISABLED" } };
const SPOT = [{ capacityProvider: "FARGATE_SPOT", weight: 100, base: 0 }];
const GROUPS = [{ targetGroupArn: "arn:targets-new", containerName: "web", containerPort: 8080 }];
const OF_REVISION = { networkConfiguration: NETWORK, capacityProviderStrategy: SPOT, loadBalancers: GROUPS };

/** What ECS remembers, where the revision of the last attempt has all of that. */
function remembered(...rollouts: readonly (readonly [status: string, taskDefinition: string])[]): Answers {
    const { ListServiceDeployments = [], DescribeServiceRevisions = [] } = history(...rollouts);
    const [{ serviceRevisions = [] } = {}] = DescribeServiceRevisions as { serviceRevisions?: object[] }[];
    const last = serviceRevisions.map((one, index) => ({
        ...one,
        ...(index === rollouts.length - 1 && { ...OF_REVISION, platformVersion: "1.4.0" }),
    }));
    return { ListServiceDeployments, DescribeServiceRevisions: [{ serviceRevisions: last }] };
}

const STARTED = [{ cluster: "shop-dev", service: "web-1a2b3c4", taskDefinition: NEW, forceNewDeployment: true, ...OF_REVISION }];

describe("a rollout that is started once more", () => {
    it("is the declared one, where ECS went back from it, with the network, capacity and targets that ECS took back, too", async () => {
        const answers = {
            DescribeServices: [services({ ...FORMER, status: "PRIMARY" })],
            ...remembered(["SUCCESSFUL", OLD], ["ROLLBACK_SUCCESSFUL", NEW]),
            ...tasks(),
        };
        assert.deepEqual(await again(answers), { isStarted: true, told: STARTED });
    });

    it("may be under way, and is superseded then: it may never end", async () => {
        const answers = {
            DescribeServices: [services(primary({ rolloutState: "IN_PROGRESS", runningCount: 0 }))],
            ...remembered(["SUCCESSFUL", OLD], ["IN_PROGRESS", NEW]),
        };
        assert.deepEqual(await again(answers), { isStarted: true, told: STARTED });
    });

    it("is refused where ECS does not remember it, since the definition alone is not all of it", async () => {
        const answers = {
            DescribeServices: [services({ ...FORMER, status: "PRIMARY" })],
            ...history(["SUCCESSFUL", OLD]),
            ...tasks(),
        };
        await assert.rejects(again(answers), /^Error: ECS remembers no rollout of shop-dev-web:42 by web-1a2b3c4.* --refresh/);
    });

    it("is none that ECS runs already", async () => {
        const answers = { DescribeServices: [services(primary())], ...history(["SUCCESSFUL", NEW]) };
        assert.deepEqual(await again(answers), { isStarted: false, told: [] });
    });

    it("is not where ECS gives no answer, and what is in the way of that is told", async () => {
        const clients = fakeClients({ DescribeServices: [failure("TimeoutError")] });
        await assert.rejects(startAgain({ ...clients, obstacle: "HTTPS_PROXY is set, and Node is old" }, DECLARED), {
            message:
                "ECS cannot be asked for web: TimeoutError: TimeoutError happened. Next: HTTPS_PROXY is set, and Node is old",
        });
        await assert.rejects(startAgain(clients, DECLARED), { name: "TimeoutError" });
    });
});

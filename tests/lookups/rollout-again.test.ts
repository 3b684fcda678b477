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

const STARTED = [{ cluster: "shop-dev", service: "web-1a2b3c4", taskDefinition: NEW, forceNewDeployment: true }];

describe("a rollout that is started once more", () => {
    it("is the declared one, where ECS went back from it", async () => {
        const answers = {
            DescribeServices: [services({ ...FORMER, status: "PRIMARY" })],
            ...history(["SUCCESSFUL", OLD], ["ROLLBACK_SUCCESSFUL", NEW]),
            ...tasks(),
        };
        assert.deepEqual(await again(answers), { isStarted: true, told: STARTED });
    });

    it("may be under way, and is superseded then: it may never end", async () => {
        const answers = { DescribeServices: [services(primary({ rolloutState: "IN_PROGRESS", runningCount: 0 }))] };
        assert.deepEqual(await again(answers), { isStarted: true, told: STARTED });
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

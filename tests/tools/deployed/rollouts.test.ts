import assert from "node:assert/strict";
import type { DeclaredRollout } from "../../../model/rollout-state";
import type { Outcome, Watch } from "../../../model/verdict";
import { settingsOf } from "../../../settings";
import { DeployedService, chosen, judged, rolloutsIn } from "../../../tools/deployed/rollouts";
import { UserError } from "../../../tools/cli/user-error";
import { sample } from "../../support/sample";
import { FORMER, NEW, attempt, deployment, observed } from "../../support/verdict-fixture";

const files = sample("dev");
const settings = settingsOf(files.config, files);

const URN = "urn:pulumi:dev::fargate::x";
const SERVICE = {
    type: "aws:ecs/service:Service",
    urn: `${URN}::web`,
    // ECS runs the old revision, as the provider read back.
    outputs: { cluster: "shop-dev", name: "web-1a2b3c4", taskDefinition: FORMER.taskDefinition },
};
const DEFINITION = { type: "aws:ecs/taskDefinition:TaskDefinition", urn: `${URN}::web-task-definition`, outputs: { arn: NEW } };
const REPLACED = { ...DEFINITION, delete: true, outputs: { arn: FORMER.taskDefinition } };
const state = (...resources: object[]) => ({ deployment: { resources } });

describe("the rollouts of a stack's state", () => {
    const found = (...resources: object[]) => rolloutsIn(state(...resources), settings);

    it("are of the task definition that was made last, whatever ECS runs and whatever still waits for its removal", () => {
        const expected: DeclaredRollout = {
            service: "web",
            cluster: "shop-dev",
            serviceName: "web-1a2b3c4",
            taskDefinition: NEW,
            logGroup: "fargate-dev-web",
            wait: { usualSeconds: 80, atMostSeconds: 1055 },
        };
        assert.deepEqual(
            found(REPLACED, SERVICE, DEFINITION).map(({ service, rollout }) => [service.name, rollout]),
            [["web", expected]],
        );
    });

    it("are none of a service that no update got as far as", () => {
        for (const resources of [[], [DEFINITION], [SERVICE], [SERVICE, REPLACED]])
            assert.deepEqual(
                found(...resources).map(({ rollout }) => rollout),
                [undefined],
            );
        assert.deepEqual(
            rolloutsIn({ deployment: {} }, settings).map(({ rollout }) => rollout),
            [undefined],
        );
    });
});

describe("a deployed stack", () => {
    const [web] = rolloutsIn(state(SERVICE, DEFINITION), settings);
    const runs: Outcome = { verdict: { kind: "running" }, observation: observed([deployment()]), elapsedSeconds: 0 };
    const wentBack: Outcome = {
        verdict: { kind: "rolled back", how: "went back" },
        observation: observed([{ ...FORMER, isPrimary: true }], { history: [attempt("ROLLBACK_SUCCESSFUL")] }),
        elapsedSeconds: 12,
    };

    async function told(deployed: DeployedService | undefined, watch: Watch) {
        assert.ok(deployed);
        const lines: string[] = [];
        return { ...(await judged("dev", [deployed], watch, line => lines.push(line))), lines };
    }

    it("that runs what it declares is told to do so, with what was waited for", async () => {
        const { failures, lines } = await told(web, (_, tell) => {
            tell("starting tasks, 0 of 2 running");
            return Promise.resolve(runs);
        });
        assert.deepEqual(failures, []);
        assert.deepEqual(lines, ["web: starting tasks, 0 of 2 running", "web runs shop-dev-web:42: 2 of 2 tasks"]);
    });

    it("without a desired task is neither well nor ill, so that nobody asks it for an answer", async () => {
        const asleep: Outcome = { ...runs, verdict: { kind: "unproven" } };
        const { failures, unproven, lines } = await told(web, () => Promise.resolve(asleep));
        assert.deepEqual([failures, unproven], [[], ["web"]]);
        assert.match(lines.join(), /unproven: no task is desired/);
    });

    it("that runs something else is told with the whole block", async () => {
        const { failures, lines } = await told(web, () => Promise.resolve(wentBack));
        assert.deepEqual(lines, []);
        assert.deepEqual(
            failures.flatMap(block => block.split("\n")),
            [
                "web: the rollout failed, and ECS went back to what ran before.",
                "    should run  shop-dev-web:42",
                "    runs        shop-dev-web:41, 2 tasks",
                "    next        fix it, then pulumi up. The same update again fails the same way; this very rollout starts anew by: npm run up -- dev --retry",
            ],
        );
    });

    it("that lacks a service is told, and ECS is not asked about it", async () => {
        const deployed = rolloutsIn(state(), settings)[0];
        const { failures } = await told(deployed, () => assert.fail("asked"));
        assert.deepEqual(failures, ["web: dev never got so far as to deploy it. Next: npm run up -- dev"]);
    });

    it("that nobody can ask about is no success, and told without a stack trace", async () => {
        await assert.rejects(
            told(web, () => Promise.reject(new Error("ECS cannot be asked"))),
            new UserError("ECS cannot be asked"),
        );
    });

    it("is asked about the services that matter, and refused where its file no longer has one of them", () => {
        assert.ok(web);
        assert.deepEqual(chosen("dev", [web], undefined, "Not promoted."), [web]);
        assert.deepEqual(chosen("dev", [web], [], "Not promoted."), []);
        assert.throws(
            () => chosen("dev", [web], ["web", "worker"], "Not promoted."),
            new UserError(
                "Not promoted.\n\nPulumi.dev.yaml has no service worker, though its last update had. Next: npm run up -- dev, then again",
            ),
        );
    });
});

import assert from "node:assert/strict";
import type { Observation } from "../../../model/rollout-state";
import type { Outcome } from "../../../model/verdict";
import {
    OpenRollout,
    WayBack,
    forceDeployment,
    openRollout,
    rollBack,
    setDesiredCount,
    wayBack,
} from "../../../tools/deployed/aws/running-service";
import { whyNotRestarted } from "../../../tools/delivery/restart";
import { requireScaling, whyNotScaled } from "../../../tools/delivery/scale";
import { settled } from "../../../tools/delivery/settled";
import { gone } from "../../../tools/delivery/stop-rollout";
import { fakeClients, fakeClock } from "../../support/rollout-fakes";
import { DECLARED, FACTS, FORMER, NEW, OLD, deployment } from "../../support/verdict-fixture";

const OPEN: OpenRollout = { arn: "arn:rollout", to: NEW, from: OLD };

function seen(desired: number, ...deployments: NonNullable<Observation["service"]>["deployments"]): Observation {
    return {
        service: { desired, running: desired, pending: 0, deployments, events: [] },
        history: [],
        stopped: [],
        targets: [],
        unseen: [],
    };
}

type Live = Parameters<typeof settled>[0];

describe("a restart", () => {
    it("is of what the last update declared, healthy or not", () => {
        assert.equal(whyNotRestarted(seen(2, deployment()), DECLARED, "prod"), undefined);
        assert.equal(whyNotRestarted(seen(2, deployment({ running: 0 })), DECLARED, "prod"), undefined);
    });

    it("is refused while a rollout is under way, whatever it rolls out", () => {
        const under = deployment({ state: "IN_PROGRESS" });
        assert.equal(
            whyNotRestarted(seen(2, under, FORMER), DECLARED, "prod"),
            "web: a rollout to shop-dev-web:42 is under way, and starts new tasks by itself. Next: wait for it, or npm run stop-rollout -- prod web",
        );
    });

    it("is refused where ECS runs another revision, none, or no task", () => {
        assert.equal(
            whyNotRestarted(seen(2, { ...FORMER, isPrimary: true }), DECLARED, "prod"),
            "web runs shop-dev-web:41, and its last update declared shop-dev-web:42. Next: npm run up -- prod --retry, or npm run rollback -- prod",
        );
        const gone: Observation = { history: [], stopped: [], targets: [], unseen: [] };
        assert.match(
            whyNotRestarted(gone, DECLARED, "prod") ?? "",
            /^ECS has no service web\. Next: npm run up -- prod --refresh$/,
        );
        assert.match(whyNotRestarted(seen(0, deployment({ desired: 0 })), DECLARED, "prod") ?? "", /^web: no task is desired/);
    });

    it("tells ECS nothing but to start new tasks", async () => {
        const told: unknown[] = [];
        await forceDeployment(
            fakeClients({ UpdateService: [{}] }, (_, input) => told.push(input)),
            DECLARED,
        );
        assert.deepEqual(told, [{ cluster: "shop-dev", service: "web-1a2b3c4", forceNewDeployment: true }]);
    });

    it("ends as its rollout does", async () => {
        const of = async (verdict: Outcome["verdict"]) => {
            const outcome: Outcome = { verdict, observation: seen(2, deployment()), elapsedSeconds: 61.4 };
            return settled({ service: FACTS, rollout: DECLARED } as unknown as Live, "prod", () => Promise.resolve(outcome));
        };
        const good = await of({ kind: "running" });
        assert.deepEqual([good.exitCode, good.text], [0, "web runs shop-dev-web:42: 2 of 2 tasks, after 1 min 01 s."]);
        assert.deepEqual(good.data, {
            service: "web",
            revision: "shop-dev-web:42",
            verdict: "running",
            running: 2,
            desired: 2,
            seconds: 61,
        });
        const bad = await of({ kind: "failed", reason: "tasks failed to start." });
        assert.equal(bad.exitCode, 1);
        assert.match(bad.text, /^web: .*\n(.*\n)* +ECS says +tasks failed to start\./);
    });
});

describe("scaling by hand", () => {
    const scaled = { name: "web", tasks: { min: 2, max: 6 } } as unknown as Parameters<typeof whyNotScaled>[0];

    it("is refused for a fixed number of tasks, with the setting that has it", () => {
        assert.throws(() => requireScaling({ name: "web", tasks: 2 }, "prod"), {
            message:
                "web has a fixed number of tasks, 2, which an update would bring back. Next: fargate:services.web.tasks in Pulumi.prod.yaml, then npm run up -- prod",
        });
        requireScaling(scaled, "prod");
    });

    it("stays inside the bounds that AWS has now", () => {
        for (const tasks of [2, 6]) assert.equal(whyNotScaled(scaled, tasks, { min: 2, max: 6 }, "prod"), undefined);
        for (const tasks of [1, 7])
            assert.equal(
                whyNotScaled(scaled, tasks, { min: 2, max: 6 }, "prod"),
                `web: found ${tasks} tasks. Allowed: 2 to 6. Next: fargate:services.web.scaling in Pulumi.prod.yaml, then npm run up -- prod`,
            );
        assert.match(
            whyNotScaled(scaled, 2, { min: 0, max: 0 }, "prod") ?? "",
            /Allowed: 0 to 0, as a schedule or a change outside of Pulumi has it now; the file says 2 to 6\./,
        );
        assert.match(whyNotScaled(scaled, 2, undefined, "prod") ?? "", /^web is not scaled by anything in AWS/);
    });

    it("tells ECS the number alone", async () => {
        const told: unknown[] = [];
        await setDesiredCount(
            fakeClients({ UpdateService: [{}] }, (_, input) => told.push(input)),
            DECLARED,
            4,
        );
        assert.deepEqual(told, [{ cluster: "shop-dev", service: "web-1a2b3c4", desiredCount: 4 }]);
    });
});

describe("a rollout that is stopped", () => {
    const way = (status: string, running = 2): WayBack => ({ status, running, desired: 2, reason: `why ${status}` });

    async function ends(...looks: readonly WayBack[]) {
        const left = [...looks];
        const lines: string[] = [];
        const going = { service: "web", stack: "prod", open: OPEN, atMostSeconds: 60 };
        const look = () => Promise.resolve(left.length > 1 ? (left.shift() as WayBack) : (left[0] as WayBack));
        return { ...(await gone(going, look, line => lines.push(line), fakeClock())), lines };
    }

    it("is the one that ECS has not ended, with what it came from", async () => {
        const asked: unknown[] = [];
        const clients = fakeClients(
            {
                ListServiceDeployments: [{ serviceDeployments: [{ serviceDeploymentArn: "arn:rollout" }] }],
                DescribeServiceDeployments: [
                    {
                        serviceDeployments: [
                            {
                                status: "IN_PROGRESS",
                                targetServiceRevision: { arn: "arn:new" },
                                sourceServiceRevisions: [{ arn: "arn:old", runningTaskCount: 1, requestedTaskCount: 2 }],
                            },
                        ],
                    },
                ],
                DescribeServiceRevisions: [
                    {
                        serviceRevisions: [
                            { serviceRevisionArn: "arn:old", taskDefinition: OLD },
                            { serviceRevisionArn: "arn:new", taskDefinition: NEW },
                        ],
                    },
                ],
                StopServiceDeployment: [{}],
            },
            (name, input) => asked.push([name, input]),
        );
        const open = await openRollout(clients, DECLARED);
        assert.deepEqual(open, OPEN);
        assert.deepEqual(asked[0], [
            "ListServiceDeployments",
            { cluster: "shop-dev", service: "web-1a2b3c4", status: ["PENDING", "IN_PROGRESS"] },
        ]);
        await rollBack(clients, OPEN);
        assert.deepEqual(asked.at(-1), ["StopServiceDeployment", { serviceDeploymentArn: "arn:rollout", stopType: "ROLLBACK" }]);
        assert.deepEqual(await wayBack(clients, OPEN), { status: "IN_PROGRESS", reason: undefined, running: 1, desired: 2 });
        assert.equal(await openRollout(fakeClients({ ListServiceDeployments: [{}] }), DECLARED), undefined);
    });

    it("ends well when the former revision runs again, and says that the stack declares another one", async () => {
        const { text, exitCode, lines, data } = await ends(
            way("ROLLBACK_REQUESTED", 1),
            way("ROLLBACK_IN_PROGRESS", 1),
            way("ROLLBACK_SUCCESSFUL"),
        );
        assert.equal(exitCode, 0);
        assert.equal(
            text,
            "web runs shop-dev-web:41 again, after 10 s. The stack still declares shop-dev-web:42. Next: mend it, then npm run up -- prod; or npm run rollback -- prod",
        );
        assert.deepEqual(lines, ["going back, 1 of 2 tasks of shop-dev-web:41 running"]);
        assert.deepEqual(data, {
            service: "web",
            stopped: true,
            from: "shop-dev-web:42",
            to: "shop-dev-web:41",
            status: "ROLLBACK_SUCCESSFUL",
            seconds: 10,
        });
    });

    it("ends badly where ECS does not get back, had ended before, or does not end at all", async () => {
        for (const [status, told] of [
            ["ROLLBACK_FAILED", /^web: ECS did not get back to shop-dev-web:41, ROLLBACK_FAILED: why ROLLBACK_FAILED\./],
            ["SUCCESSFUL", /^web: the rollout of shop-dev-web:42 had ended well before it was stopped\. Next: npm run rollback/],
            ["ROLLBACK_IN_PROGRESS", /^web: after 1 min 00 s ECS is not back at shop-dev-web:41, and goes on by itself\./],
        ] as const) {
            const { text, exitCode } = await ends(way(status));
            assert.equal(exitCode, 1);
            assert.match(text, told);
        }
    });
});

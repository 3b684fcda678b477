import assert from "node:assert/strict";
import type { Observation } from "../../model/rollout-state";
import type { Failure, Outcome } from "../../model/verdict";
import { causeOf } from "../../model/verdict-advice";
import { failureText, progressText, successText } from "../../model/verdict-text";
import { CASES } from "../support/verdict-causes";
import {
    DECLARED,
    FACTS,
    FORMER,
    NEW,
    OTHER,
    at,
    attempt,
    block,
    deployment,
    exited,
    log,
    observed,
    stopped,
    unhealthy,
    wentBack,
} from "../support/verdict-fixture";

const RETRY = "npm run up -- dev --retry";
const HEAD = [
    "web: the rollout failed, and ECS went back to what ran before.",
    "    should run  shop-dev-web:42",
    "    runs        shop-dev-web:41, 2 tasks",
    "    ECS says    Service deployment rolled back because the circuit breaker threshold was exceeded.",
];
const NEXT = `    next        fix it, then pulumi up. The same update again fails the same way; this very rollout starts anew by: ${RETRY}`;

describe("the block about a rollout that failed, of", () => {
    for (const [name, { lines, expected }] of Object.entries(CASES))
        it(name, () => assert.deepEqual(lines, [...HEAD, ...expected.map(line => `    ${line}`), NEXT]));

    it("an unknown cause, which tells all the same what there is to see", () => {
        const task = stopped({ reason: "InternalError: an ENI was not attached" });
        assert.deepEqual(block(wentBack(task)), [
            ...HEAD,
            "    failed      1 task:",
            "                task-10 TaskFailedToStart: InternalError: an ENI was not attached",
            NEXT,
        ]);
    });

    it("an alarm, which is about answers of tasks that run", () => {
        const reason = "Service deployment rolled back because of alarm(s) detected: shop-dev-web-errors";
        const lines = block(
            wentBack(undefined, { history: [attempt("ROLLBACK_SUCCESSFUL", NEW, reason)] }),
            undefined,
            {},
            { reason },
        );
        assert.match(lines.join("\n"), /ECS says +Service deployment rolled back because of alarm/);
        assert.match(
            lines.join("\n"),
            /cause +Tasks run, but their answers are worse than an alarm allows: .*fargate:alarms\.services\.web/,
        );
    });

    it("many failed tasks, which shows the first three of this rollout", () => {
        const tasks = [10, 20, 30, 40].map(seconds => stopped({ reason: "x" }, seconds));
        const lines = block(wentBack(undefined, { stopped: [stopped({ reason: "earlier" }, -10), ...tasks] }));
        assert.deepEqual(lines.slice(4, 8), [
            "    failed      4 tasks, the first 3:",
            "                task-10 TaskFailedToStart: x",
            "                task-20 TaskFailedToStart: x",
            "                task-30 TaskFailedToStart: x",
        ]);
    });

    it("an empty log, and of what could not be looked at", () => {
        const observation = wentBack(undefined, { unseen: ["the log: AccessDeniedException: no logs:GetLogEvents"] });
        assert.deepEqual(block(observation, log()).slice(4), [
            "    log         container web of task task-10 wrote nothing",
            "    not seen    the log: AccessDeniedException: no logs:GetLogEvents",
            NEXT,
        ]);
    });

    it("health that only the service's events still tell of, since the targets are gone", () => {
        const event =
            "(task 1) (port 8080) is unhealthy in (target-group x) due to (reason Health checks failed with these codes: [404]).";
        const lines = block(wentBack(unhealthy("Task failed ELB health checks in (target-group x)"), {}, [event]));
        assert.match(lines[4] ?? "", /cause .* answers at \/healthz on port 8080, but not with 200 to 399/);
    });
});

describe("the block says no secret and moves no terminal", () => {
    it("in lines of a log, which are hidden, cut and stripped", () => {
        const lines = block(
            wentBack(exited(1)),
            log("DB_PASSWORD=hunter2", "\u001b[31mred\u001b[0m\u0007", "::add-mask::x", "<{%fg 1%}>", "x".repeat(300)),
        );
        assert.deepEqual(lines.slice(9, -1), [
            "                | [hidden: it looks like a secret]",
            "                | red",
            "                | ::add-mask::x",
            "                | < {%fg 1%}>",
            `                | ${"x".repeat(200)}…`,
        ]);
    });

    it("in the reasons of tasks and containers", () => {
        const lines = block(wentBack({ ...exited(1, 'exec: "run --token abcdef123"'), reason: "a\u001b[2Jb" }));
        assert.deepEqual(lines.slice(6, 8), [
            "                task-10 EssentialContainerExited: ab",
            "                    container web: exit code 1, [hidden: it looks like a secret]",
        ]);
    });
});

describe("the first line and the last of a block", () => {
    const both = (verdict: Failure, observation: Observation = observed([FORMER])) => {
        const lines = failureText({ verdict, observation, elapsedSeconds: 200 }, DECLARED, FACTS, "dev").split("\n");
        return [lines[0], lines.at(-1)];
    };
    const again = NEXT.trim();

    it("are followed by what runs: where the definition is the same, that the rest is of before", () => {
        const outcome = {
            verdict: { kind: "rolled back", how: "went back" },
            observation: observed([deployment()]),
            elapsedSeconds: 9,
        } as const;
        assert.match(
            failureText(outcome, DECLARED, FACTS, "dev"),
            /^ {4}should run {2}shop-dev-web:42\n {4}runs {8}shop-dev-web:42, 2 tasks, with the network, capacity and targets of before$/m,
        );
    });

    it("say what happened, and what to do", () => {
        const told: readonly (readonly [Failure, string, string])[] = [
            [{ kind: "failed" }, "the rollout cannot succeed any more, though ECS is still trying.", again],
            [{ kind: "failed", reason: "x" }, "the rollout failed, and there is nothing that ECS could go back to.", again],
            [{ kind: "rolled back", how: "goes back" }, "the rollout failed, and ECS is going back to what ran before.", again],
            [{ kind: "rolled back", how: "stuck" }, "the rollout failed, and so did ECS's way back.", again],
            [{ kind: "stopped" }, "the rollout was stopped.", again],
            [
                { kind: "superseded", by: OTHER },
                "another update came after the stack's: shop-dev-web:43.",
                `next        find out who deployed past the stack, then: ${RETRY}`,
            ],
            [
                { kind: "never there", what: "revision" },
                "ECS was never told to run what the stack declares.",
                `next        ${RETRY}`,
            ],
            [
                { kind: "never there", what: "service" },
                "ECS has no such service.",
                "next        pulumi up --refresh --stack dev makes it again.",
            ],
            [
                { kind: "timed out", phase: "checking" },
                "no end within 15 min 00 s: checking their health.",
                `next        ECS goes on by itself; the same update again waits for it. This very rollout starts anew by: ${RETRY}`,
            ],
        ];
        for (const [verdict, first, last] of told) assert.deepEqual(both(verdict), [`web: ${first}`, `    ${last}`]);
    });

    it("go with what runs: both revisions, one, or nothing", () => {
        const runs = (observation: Observation) =>
            failureText({ verdict: { kind: "stopped" }, observation, elapsedSeconds: 9 }, DECLARED, FACTS, "dev").split("\n")[2];
        const mixed = [deployment({ running: 1 }), FORMER];
        assert.equal(runs(observed(mixed)), "    runs        shop-dev-web:42, 1 task; shop-dev-web:41, 2 tasks");
        assert.equal(runs({ ...observed([]), service: undefined }), "    runs        nothing");
    });
});

describe("progress", () => {
    it("is the phase, the tasks and the targets", () => {
        const targets = ["healthy", "initial"].map(state => ({ address: "10.0.1.20:8080", state }));
        const observation = observed([deployment({ running: 1 }), FORMER], { targets });
        assert.equal(progressText("starting", observation, DECLARED), "starting tasks, 1 of 2 running, 1 of 2 targets healthy");
        assert.equal(progressText("beginning", observed([FORMER]), DECLARED), "waiting for ECS to begin");
    });
});

describe("a good end", () => {
    const text = (outcome: Partial<Outcome>) =>
        successText(
            { verdict: { kind: "running" }, observation: observed([deployment()]), elapsedSeconds: 65, ...outcome },
            DECLARED,
        );

    it("is the revision, its tasks and targets, and how long it took", () => {
        const targets = [{ address: "10.0.1.20:8080", state: "healthy" }];
        assert.equal(
            text({ observation: observed([deployment()], { targets }) }),
            "web runs shop-dev-web:42: 2 of 2 tasks, 1 of 1 targets healthy, after 1 min 05 s",
        );
        assert.equal(text({ elapsedSeconds: 0 }), "web runs shop-dev-web:42: 2 of 2 tasks");
    });

    it("without a desired task is called unproven", () => {
        assert.equal(
            text({ verdict: { kind: "unproven" } }),
            "web is shop-dev-web:42, unproven: no task is desired, so that none shows whether it works.",
        );
    });
});

describe("known causes", () => {
    it("are told from the log only where the container ended by itself", () => {
        const lines = ["Error: EACCES: permission denied, mkdir '/data'"];
        assert.notEqual(causeOf({ task: exited(1), targets: [], log: lines }), causeOf({ task: exited(1), targets: [] }));
        assert.equal(causeOf({ task: stopped({ reason: "odd" }), targets: [], log: lines }), undefined);
    });

    it("are port 80 for nginx and Go too, and no port for a socket's file", () => {
        const cause = (line: string) => causeOf({ task: exited(1), targets: [], log: [line] });
        const low = cause("Error: listen EACCES: permission denied 0.0.0.0:80");
        assert.equal(cause("nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)"), low);
        assert.equal(cause("listen tcp :443: bind: permission denied"), low);
        assert.notEqual(cause("listen unix /run/app.sock: bind: permission denied"), low);
        assert.notEqual(cause("Error: listen EACCES: permission denied 0.0.0.0:8080"), low);
    });

    it("may pass by themselves where they are capacity, a quota or an address", () => {
        const mayPass = (task: Parameters<typeof stopped>[0]) => causeOf({ task: stopped(task), targets: [] })?.mayPass;
        assert.equal(mayPass({ stopCode: "TerminationNotice" }), true);
        assert.equal(mayPass({ reason: "You’ve reached the limit on the number of tasks" }), true);
        assert.equal(mayPass({ reason: "Create Network Interface in subnet 'x': InsufficientFreeAddressesInSubnet" }), true);
        assert.equal(mayPass({ reason: "CannotPullContainerError: not found", createdAt: at(1) }), false);
    });
});

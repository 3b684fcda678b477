import assert from "node:assert/strict";
import { ExecService, ExecTask, ExecWish, execTarget, execText } from "../../../tools/deployed/exec-target";

const AT = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));

function running(id: string, minute: number, more: Partial<ExecTask> = {}): ExecTask {
    const containers = [
        { name: "web", runtimeId: `${id}-1`, agent: "RUNNING" },
        { name: "proxy", runtimeId: `${id}-2`, agent: "STOPPED" },
    ];
    return { id, status: "RUNNING", startedAt: AT(minute), hasExec: true, containers, ...more };
}

const agent = (state?: string, reason?: string) => ({ containers: [{ name: "web", runtimeId: "r", agent: state, reason }] });

function target(tasks: readonly ExecTask[], wish: Partial<ExecWish> = {}, more: Partial<ExecService> = {}) {
    return execTarget({ stack: "prod", service: "web", hasExec: true, isWritten: true, tasks, ...more }, { words: [], ...wish });
}

const refused = (...args: Parameters<typeof target>): string => {
    try {
        return `not refused: ${JSON.stringify(target(...args))}`;
    } catch (error) {
        return (error as Error).message;
    }
};

describe("where a command is run", () => {
    it("is the newest task that runs, in the service's own container, and a shell where nothing is said", () => {
        const found = target([running("old", 1), running("new", 3), running("middle", 2)]);
        assert.deepEqual(found, { task: "new", container: "web", runtimeId: "new-1", command: ["/bin/sh"], running: 3 });
        assert.equal(execText(found, true), "`/bin/sh` as root in the container web of task new, the newest of 3");
        assert.equal(execText(target([running("a", 1)]), true), "`/bin/sh` as root in the container web of task a");
    });

    it("is the newest that is ready for it, where newer ones are not yet", () => {
        const tasks = [
            running("ready", 1),
            running("starting", 2, agent("PENDING")),
            running("pending", 3, { status: "PENDING" }),
        ];
        assert.equal(target(tasks).task, "ready");
    });

    it("is the task that is named, by its id or ARN, with the words as they are", () => {
        const tasks = [running("a", 1), running("b", 2)];
        const found = target(tasks, { task: "arn:aws:ecs:ap-northeast-2:123456789012:task/shop-prod/a", words: ["ls", "-l"] });
        assert.deepEqual([found.task, found.command], ["a", ["ls", "-l"]]);
        assert.equal(target(tasks, { task: "a" }).task, "a");
        assert.equal(refused(tasks, { task: "c" }), "web has no task c that runs. Allowed: a, b");
        assert.equal(refused([], { task: "c" }), "web has no task c that runs. Allowed: none: no task of it runs");
    });

    it("is nowhere where the service has none, with the setting to write", () => {
        assert.equal(
            refused([running("a", 1)], {}, { hasExec: false, isWritten: false }),
            "web has no ECS Exec. Next: exec: true under fargate:services.web in Pulumi.prod.yaml, then npm run up -- prod; its tasks restart",
        );
        assert.match(
            refused([], {}, { hasExec: false }),
            /^ECS does not know yet that web has exec: true\. Next: npm run up -- prod$/,
        );
    });

    it("is no task that was started before", () => {
        assert.match(
            refused([running("a", 1, { hasExec: false })]),
            /^The task a was started before web had exec: true, .* Next: npm run up -- prod where .*, or npm run restart -- prod web$/,
        );
    });

    it("is no container without a running agent", () => {
        assert.match(
            refused([running("a", 1, agent("PENDING"))]),
            /is PENDING in the container web of task a\. Next: the same again/,
        );
        assert.match(
            refused([running("a", 1, agent("STOPPED", "no way to ssmmessages"))]),
            /is STOPPED in the container web of task a \(no way to ssmmessages\): .* Next: npm run restart -- prod web/,
        );
        assert.match(refused([running("a", 1, agent())]), /is not there in the container web/);
        assert.match(
            refused([running("a", 1)], { container: "proxy" }),
            /root file system of sidecars stays read-only.* Allowed: web$/,
        );
        assert.equal(refused([running("a", 1)], { container: "db" }), "The task a has no container db. Allowed: web, proxy");
    });

    it("is nowhere where no task runs", () => {
        assert.match(refused([]), /^No task of web runs\. Next: npm run smoke -- prod/);
        const pending = running("p", 1, { status: "PENDING" });
        assert.match(refused([pending]), /^No task of web runs yet: p is PENDING\. Next/);
        assert.match(refused([pending], { task: "p" }), /^The task p is PENDING\. Allowed: one that is RUNNING/);
    });
});

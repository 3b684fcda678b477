import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { provenRevision, waitsEnd } from "../../components/rollout";
import type { DeclaredRollout } from "../../model/rollout-state";
import type { Outcome, Watch } from "../../model/verdict";
import { idOf } from "../../tools/inventory/recorder";
import { FORMER, attempt, deployment, observed } from "../support/verdict-fixture";
import { service } from "../support/given";
import { declare } from "../support/declared";

const DEFINITION = "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/shop-dev-web:42";
const good = (): Outcome => ({
    verdict: { kind: "running" },
    observation: observed([deployment()]),
    elapsedSeconds: 0,
});
const rolledBack = (): Outcome => ({
    verdict: { kind: "rolled back", how: "went back" },
    observation: observed([{ ...FORMER, isPrimary: true }], { history: [attempt("ROLLBACK_SUCCESSFUL")] }),
    elapsedSeconds: 200,
});

interface Ended {
    /** What each service's output became: the revision, or the error. */
    readonly results: Readonly<Record<string, unknown>>;
    readonly asked: DeclaredRollout[];
    /** Whether the program fails, though nothing of it awaits the failed output. */
    readonly isFailed: boolean;
    /** What the SDK prints where there is no engine to show it. */
    readonly lines: string[];
}

/** Services by name, each watched as told; `undefined` stands for nobody to ask. */
async function ended(watches: Readonly<Record<string, Watch | undefined>>, isPreview = false): Promise<Ended> {
    const asked: DeclaredRollout[] = [];
    const results: Record<string, unknown> = {};
    const lines: string[] = [];
    let isFailed = false;
    const { log, warn } = console;
    console.log = console.warn = (line: string) => void lines.push(line);
    try {
        await declare(async () => {
            setDryRun(isPreview);
            const outputs = Object.entries(watches).map(([name, watch]) => {
                const ecsService = new aws.ecs.Service(name, { cluster: "arn:cluster", name: `${name}-1a2b3c4` });
                const revision = provenRevision({
                    service: { ...service(), name },
                    ecsService,
                    taskDefinitionArn: DEFINITION,
                    logGroupName: `shop-dev-${name}`,
                    watch: watch && ((declared, ...rest) => (asked.push(declared), watch(declared, ...rest))),
                });
                return promiseOf(revision).then(
                    value => (results[name] = value),
                    (error: unknown) => (results[name] = error),
                );
            });
            await Promise.all(outputs);
        }).catch(() => (isFailed = true));
    } finally {
        setDryRun(false);
        Object.assign(console, { log, warn });
    }
    return { results, asked, isFailed, lines };
}

/** The SDK has both and leaves them out of its types. */
function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
    return (output as unknown as { promise(): Promise<T> }).promise();
}
function setDryRun(value: boolean): void {
    (pulumi.runtime as unknown as { _setIsDryRun(value: boolean): void })._setIsDryRun(value);
}

describe("a service's revision", () => {
    it("is the declared one, when ECS says that it runs", async () => {
        const { results, asked, isFailed, lines } = await ended({ web: () => Promise.resolve(good()) });
        assert.deepEqual(results, { web: DEFINITION });
        assert.equal(isFailed, false);
        assert.deepEqual(asked, [
            {
                service: "web",
                cluster: "arn:cluster",
                serviceName: "web-1a2b3c4",
                taskDefinition: DEFINITION,
                logGroup: "shop-dev-web",
                wait: { usualSeconds: 80, atMostSeconds: 1055 },
            },
        ]);
        assert.deepEqual(lines, ["info: [runtime] web runs shop-dev-web:42: 2 of 2 tasks"]);
    });

    it("tells how ECS gets on, after what to expect of the wait", async () => {
        const { lines } = await ended({
            web: (_, tell) => {
                tell("starting tasks, 0 of 2 running");
                tell("checking their health, 2 of 2 running");
                return Promise.resolve({ ...good(), elapsedSeconds: 65 });
            },
        });
        assert.deepEqual(lines, [
            "info: [runtime] waits until ECS runs shop-dev-web:42: usually 1 min 20 s, at most 17 min 35 s. Ctrl-C ends the wait, not the rollout.",
            "info: [runtime] starting tasks, 0 of 2 running",
            "info: [runtime] checking their health, 2 of 2 running",
            "info: [runtime] web runs shop-dev-web:42: 2 of 2 tasks, after 1 min 05 s",
        ]);
    });

    it("is said to be unproven where no task is desired, which is no failure", async () => {
        const unproven: Outcome = { ...good(), verdict: { kind: "unproven" } };
        const { results, lines } = await ended({ web: () => Promise.resolve(unproven) });
        assert.deepEqual(results, { web: DEFINITION });
        assert.deepEqual(lines, [
            "warning: [runtime] web is shop-dev-web:42, unproven: no task is desired, so that none shows whether it works.",
        ]);
    });

    it("fails with the readable block below the service, without a stack", async () => {
        const { results, isFailed } = await ended({ web: () => Promise.resolve(rolledBack()) });
        assert.equal(isFailed, true);
        const error = results["web"];
        assert.ok(pulumi.ResourceError.isInstance(error));
        assert.equal(error.hideStack, true);
        assert.equal(await promiseOf((error.resource as aws.ecs.Service).id), idOf("aws:ecs/service:Service", "web"));
        assert.equal(error.stack, "");
        assert.deepEqual(error.message.split("\n"), [
            "web: the rollout failed, and ECS went back to what ran before.",
            "    should run  shop-dev-web:42",
            "    runs        shop-dev-web:41, 2 tasks",
            "    next        fix it, then pulumi up. The same update again fails the same way; this very rollout starts anew by: npm run up -- test --retry",
        ]);
    });

    it("fails where ECS cannot be asked: what is not known is no success", async () => {
        const { results, isFailed } = await ended({ web: () => Promise.reject(new Error("ECS cannot be asked")) });
        assert.equal(isFailed, true);
        assert.ok(pulumi.ResourceError.isInstance(results["web"]));
        assert.equal(results["web"].message, "ECS cannot be asked");
        assert.equal(results["web"].hideStack, true);
    });

    it("is waited for by several services at once, each of which tells its own failure", async () => {
        const started: string[] = [];
        let goOn: () => void = () => assert.fail("nobody waits");
        const together = new Promise<void>(resolve => (goOn = resolve));
        const watch: Watch = async declared => {
            started.push(declared.service);
            if (started.length === 3) goOn();
            await together;
            return declared.service === "web" ? good() : rolledBack();
        };
        const { results } = await ended({ api: watch, web: watch, worker: watch });
        const message = (name: string) => (results[name] as Error).message.split("\n")[0];
        assert.equal(message("api"), "api: the rollout failed, and ECS went back to what ran before.");
        assert.equal(message("worker"), "worker: the rollout failed, and ECS went back to what ran before.");
        assert.equal(results["web"], DEFINITION);
    });

    it("is awaited by the program, whichever way the waits end, but not in a preview, where some are never known", async () => {
        const events: string[] = [];
        const unhandled = (error: unknown) => events.push(`told: ${String(error)}`);
        process.once("unhandledRejection", unhandled);
        await declare(async () => {
            const slow = new Promise<string>((_, reject) => setImmediate(() => reject(new Error("late"))));
            const ends = [pulumi.output("good"), pulumi.output(slow.finally(() => events.push("failed")))];
            await waitsEnd(ends);
            events.push("ended");
            setDryRun(true);
            await waitsEnd([pulumi.output(new Promise<string>(() => undefined))]);
            setDryRun(false);
        }).catch((error: unknown) => events.push(String(error)));
        process.off("unhandledRejection", unhandled);
        assert.deepEqual(events, ["failed", "told: Error: late", "ended", "Error: late"]);
    });

    it("is the declared one without a question in a preview, and where there is nobody to ask", async () => {
        const never: Watch = () => assert.fail("asked");
        assert.deepEqual((await ended({ web: never }, true)).results, { web: DEFINITION });
        assert.deepEqual((await ended({ web: undefined })).results, { web: DEFINITION });
    });
});

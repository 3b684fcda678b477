import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { releasedRevision } from "../../components/release";
import { DeclaredRun, RunOutcome, RunRelease, verdictOfRun } from "../../model/task-run";
import { declare } from "../support/declared";
import { service } from "../support/given";
import { exited, log } from "../support/verdict-fixture";

const DEFINITION = "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/shop-dev-web:42";
const RELEASE = { command: ["npm", "run", "migrate"], timeoutMinutes: 10 };

const endedWith = (exitCode: number): RunOutcome => ({
    verdict: verdictOfRun(exited(exitCode), "web"),
    task: exited(exitCode),
    elapsedSeconds: 12,
    log: log("no such table"),
});

interface Ended {
    readonly result: unknown;
    readonly asked: DeclaredRun[];
    /** What the SDK prints where there is no engine to show it. */
    readonly lines: string[];
    /** Whether an ECS service that takes the revision was registered. */
    readonly isMoved: boolean;
}

async function ended(run: RunRelease, isPreview = false, earlier?: Promise<number>): Promise<Ended> {
    const asked: DeclaredRun[] = [];
    const lines: string[] = [];
    let result: unknown;
    let isMoved = false;
    const { log: print, warn } = console;
    console.log = console.warn = (line: string) => void lines.push(line);
    try {
        await declare(async () => {
            setDryRun(isPreview);
            const row = new pulumi.ComponentResource("fargate:index:Service", "web");
            const group = new pulumi.ComponentResource("fargate:index:Service", "earlier");
            const revision = releasedRevision({
                afterReleases: earlier && [pulumi.output(earlier).apply(() => group)],
                service: { ...service(), name: "web" },
                release: RELEASE,
                taskDefinitionArn: DEFINITION,
                place: { cluster: "arn:cluster", subnetIds: ["subnet-1"], securityGroupId: "sg-1", logGroup: "shop-dev-web" },
                after: [new aws.cloudwatch.LogGroup("logs", { name: "shop-dev-web" })],
                row,
                run: (declared, tell) => (asked.push(declared), run(declared, tell)),
            });
            const ecsService = new aws.ecs.Service("web", { cluster: "arn:cluster", taskDefinition: revision }, { parent: row });
            result = await promiseOf(revision).catch((error: unknown) => error);
            if (!(result instanceof Error)) isMoved = (await promiseOf(ecsService.urn)) !== "";
        }).catch(() => undefined);
    } finally {
        setDryRun(false);
        Object.assign(console, { log: print, warn });
    }
    return { result, asked, lines, isMoved };
}

/** The SDK has both and leaves them out of its types. */
function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
    return (output as unknown as { promise(): Promise<T> }).promise();
}
function setDryRun(value: boolean): void {
    (pulumi.runtime as unknown as { _setIsDryRun(value: boolean): void })._setIsDryRun(value);
}

describe("a service's revision before it is released", () => {
    it("runs as the service's tasks do, with its command and its time, and then the service moves to it", async () => {
        const { result, asked, lines, isMoved } = await ended((_, tell) => {
            tell("starts");
            tell("runs");
            return Promise.resolve(endedWith(0));
        });
        assert.equal(result, DEFINITION);
        assert.equal(isMoved, true);
        assert.deepEqual(asked, [
            {
                cluster: "arn:cluster",
                subnetIds: ["subnet-1"],
                securityGroupId: "sg-1",
                logGroup: "shop-dev-web",
                name: "web",
                container: "web",
                startedBy: "release/shop-dev-web/42",
                taskDefinition: DEFINITION,
                command: ["npm", "run", "migrate"],
                atMostSeconds: 600,
            },
        ]);
        assert.deepEqual(lines, [
            "info: [runtime] first runs the release of shop-dev-web:42: `npm run migrate`, at most 10 min 00 s. Ctrl-C ends the wait, not the release, which the next update waits for.",
            "info: [runtime] `npm run migrate` starts",
            "info: [runtime] `npm run migrate` runs",
            "info: [runtime] web released shop-dev-web:42: `npm run migrate` succeeded, exit code 0, after 12 s.",
        ]);
    });

    it("is none where the release fails: the readable block stands below the component, without a stack", async () => {
        const { result, isMoved } = await ended(() => Promise.resolve(endedWith(1)));
        assert.ok(pulumi.ResourceError.isInstance(result));
        assert.equal(isMoved, false);
        assert.equal(result.hideStack, true);
        assert.equal(result.stack, "");
        assert.match(result.message, /^web: its release `npm run migrate` failed, exit code 1, after 12 s/);
        // As the SDK does where the output is an input of a resource.
        result.message = `error serializing property "taskDefinition": ${result.message}`;
        assert.match(result.message, /^web: its release/);
    });

    it("is none where nobody knows whether it was released", async () => {
        const { result, isMoved } = await ended(() => Promise.reject(new Error("The release cannot be run")));
        assert.ok(pulumi.ResourceError.isInstance(result));
        assert.equal(result.message, "The release cannot be run");
        assert.equal(isMoved, false);
    });

    it("runs after those of services whose image it runs, and never where one of them fails", async () => {
        const order: string[] = [];
        const earlier = new Promise<number>(resolve => setImmediate(() => resolve(order.push("web"))));
        const run: RunRelease = () => (order.push("worker"), Promise.resolve(endedWith(0)));
        await ended(run, false, earlier);
        assert.deepEqual(order, ["web", "worker"]);
        const failed = Promise.reject<number>(new Error("web failed"));
        const { result, asked } = await ended(run, false, failed);
        assert.ok(result instanceof Error);
        assert.deepEqual(asked, []);
    });

    it("says nothing of a revision that was released before", async () => {
        const { result, lines } = await ended(() => Promise.resolve(undefined));
        assert.equal(result, DEFINITION);
        assert.deepEqual(lines, []);
    });

    it("is not run in a preview", async () => {
        const { result, asked } = await ended(() => assert.fail("asked"), true);
        assert.equal(result, DEFINITION);
        assert.deepEqual(asked, []);
    });
});

import assert from "node:assert/strict";
import { review } from "../../../tools/review/changes";
import type { Preview, Step } from "../../../tools/deployed/preview";
import type { ServiceReview } from "../../../tools/review/service";
import { serviceSentence } from "../../../tools/review/words";
import { BASE, changed, inputs } from "../../fixtures/review/edited";

const TASK = "fargate:index:Task";
const IMAGE = "fargate:index:Image";
const ECS = "aws:ecs/service:Service";
const DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";

function web(preview: Preview): ServiceReview {
    const found = review(preview).services.find(({ name }) => name === "web");
    assert.ok(found);
    return found;
}

const named = (service: ServiceReview) =>
    service.reasons.map(({ what, name }) => [what, ...(name === undefined ? [] : [name])].join(" "));

/** The ECS service alone is updated. */
const SAME_TASK = changed(
    DEFINITION,
    () => ({ op: "same", reasons: [] }),
    inputs(IMAGE, { reference: BASE.steps.find(({ type }) => type === IMAGE)?.before?.inputs["reference"] }),
);

describe("why tasks restart", () => {
    it("is told by the settings that changed", () => {
        assert.deepEqual(web(BASE).reasons, [{ what: "image", kind: "changed", before: "a1c2d3e", after: "b1c2d3e" }]);
    });

    it("names the repository where that changes too", () => {
        const moved = inputs(IMAGE, { reference: `ghcr.io/shop/web@sha256:${"e".repeat(64)}` });
        assert.deepEqual(web(moved).reasons[0], {
            what: "image",
            kind: "changed",
            before: "shop/web@a1c2d3e",
            after: "ghcr.io/shop/web@eeeeeee",
        });
    });

    it("is told by the program's own change to the container, where no setting explains it", () => {
        const definition = (stopTimeout: number, image: string) => JSON.stringify([{ name: "web", image, stopTimeout }]);
        const before = inputs(DEFINITION, { containerDefinitions: definition(30, "a") }, BASE, "before");
        const both = inputs(DEFINITION, { containerDefinitions: definition(60, "b") }, before);
        assert.deepEqual(named(web(both)), ["image", "container stopTimeout"]);
    });

    it("is told by exec, which the service's own property and the container's root say too", () => {
        const service = inputs(
            ECS,
            { enableExecuteCommand: true },
            changed(ECS, () => ({ reasons: ["enableExecuteCommand", "taskDefinition"] })),
        );
        const { reasons } = web(inputs(TASK, { exec: true }, service));
        assert.deepEqual(
            reasons.filter(({ what }) => what !== "image"),
            [{ what: "exec", kind: "changed", before: "false", after: "true" }],
        );
    });

    it("is told by a sidecar that comes, goes or is another one, key by key, and by what is waited for", () => {
        const proxy = {
            image: `ghcr.io/shop/proxy@sha256:${"a".repeat(64)}`,
            user: "1",
            writablePaths: [],
            environment: {},
            secrets: {},
        };
        const told = (before: object, after: object) =>
            web(inputs(TASK, after, inputs(TASK, before, BASE, "before")))
                .reasons.filter(({ what }) => what !== "image")
                .map(({ what, name = "", kind, before: old = "", after: next = "" }) => [what, name, kind, old, next].join(" "));
        assert.deepEqual(told({}, { sidecars: { proxy }, dependsOn: { proxy: "healthy" } }), [
            "wait for proxy added  healthy",
            "sidecar proxy added  ",
        ]);
        assert.deepEqual(told({ sidecars: { proxy } }, {}), ["sidecar proxy removed  "]);
        const next = {
            ...proxy,
            memoryMiB: 128,
            environment: { LOG_LEVEL: "debug" },
            image: proxy.image.replace(/a+$/, "b".repeat(64)),
        };
        assert.deepEqual(told({ sidecars: { proxy } }, { sidecars: { proxy: next } }).sort(), [
            "sidecar proxy environment LOG_LEVEL added  debug",
            "sidecar proxy image  changed aaaaaaa bbbbbbb",
            "sidecar proxy memory  added  128 MiB",
        ]);
        assert.deepEqual(told({}, { tracing: true }), []);
    });

    it("is told by a property of the task definition that no setting explains", () => {
        const reasons = ["containerDefinitions", "executionRoleArn"];
        const role = inputs(
            DEFINITION,
            { executionRoleArn: "another" },
            changed(DEFINITION, () => ({ reasons })),
        );
        assert.deepEqual(named(web(role)), ["image", "task definition executionRoleArn"]);
    });

    it("is told by a property of the ECS service, with its values where they are short", () => {
        const percent = inputs(
            ECS,
            { deploymentMaximumPercent: 150 },
            changed(ECS, () => ({ reasons: ["deploymentMaximumPercent", "taskDefinition"] })),
        );
        assert.deepEqual(web(percent).reasons[1], {
            what: "deploymentMaximumPercent",
            kind: "changed",
            before: "200",
            after: "150",
        });
    });

    it("is told by what the engine names, where nothing else is known", () => {
        const forced = inputs(
            ECS,
            { forceNewDeployment: false },
            changed(ECS, () => ({ reasons: ["forceNewDeployment"] }), SAME_TASK),
        );
        assert.deepEqual(named(web(forced)), ["forceNewDeployment"]);
    });

    it("is another task definition where the stack's own stays", () => {
        assert.deepEqual(named(web(SAME_TASK)), ["another task definition"]);
    });

    it("does not count what ECS applies without a restart, also beside what does restart", () => {
        const both = inputs(TASK, { logRetentionDays: 30, permissions: [] });
        assert.deepEqual(named(web(both)), ["image"]);
        assert.deepEqual(web(both).inPlace, [{ what: "log retention", kind: "changed", before: "7 days", after: "30 days" }]);
    });

    it("holds a health setting only where the container is asked by it", () => {
        const health = { gracePeriodSeconds: 30, intervalSeconds: 5, timeoutSeconds: 4, path: "/healthz" };
        const command = ["CMD", "true"];
        const edited = (given: object) =>
            inputs(TASK, { health: { ...given, intervalSeconds: 9 } }, inputs(TASK, { health: given }, BASE, "before"));
        assert.deepEqual(named(web(edited({ ...health, command }))), ["image", "health.intervalSeconds"]);
        assert.deepEqual(named(web(edited(health))), ["image"]);
        assert.equal(web(edited(health)).inPlace[0]?.what, "health.intervalSeconds");
    });

    it("holds a drain time only where the container gets longer to stop by it", () => {
        const drain = (seconds: number) => inputs(TASK, { drainSeconds: seconds });
        assert.deepEqual(named(web(drain(30))), ["image"]);
        assert.deepEqual(named(web(drain(31))), ["image", "drain"]);
    });

    it("shows no ARN of a secret in full, and no account", () => {
        const secrets = inputs(TASK, {
            secrets: { KEY: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/key-AbCdEf:password::" },
        });
        assert.deepEqual(web(secrets).reasons[0], {
            what: "secret",
            name: "KEY",
            kind: "added",
            after: "secret:shop/key-AbCdEf:password::",
        });
    });

    it("cuts long values and shows them in one line", () => {
        const long = inputs(TASK, { environment: { LOG_LEVEL: `a\n${"b".repeat(60)}` } });
        assert.equal(web(long).reasons[0]?.after, `a ${"b".repeat(38)}…`);
    });
});

describe("what happens to a service", () => {
    it("is nothing where the engine leaves the ECS service alone", () => {
        const alone = changed(ECS, () => ({ op: "same", reasons: [] }));
        assert.equal(web(alone).outcome, "runs on");
        assert.deepEqual(web(alone).reasons, []);
    });

    it("is no restart where only tags change, though the provider names an untouched set as well", () => {
        const tags = changed(ECS, () => ({ reasons: ["capacityProviderStrategies", "tagsAll"] }));
        assert.equal(web(tags).outcome, "runs on");
        assert.ok(web(tags).inPlace.some(({ what }) => what === "tags"));
    });

    it("is a restart by anything else: the provider sends UpdateService, and a new deployment is forced", () => {
        const waiting = changed(ECS, () => ({ reasons: ["tagsAll", "waitForSteadyState"] }));
        assert.equal(web(inputs(ECS, { waitForSteadyState: false }, waiting)).outcome, "restarts");
    });

    it("is a restart that ECS could do without, where the provider alone asks for it, and says so", () => {
        const grace = inputs(
            ECS,
            { healthCheckGracePeriodSeconds: 90 },
            changed(ECS, () => ({ reasons: ["healthCheckGracePeriodSeconds"] }), SAME_TASK),
        );
        assert.equal(web(grace).isForced, true);
        const unquoted = (value: string) => value;
        assert.match(
            serviceSentence(web(grace), unquoted),
            /^restarts \d+ tasks? because .*, which ECS could apply without a restart and the provider cannot; /,
        );
        assert.equal(web(BASE).isForced, false);
        assert.doesNotMatch(serviceSentence(web(BASE), unquoted), /without a restart/);
    });

    it("is a replacement where the engine replaces the ECS service", () => {
        const replaced = web(changed(ECS, () => ({ op: "replace", reasons: ["launchType"] })));
        assert.equal(replaced.outcome, "is replaced");
        assert.equal(replaced.rollout?.seconds, 65);
    });

    it("interrupts requests where the target group is replaced, since the new one is empty", () => {
        assert.equal(web(BASE).interruption, undefined);
        const group: Step = {
            op: "replace",
            urn: "urn:pulumi:dev::fargate::fargate:index:Service$aws:lb/targetGroup:TargetGroup::web",
            type: "aws:lb/targetGroup:TargetGroup",
            name: "web",
            parent: BASE.steps.find(({ type }) => type === "fargate:index:Service")?.urn,
            isComponent: false,
            before: { inputs: {}, outputs: {}, dependencies: [], isRetained: false },
            after: { inputs: {}, outputs: {}, dependencies: [], isRetained: false },
            reasons: ["vpcId"],
        };
        const emptied = { ...BASE, steps: [...BASE.steps, group] };
        assert.equal(web(emptied).interruption, "its target group is replaced, and the new one is empty at first");
    });

    it("interrupts requests where the load balancer speaks another protocol with new tasks", () => {
        const grpc = inputs(TASK, { route: { hosts: [], paths: ["/*"], protocol: "grpc" } });
        assert.match(web(grpc).interruption ?? "", /^its tasks speak another protocol/);
        const named = inputs(TASK, { route: { hosts: [], paths: ["/*"], protocol: "http1" } });
        assert.equal(web(named).interruption, undefined);
    });

    it("interrupts requests where old tasks stop first", () => {
        const stopFirst = inputs("fargate:index:Task", { minHealthyPercent: 0 });
        assert.equal(web(stopFirst).interruption, "its old tasks stop before new ones start");
    });

    it("leaves old tasks of a worker 30 seconds at least to stop, by the setting that they were started with", () => {
        const before = inputs(
            TASK,
            { route: undefined, drainSeconds: 45 },
            inputs("fargate:index:Service", { route: undefined }, BASE, "before"),
            "before",
        );
        const worker = inputs(
            TASK,
            { route: undefined, drainSeconds: 90 },
            inputs("fargate:index:Service", { route: undefined }, before),
        );
        assert.deepEqual(web(worker).rollout?.leaving, { how: "stop", seconds: 45 });
    });

    it("is not to be told where the preview leaves out what stays the same", () => {
        const changes = { ...BASE, steps: BASE.steps.filter(({ op }) => op !== "same") };
        assert.throws(() => review(changes), {
            name: "TypeError",
            message: "it does not show what stays the same, such as the component of web",
        });
    });
});

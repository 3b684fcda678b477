import * as assert from "node:assert/strict";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";
import { readStackFiles } from "../../tools/cli/stack-files";
import { inventory } from "../../tools/inventory/inventory";
import { shortType } from "../../tools/inventory/resource";
import { Change, Session, openSession } from "./harness";

const FOLDER = path.join(PROJECT_FOLDER, "tests/fixtures/stacks/everything");

/** What an update takes away, and what the engine does for it; giving it back does the opposite. */
interface Part {
    readonly name: string;
    readonly without: readonly Change[];
    readonly off: readonly string[];
    readonly on: readonly string[];
}

const ofWorker = (...keys: readonly string[]): Change[] => keys.map(key => [["fargate:services", "worker", key], undefined]);

const NEW_REVISION = ["replace ecs.TaskDefinition worker-task-definition", "update ecs.Service worker"];

const SIDECARS = [
    "ec2.VpcEndpoint endpoints-secretsmanager",
    "ec2.VpcEndpoint endpoints-xray",
    "iam.Role web-task-task",
    "iam.RolePolicy web-task-task",
];

const OF_SIDECARS = [
    "replace iam.RolePolicy web-task-execution",
    "replace ecs.TaskDefinition web-task-definition",
    "update ecs.Service web",
];

/** Disjoint: all are taken away in one update, and given back in another. */
const PARTS: readonly Part[] = [
    {
        name: "sidecars and tracing",
        without: ["sidecars", "dependsOn", "tracing"].map((key): Change => [["fargate:services", "web", key], undefined]),
        off: [...SIDECARS.map(one => `delete ${one}`), ...OF_SIDECARS],
        on: [...SIDECARS.map(one => `create ${one}`), ...OF_SIDECARS],
    },
    {
        name: "how a container starts",
        without: ofWorker(
            ...["command", "entryPoint", "workingDirectory", "nofile", "init", "restart"],
            ...["ephemeralGiB", "environmentFiles", "minHealthyPercent", "taskProtection"],
        ),
        off: [
            "delete iam.Role worker-task-task",
            "delete iam.RolePolicy worker-task-task",
            "replace iam.RolePolicy worker-task-execution",
            ...NEW_REVISION,
        ],
        on: [
            "create iam.Role worker-task-task",
            "create iam.RolePolicy worker-task-task",
            "replace iam.RolePolicy worker-task-execution",
            ...NEW_REVISION,
        ],
    },
];

const sorted = (operations: readonly (readonly string[])[]) => [...new Set(operations.flat())].sort();

describe("everything that a stack file can ask of workloads, on the real engine", function () {
    this.timeout(10 * 60_000);
    this.bail(true);
    const whole = readStackFiles(FOLDER, "everything");
    let session: Session;
    let untouched: unknown;

    before(async () => {
        session = await openSession("engine-everything", "everything", whole);
        untouched = await session.emulator.resources();
    });
    after(() => session.close());

    it("up creates exactly what plan lists", async () => {
        const created = await session.up();
        const { resources } = await inventory("everything", session.files);
        const listed = resources.filter(({ isComponent, type }) => !isComponent && !/^(pulumi:|docker-build:)/.test(type));
        assert.deepEqual(created, listed.map(({ type, name }) => `create ${shortType(type)} ${name}`).sort());
    });

    it("a second preview is empty, also after a refresh", async () => {
        assert.deepEqual(await session.preview(), []);
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    const names = PARTS.map(({ name }) => name).join(", ");

    it(`without ${names}: exactly the expected operations, then an empty preview`, async () => {
        await session.configure(...PARTS.flatMap(({ without }) => without));
        assert.deepEqual(await session.up(), sorted(PARTS.map(({ off }) => off)));
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it(`with ${names} again: nothing is replaced that need not be, then an empty preview`, async () => {
        session.files = whole;
        await session.configure();
        assert.deepEqual(await session.up(), sorted(PARTS.map(({ on }) => on)));
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it("destroy leaves nothing", async () => {
        await session.destroy();
        assert.deepEqual(await session.emulator.resources(), untouched);
    });
});

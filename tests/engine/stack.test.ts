import * as assert from "node:assert/strict";
import { inventory } from "../../tools/inventory/inventory";
import { shortType } from "../../tools/inventory/resource";
import { SECRET, TAG, updates } from "./changes";
import type { Existing } from "../../tools/sandbox/emulator";
import { Session, isKeptOnPurpose, isNoProof, openSession } from "./harness";

const UPDATE = 8 * 60_000;

/** What a change may do anything to but replace or delete. */
const LASTING =
    /^(replace|delete) (lb\.LoadBalancer|lb\.TargetGroup|lb\.Listener|ecs\.Cluster|ecs\.Service|ec2\.Vpc|ec2\.Subnet) /;

const wanted = process.env["STACK"] || undefined;
/** As `npm run test:engine:all` has it: each change by itself, which takes three times as long. */
const isEachAlone = process.env["ALL"] === "1";

interface Exported {
    readonly type: string;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

for (const stack of ["dev", "prod"] as const) {
    if (wanted !== undefined && wanted !== stack) continue;

    describe(`${stack} on the real engine`, function () {
        this.timeout(UPDATE);
        this.bail(true);
        let session: Session;
        let untouched: unknown;

        before(async () => {
            session = await openSession(`engine-${stack}`, stack);
            await session.emulator.seed({ region: "ap-northeast-2", zones: [], secretArns: [SECRET], images: [] });
            untouched = await session.emulator.resources();
        });
        after(() => session.close());

        it("up creates exactly what plan lists", async () => {
            const created = await session.up();
            const { resources } = await inventory(stack, session.files);
            // In the sandbox nothing is built.
            const listed = resources.filter(({ isComponent, type }) => !isComponent && !/^(pulumi:|docker-build:)/.test(type));
            assert.deepEqual(created, listed.map(({ type, name }) => `create ${shortType(type)} ${name}`).sort());
        });

        it("no subnet gives public addresses, though awsx would", async () => {
            const state = (await session.stack.exportStack()) as { deployment: { resources: Exported[] } };
            const { resources } = state.deployment;
            const subnets = resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
            assert.ok(subnets.length >= 4);
            assert.ok(subnets.every(({ outputs }) => outputs?.["mapPublicIpOnLaunch"] === false));
        });

        it("a second preview is empty, also after a refresh", async () => {
            assert.deepEqual(await session.preview(), []);
            assert.deepEqual(await session.preview({ refresh: true }), []);
        });

        for (const { name, changes, expected } of updates(stack, isEachAlone)) {
            it(`${name}: exactly the expected operations, then an empty preview`, async () => {
                await session.configure(...changes);
                const done = await session.up();
                assert.deepEqual(done, [...expected].sort());
                assert.deepEqual(await session.preview(), []);
                assert.deepEqual(
                    done.filter(operation => LASTING.test(operation) && !operation.endsWith(" worker")),
                    [],
                );
            });
        }

        it("a tag: everything in place", async () => {
            await session.configure(TAG);
            const done = await session.up();
            assert.ok(done.length > 20, `${done.length} resources got the tag`);
            assert.deepEqual(
                done.filter(operation => !operation.startsWith("update ")),
                [],
            );
            assert.deepEqual(await session.preview({ refresh: true }), []);
        });

        it(
            stack === "prod" ? "destroy leaves the log bucket and the key, and nothing else" : "destroy leaves nothing",
            async () => {
                await session.destroy();
                const left = (await session.emulator.resources()).filter(isNoProof);
                const isKept = (one: Existing) => stack === "prod" && isKeptOnPurpose(one);
                assert.deepEqual(
                    left.filter(each => !isKept(each)),
                    untouched,
                );
                assert.equal(left.filter(isKept).length, stack === "prod" ? 2 : 0);
            },
        );
    });
}

import assert from "node:assert/strict";
import { sample } from "../support/sample";
import { Change, Session, changed, openSession } from "./harness";

/** Enough for rules to meet in their band; 50 where time does not matter, as `npm run test:engine:all` has it. */
const COUNT = process.env["ALL"] === "1" ? 50 : 6;

const UPDATE = 30 * 60_000;

interface Exported {
    readonly type: string;
    readonly urn: string;
    readonly outputs?: { readonly priority?: number };
}

const IMAGE = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/sandbox/web";
const DIGEST = `${IMAGE}@sha256:${"1".repeat(64)}`;
const host = (name: string) => ({ hosts: [`${name}.shop.example.com`] });
const service = (route: object) => ({ image: `${IMAGE}:1`, port: 8080, tasks: 1, route });
const names = Array.from({ length: COUNT }, (_, index) => `service-${index}`);

/** Two services that need an order, and many that need none. */
const first = { early: service({ paths: ["/a*"], priority: 10 }), late: service({ paths: ["/*b"], priority: 20 }) };
const services = { ...first, ...Object.fromEntries(names.map(name => [name, service(host(name))])) };

/** The stack's services, with their images. */
function configured(given: Readonly<Record<string, object>>): Change[] {
    return [
        [["fargate:services"], given],
        [["fargate:images"], Object.fromEntries(Object.keys(given).map(name => [name, DIGEST]))],
    ];
}

/** A listener has each priority once, which the emulator holds as ELB does. */
describe(`${COUNT} services with a host each, on the real engine`, function () {
    this.timeout(UPDATE);
    this.bail(true);
    let session: Session;
    let untouched: unknown;
    let made: ReadonlyMap<string, number>;

    const priorities = async () => {
        const state = (await session.stack.exportStack()) as { deployment: { resources: Exported[] } };
        const rules = state.deployment.resources.filter(({ type }) => type === "aws:lb/listenerRule:ListenerRule");
        return new Map(rules.map(({ urn, outputs }) => [urn.slice(urn.lastIndexOf("::") + 2), outputs?.priority ?? 0]));
    };
    const rules = (operations: readonly string[]) => operations.filter(operation => operation.includes("lb.ListenerRule"));

    before(async () => {
        session = await openSession("engine-many-services", "dev", configured(services).reduce(changed, sample("dev")));
        untouched = await session.emulator.resources();
    });
    after(() => session.close());

    it("come up, each rule with a priority of its own, and preview empty", async () => {
        assert.equal(rules(await session.up()).length, COUNT + 2);
        made = await priorities();
        assert.equal(new Set(made.values()).size, COUNT + 2);
        assert.deepEqual(await session.preview(), []);
    });

    it("are removed, added, renamed, sent each other's hosts and ordered anew in one update, which renumbers one rule", async () => {
        const { "service-0": _, "service-1": renamed, ...others } = services as Record<string, object>;
        await session.configure(
            ...configured({
                ...others,
                added: service(host("added")),
                renamed: renamed ?? {},
                "service-2": service(host("service-3")),
                "service-3": service(host("service-2")),
                early: service({ paths: ["/a*"], priority: 20 }),
                late: service({ paths: ["/*b"], priority: 10 }),
            }),
        );
        const done = rules(await session.up());
        const after = await priorities();
        const moved = [...after].filter(([name, priority]) => (made.get(name) ?? priority) !== priority).map(([name]) => name);
        assert.equal(moved.length, 1, moved.join());
        assert.match(moved.join(), /^(early|late)-target-rule$/);
        assert.ok((after.get("late-target-rule") ?? 0) < (after.get("early-target-rule") ?? 0));
        assert.deepEqual(done, [
            "create lb.ListenerRule added-target-rule",
            "create lb.ListenerRule renamed-target-rule",
            "delete lb.ListenerRule service-0-target-rule",
            "delete lb.ListenerRule service-1-target-rule",
            `update lb.ListenerRule ${moved.join()}`,
            "update lb.ListenerRule service-2-target-rule",
            "update lb.ListenerRule service-3-target-rule",
        ]);
        assert.deepEqual(await session.preview(), []);
    });

    it("are gone after destroy", async () => {
        await session.destroy();
        assert.deepEqual(await session.emulator.resources(), untouched);
    });
});

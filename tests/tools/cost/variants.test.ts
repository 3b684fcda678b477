import assert from "node:assert/strict";
import { Cost, costOf } from "../../../tools/cost/estimate";
import type { Resource } from "../../../tools/inventory/resource";
import {
    EgressShape,
    withArchitecture,
    withEgress,
    withEndpointZones,
    withLogRetention,
    withSpot,
    withZones,
    withoutContainerInsights,
    withoutTasks,
} from "../../../tools/cost/variants";
import { pricesIn } from "../../../tools/cost/prices/prices";
import { PROJECT_FOLDER } from "../../../settings";
import { Inventory, inventory } from "../../../tools/inventory/inventory";
import { readStackFiles } from "../../../tools/cli/stack-files";

/** A region where everything has a price. */
const REGION = "us-east-1";
const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];
const SERVICE = {
    image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:v1",
    port: 8080,
    scaling: { min: 2, max: 6 },
    route: {},
    architecture: "x86_64",
    permissions: [{ actions: ["sqs:SendMessage"], resources: ["*"] }],
};

/** The real program for a production stack, with changes to its configuration. */
async function program(config: Readonly<Record<string, unknown>> = {}): Promise<Inventory> {
    const files = readStackFiles(PROJECT_FOLDER, "prod");
    const given = {
        "aws:region": REGION,
        "fargate:network": { zones: ZONES },
        "fargate:services": { web: SERVICE },
        "fargate:domain": undefined,
        "fargate:allowHttp": true,
        ...config,
    };
    const texts = Object.entries(given).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
    const all = { ...files.config, ...(Object.fromEntries(texts) as Record<string, string | undefined>) };
    const set = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return inventory("prod", { ...files, config: Object.fromEntries(set) });
}

function amounts(resources: readonly Resource[], { settings }: Inventory): Record<string, string> {
    const prices = pricesIn(REGION);
    assert.ok(prices);
    const { items, total }: Cost = costOf(resources, { ...settings.usage, egressGbPerMonth: 500 }, prices);
    assert.deepEqual(total.unknown, []);
    const rows = items.filter(({ monthly }) => monthly.max > 0);
    return Object.fromEntries(
        rows.map(({ component, service, monthly: { min, expected, max } }) => [
            `${component}, ${service}`,
            [min, expected, max].map(usd => usd.toFixed(4)).join(" "),
        ]),
    );
}

describe("a changed setting", () => {
    const cases: readonly [
        string,
        Readonly<Record<string, unknown>>,
        (resources: readonly Resource[], shape: EgressShape) => readonly Resource[],
    ][] = [
        [
            "architecture",
            { "fargate:services": { web: { ...SERVICE, architecture: "arm64" } } },
            all => withArchitecture(all, "web", "ARM64"),
        ],
        ["Spot share", { "fargate:services": { web: { ...SERVICE, spotPercent: 50 } } }, all => withSpot(all, "web", 50)],
        ["log retention", { "fargate:logRetentionDays": 30 }, all => withLogRetention(all, 30)],
        ["Container Insights", { "fargate:containerInsights": "disabled" }, all => withoutContainerInsights(all)],
        ["zones of endpoints", { "fargate:network": { zones: ZONES, endpointZones: 1 } }, all => withEndpointZones(all, 1)],
        [
            "zones",
            { "fargate:network": { zones: ZONES.slice(0, 2) } },
            (all, shape) => withZones(all, "endpoints", { ...shape, zoneCount: 2, endpointZones: 2 }),
        ],
        [
            "one NAT gateway",
            { "fargate:network": { zones: ZONES, egress: "nat" } },
            (all, shape) => withEgress(all, "nat", shape),
        ],
        [
            "NAT gateways",
            { "fargate:network": { zones: ZONES, egress: "nat-per-zone" } },
            (all, shape) => withEgress(all, "nat-per-zone", shape),
        ],
    ];

    let asItIs: Inventory;
    before("the stack as it is", async () => {
        asItIs = await program();
    });

    for (const [what, config, variant] of cases) {
        it(`(${what}) is priced as the program itself would make it`, async () => {
            const { network, services } = asItIs.settings;
            assert.ok(network.kind === "created");
            const after = await program(config);
            const guessed = amounts(variant(asItIs.resources, { ...network, services }), asItIs);
            assert.deepEqual(guessed, amounts(after.resources, after));
            assert.notDeepEqual(guessed, amounts(asItIs.resources, asItIs));
        });
    }

    it("(no tasks) is priced as the program itself would make it", async () => {
        const alarms = { thresholds: { loadBalancerErrorPercent: 5 } };
        const withTasks = (tasks: number) =>
            program({ "fargate:alarms": alarms, "fargate:services": { web: { ...SERVICE, scaling: undefined, tasks } } });
        const [two, none] = [await withTasks(2), await withTasks(0)];
        assert.deepEqual(amounts(withoutTasks(two.resources, "web"), two), amounts(none.resources, none));
        assert.notDeepEqual(amounts(two.resources, two), amounts(none.resources, none));
    });

    it("(endpoints in place of NAT) is priced as the program itself would make it", async () => {
        const nat = await program({ "fargate:network": { zones: ZONES, egress: "nat" } });
        const { network, services } = nat.settings;
        assert.ok(network.kind === "created");
        const guessed = amounts(withEgress(nat.resources, "endpoints", { ...network, services }), nat);
        assert.deepEqual(guessed, amounts(asItIs.resources, asItIs));
    });
});

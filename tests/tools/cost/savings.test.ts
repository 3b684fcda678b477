import assert from "node:assert/strict";
import { DEFAULT_USAGE } from "../../../settings/usage";
import { toCents } from "../../../tools/cost/prices/prices";
import { Estimate, Saving, SavingsSettings, savingsOf, settingText } from "../../../tools/cost/savings";
import { endpoint, loadBalancer, natGateway, prices, resource, scaling, service } from "../../support/cost-fixtures";

const WEB = {
    name: "web",
    architecture: "x86_64",
    spotPercent: 0,
    tasks: { min: 2, max: 2 },
    secrets: {},
    permissions: [],
} as const;

const PRODUCTION: SavingsSettings = {
    profile: "production",
    network: { kind: "created", egress: "endpoints", zones: ["a", "b", "c"], zoneCount: 3, endpointZones: 3 },
    logRetentionDays: 731,
    containerInsights: "enhanced",
    services: [WEB],
};

const ENDPOINTS = ["ecr.api", "ecr.dkr", "logs"];

/** What `PRODUCTION` makes, as far as it costs something. */
const RESOURCES = [
    resource("aws:ecs/cluster:Cluster", "cluster", { settings: [{ name: "containerInsights", value: "enhanced" }] }),
    loadBalancer(3),
    ...ENDPOINTS.map(name => endpoint(name, 3)),
    resource("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays: 731 }),
    ...service({
        arm: false,
        cpu: 2048,
        memoryMiB: 4096,
        tasks: 2,
        containers: [{}],
        dependencies: ["urn::aws:ecs/cluster:Cluster::cluster"],
    }),
    ...scaling("web", { min: 2, max: 2 }, {}),
];

function savings(change: Partial<Estimate> = {}): Saving[] {
    const usage = { ...DEFAULT_USAGE, egressGbPerMonth: 0, logGbPerMonth: 10 };
    return savingsOf({ settings: PRODUCTION, resources: RESOURCES, usage, prices: prices(), ...change });
}

const NIGHT = "fargate:services.web.tasks: 0";
const settingsOf = (list: readonly Saving[]) => list.map(({ change }) => settingText(change));
const amountOf = (list: readonly Saving[], setting: string) => {
    const found = list.find(({ change }) => settingText(change).startsWith(setting));
    return found?.monthlyUsd === undefined ? undefined : toCents(found.monthlyUsd);
};

describe("savings", () => {
    it("are what is left when the changed resources are priced anew", () => {
        const list = savings();
        // 2 × (72.0802 − 57.6700)
        assert.equal(amountOf(list, "fargate:services.web.architecture"), 28.82);
        // one of two tasks: 72.0802 − (2 × 0.01288871 + 4 × 0.00141527) × 730
        assert.equal(amountOf(list, "fargate:services.web.spotPercent: 50"), 49.13);
        assert.equal(amountOf(list, "fargate:network.endpointZones: 1"), 43.8);
        // 65.70 − 36.50
        assert.equal(amountOf(list, "fargate:network.egress: nat"), 29.2);
        // an address, and three endpoints in a zone
        assert.equal(amountOf(list, "fargate:network.zones: [a, b]"), 25.55);
        // 10 GB × 0.15 × 0.03 × (731 − 365) / (365 / 12)
        assert.equal(amountOf(list, "fargate:logRetentionDays: 365"), 0.54);
        // cluster 25, service 51, two tasks of 46
        assert.equal(amountOf(list, "fargate:containerInsights: disabled"), 11.76);
    });

    it("follow the prices and the load, so that none of them is written down anywhere", () => {
        const more = savings({ usage: { ...DEFAULT_USAGE, logGbPerMonth: 1000 } });
        assert.equal(amountOf(more, "fargate:logRetentionDays: 365"), 54.15);
        assert.equal(amountOf(savings({ prices: prices("eu-west-1") }), "fargate:network.endpointZones: 1"), 48.18);
    });

    it("are told largest first", () => {
        const amounts = savings().map(({ monthlyUsd }) => monthlyUsd ?? NaN);
        assert.deepEqual(
            amounts,
            [...amounts].sort((a, b) => b - a),
        );
        assert.match(settingsOf(savings())[0] ?? "", /spotPercent/);
    });

    it("leave out what would cost more", () => {
        const list = savings({ usage: { ...DEFAULT_USAGE, egressGbPerMonth: 10_000 } });
        assert.equal(amountOf(list, "fargate:network.egress: nat"), undefined);
        assert.ok(!settingsOf(savings()).includes("fargate:network.egress: nat-per-zone"));
    });

    it("say where another way out stops paying off", () => {
        const nat = savings().find(({ change }) => change.value === "nat");
        assert.match(nat?.loses ?? "", /break-even at 834 GB a month$/);
    });

    it("that hang on a price nobody knows are told without an amount, last", () => {
        const list = savings({ prices: prices("ap-northeast-2") });
        const last = list[list.length - 1];
        assert.deepEqual(last?.change, { path: ["services", "web", "spotPercent"], value: 50 });
        assert.equal(last.monthlyUsd, undefined);
        assert.match(last.unknown[0] ?? "", /^no price for Fargate Spot/);
    });

    it("are known where what is unknown stays as it is", () => {
        const resources = [...ENDPOINTS.map(name => endpoint(name, 3)), ...service({ spotPercent: 100 })];
        const list = savings({ resources, prices: prices("ap-northeast-2") });
        assert.equal(amountOf(list, "fargate:network.endpointZones: 1"), 56.94);
        assert.equal(amountOf(list, "fargate:services.web.spotPercent"), undefined);
    });

    it("turn a development stack off at night, and never a production one", () => {
        const night = (profile: "development" | "production") =>
            savings({
                settings: { ...PRODUCTION, profile, services: [{ ...WEB, tasks: 2 }] },
                resources: RESOURCES.filter(({ type }) => !type.startsWith("aws:appautoscaling")),
            });
        assert.equal(amountOf(night("production"), NIGHT), undefined);
        // Half of two tasks, and of their metrics: 25 + 51 + 92.
        assert.equal(amountOf(night("development"), NIGHT), toCents(72.0802 + (168 * 0.07) / 2));
    });

    it("do not turn a service off that scales: one task is its least", () => {
        assert.equal(amountOf(savings({ settings: { ...PRODUCTION, profile: "development" } }), NIGHT), undefined);
    });

    it("share no single task between Spot and on demand: it runs on one of them", () => {
        const [one, two] = [1, 2].map(tasks => {
            const settings = { ...PRODUCTION, services: [{ ...WEB, tasks }] };
            return savings({ settings, resources: service({ arm: false, tasks }) });
        });
        assert.ok(one && two);
        assert.equal(amountOf(one, "fargate:services.web.spotPercent"), undefined);
        assert.ok((amountOf(two, "fargate:services.web.spotPercent: 50") ?? 0) > 0);
        const wholly = { ...PRODUCTION, profile: "development", services: [{ ...WEB, tasks: 1 }] } as const;
        assert.ok(settingsOf(savings({ settings: wholly })).includes("fargate:services.web.spotPercent: 100"));
    });

    it("name the zones to be written down, and are silent where AWS chooses them", () => {
        const network = { ...PRODUCTION.network, zones: undefined };
        const list = settingsOf(savings({ settings: { ...PRODUCTION, network } }));
        assert.ok(!list.some(setting => setting.includes("zones:")));
    });

    it("are not offered where the setting is so already", () => {
        const thrifty: SavingsSettings = {
            ...PRODUCTION,
            network: { kind: "created", egress: "nat", zoneCount: 2, endpointZones: 2 },
            logRetentionDays: 365,
            containerInsights: "disabled",
            services: [{ ...WEB, architecture: "arm64", spotPercent: 50 }],
        };
        assert.deepEqual(settingsOf(savings({ settings: thrifty, resources: natGateway("nat") })), []);
    });

    it("leave the zones and the way out of somebody else's VPC alone", () => {
        const network = { kind: "existing", egress: "endpoints", endpointZones: 3 } as const;
        const list = settingsOf(savings({ settings: { ...PRODUCTION, network } }));
        assert.ok(!list.some(setting => setting.includes("network.egress") || setting.includes("network.zones")));
        assert.ok(list.includes("fargate:network.endpointZones: 1"));
    });
});

import assert from "node:assert/strict";
import { parse } from "yaml";
import { pricesIn } from "../../../tools/cost/prices/prices";
import { largestSavings, savingsJson, savingsLines } from "../../../tools/cost/savings-text";
import { Saving, settingText } from "../../../tools/cost/savings";
import { costSection } from "../../../tools/cost/section";
import { inventory } from "../../../tools/inventory/inventory";
import { policySection } from "../../../tools/policy/section";
import { refusals } from "../../../tools/cost/refusal";
import { files } from "../../support/changed-files";

const TODAY = "2026-11-03";
const ZONES = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"];
const DOMAIN = { name: "shop.example.com", zone: "example.com" };

/** Savings of a stack that it may have. */
async function savings(stack: string, config: Readonly<Record<string, unknown>> = {}, today = TODAY): Promise<Saving[]> {
    const given = files(stack, config);
    const found = await inventory(stack, given);
    const prices = pricesIn(found.settings.region);
    assert.ok(prices);
    const { settings, resources } = found;
    return largestSavings({ settings, resources, usage: settings.usage, prices }, refusals(found, given, today));
}

const settingsOf = (list: readonly Saving[]) => list.map(({ change }) => settingText(change));

describe("savings that are shown", function () {
    this.timeout(30_000);

    it("are the three largest, and those whose price nobody knows below them in the same columns", async () => {
        const lines = savingsLines(await savings("prod"));
        assert.deepEqual(
            lines.slice(1).map(line => line.replace(/ {2}gives up: .*/, "")),
            [
                "    56.94  fargate:network.endpointZones: 1                         ",
                "    38.20  fargate:network.egress: nat                              ",
                "    32.20  fargate:network.zones: [ap-northeast-2a, ap-northeast-2b]",
                "  unknown  fargate:services.web.spotPercent: 50                     ",
            ],
        );
        assert.match(lines[4] ?? "", /two minutes' notice \(no price for Fargate Spot ARM64, vCPU-hour, in ap-northeast-2; /);
    });

    it("are the same as data, to the cent, with null where nobody knows", async () => {
        const list = savingsJson(await savings("prod"));
        assert.deepEqual(
            list.map(({ setting, monthlyUsd }) => [setting, monthlyUsd]),
            [
                ["fargate:network.endpointZones: 1", 56.94],
                ["fargate:network.egress: nat", 38.2],
                ["fargate:network.zones: [ap-northeast-2a, ap-northeast-2b]", 32.2],
                ["fargate:services.web.spotPercent: 50", null],
            ],
        );
    });

    it("are none that the settings refuse: fewer zones than the file has endpoints in", async () => {
        const zones = { zones: ZONES, endpointZones: 3 };
        const list = settingsOf(await savings("prod", { "fargate:network": zones }));
        assert.ok(!list.some(setting => setting.includes("network.zones")), list.join());
        assert.ok(list.includes("fargate:network.endpointZones: 1"));
    });

    it("are none that a policy rule objects to: logs and metrics of production", async () => {
        const thrifty = { "fargate:network": { zones: ZONES.slice(0, 2), endpointZones: 1 } };
        const list = settingsOf(await savings("prod", thrifty));
        assert.deepEqual(list, ["fargate:services.web.spotPercent: 50"]);
    });

    it("are allowed where somebody made an exception, until it ends", async () => {
        const exception = { rule: "clusters-have-container-insights", reason: "a demonstration", until: "2026-12-31" };
        const config = {
            "fargate:network": { zones: ZONES.slice(0, 2), endpointZones: 1 },
            "fargate:policyExceptions": [exception],
        };
        assert.ok(settingsOf(await savings("prod", config)).includes("fargate:containerInsights: disabled"));
        assert.ok(!settingsOf(await savings("prod", config, "2027-01-01")).includes("fargate:containerInsights: disabled"));
    });

    it("are not held responsible for what rules object to already", async () => {
        const config = { "fargate:logRetentionDays": 30, "fargate:domain": DOMAIN };
        assert.ok(settingsOf(await savings("prod", config)).includes("fargate:network.endpointZones: 1"));
    });

    it("turn a service off at night by a value that its settings allow", async () => {
        const region = { "aws:region": "us-east-1", "fargate:network": {} };
        const web = { build: { context: "./app" }, port: 8080, route: {} };
        const fixed = await savings("dev", { ...region, "fargate:services": { web } });
        assert.ok(settingsOf(fixed).includes("fargate:services.web.tasks: 0"));
        const scaled = await savings("dev", { ...region, "fargate:services": { web: { ...web, scaling: { min: 1, max: 3 } } } });
        assert.ok(!settingsOf(scaled).some(setting => setting.includes("tasks")));
    });

    it("come true when they are written into the file as they are printed", async () => {
        const costIn = async (config: Readonly<Record<string, unknown>>) => {
            const given = files("prod", config);
            const found = await inventory("prod", given);
            assert.equal(policySection(found, TODAY).blocks, false);
            return (costSection(found).json["total"] as { expected: number }).expected;
        };
        const now = await costIn({});
        for (const saving of (await savings("prod")).filter(({ monthlyUsd }) => monthlyUsd !== undefined)) {
            const [setting, value] = Object.entries(parse(settingText(saving.change)) as object)[0] as [string, unknown];
            const [key = "", below = ""] = setting.split(".");
            const old = JSON.parse(files("prod").config[key] ?? "{}") as object;
            const then = await costIn({ [key]: { ...old, [below]: value } });
            assert.ok(Math.abs(now - then - (saving.monthlyUsd ?? NaN)) < 0.01, setting);
        }
    });
});

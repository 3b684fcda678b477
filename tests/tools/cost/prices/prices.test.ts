import assert from "node:assert/strict";
import {
    PRICE_LABELS,
    PRICE_TABLE,
    PriceKey,
    PriceTable,
    noPrices,
    pricesIn,
    toCents,
} from "../../../../tools/cost/prices/prices";

const KEYS = Object.keys(PRICE_LABELS) as PriceKey[];
const SPOT: PriceKey[] = ["fargateSpotVcpuHour", "fargateSpotGbHour", "fargateSpotArmVcpuHour", "fargateSpotArmGbHour"];

describe("prices", () => {
    it("know three regions in full, but for what nobody could find out", () => {
        const missing = (region: string) => KEYS.filter(key => pricesIn(region)?.of(key) === undefined).sort();
        assert.deepEqual(missing("us-east-1"), []);
        assert.deepEqual(missing("eu-west-1"), ["m7gLargeHour"]);
        assert.deepEqual(missing("ap-northeast-2"), [...SPOT, "m7gLargeHour"].sort());
    });

    it("carry a source, a day and a confidence, and are more than nothing", () => {
        const batches = [...Object.values(PRICE_TABLE.regions).flat(), ...PRICE_TABLE.everywhere];
        for (const { source, asOf, confidence, usd } of batches) {
            assert.ok(source.length > 0);
            assert.match(asOf, /^\d{4}-\d{2}-\d{2}$/);
            assert.ok(["H", "M", "L"].includes(confidence));
            for (const [key, amount] of Object.entries(usd)) assert.ok(amount > 0 && key in PRICE_LABELS, `${key} ${amount}`);
        }
        assert.deepEqual(pricesIn("us-east-1")?.of("fargateSpotVcpuHour"), {
            key: "fargateSpotVcpuHour",
            usd: 0.01288871,
            source: "one secondary source",
            asOf: "2026-10-06",
            confidence: "M",
        });
    });

    it("are given once by region", () => {
        for (const [region, batches] of Object.entries(PRICE_TABLE.regions)) {
            const keys = batches.flatMap(({ usd }) => Object.keys(usd));
            assert.deepEqual(keys, [...new Set(keys)], region);
        }
    });

    it("of a region go before those of everywhere", () => {
        const batch = { source: "a list", asOf: "2026-11-01", confidence: "H" } as const;
        const table: PriceTable = {
            regions: { "eu-north-1": [{ ...batch, usd: { ecrGbMonth: 0.2 } }] },
            everywhere: [{ ...batch, usd: { ecrGbMonth: 0.1, kmsKeyMonth: 1 } }],
        };
        const prices = pricesIn("eu-north-1", table);
        assert.deepEqual(
            (["ecrGbMonth", "kmsKeyMonth", "albHour"] as const).map(key => prices?.of(key)?.usd),
            [0.2, 1, undefined],
        );
    });

    it("of a region that is not in the table do not exist, whatever holds everywhere", () => {
        assert.equal(pricesIn("eu-north-1"), undefined);
        assert.equal(
            noPrices("eu-north-1"),
            "There are no prices for eu-north-1. Known: ap-northeast-2, eu-west-1, us-east-1. Fetch AWS's public price list (no credentials): npm run prices:refresh -- eu-north-1",
        );
        assert.match(noPrices("cn-north-1"), /AWS's public price list has none of aws-cn, whose costs stay unknown here$/);
    });

    it("are finite and more than nothing: what is no price is unknown, wherever it stands", () => {
        const amounts = JSON.parse('[1e309, -1e309, null, -0.1, 0, "0.1", true, [0.1], {}]') as number[];
        for (const amount of [...amounts, NaN]) {
            const batch = (usd: number) =>
                ({ source: "a list", asOf: "2026-11-01", confidence: "H", usd: { albHour: usd } }) as const;
            const own: PriceTable = { regions: { "eu-north-1": [batch(amount)] }, everywhere: [batch(0.02)] };
            assert.equal(pricesIn("eu-north-1", own)?.of("albHour"), undefined, String(amount));
            const everywhere: PriceTable = { regions: { "eu-north-1": [] }, everywhere: [batch(amount)] };
            assert.equal(pricesIn("eu-north-1", everywhere)?.of("albHour"), undefined, String(amount));
        }
    });

    it("round half a cent up", () => {
        assert.equal(toCents(0.0225 * 730), 16.43);
        assert.equal(toCents(1.005), 1.01);
        assert.equal(toCents(16.4249), 16.42);
        assert.equal(toCents(0), 0);
    });
});

import assert from "node:assert/strict";
import { EgressOption, breakEvenGb, cheapestEgress, egressAdvice } from "../../../tools/cost/egress";
import type { EgressCase } from "../../../tools/cost/egress";
import { toCents } from "../../../tools/cost/prices/prices";
import { NO_LOAD, endpoint, loadBalancer, prices } from "../../support/cost-fixtures";

const worker = { secrets: {}, permissions: [] };

/** A stack with three endpoints (images and logs), in as many zones as are asked for. */
function stack(zones: number, region = "us-east-1"): EgressCase {
    return {
        resources: [loadBalancer(zones), ...["ecr.api", "ecr.dkr", "logs"].map(name => endpoint(name, zones))],
        usage: NO_LOAD,
        prices: prices(region),
        shape: { zoneCount: zones, endpointZones: zones, services: [worker] },
    };
}

const cents = (options: readonly EgressOption[]) =>
    options.map(({ egress, monthlyUsd }) => [egress, ...monthlyUsd.map(usd => toCents(usd ?? NaN))]);

describe("the egress adviser", () => {
    it("prices every way out at 0, 100 and 1000 GB, whatever the stack has now", () => {
        assert.deepEqual(cents(egressAdvice(stack(2), {})), [
            ["endpoints", 43.8, 44.8, 53.8],
            ["nat", 36.5, 41, 81.5],
            ["nat-per-zone", 73, 77.5, 118],
        ]);
        assert.deepEqual(cents(egressAdvice({ ...stack(2), resources: [] }, {})), cents(egressAdvice(stack(2), {})));
    });

    it("counts an endpoint more for what an application calls", () => {
        const services = [{ secrets: {}, permissions: [{ actions: ["sqs:SendMessage"] }] }];
        const { shape, ...rest } = stack(2);
        const [endpoints] = egressAdvice({ ...rest, shape: { ...shape, services } }, {});
        assert.equal(toCents(endpoints?.monthlyUsd[0] ?? 0), 58.4);
    });

    it("names the cheapest for each amount of data", () => {
        assert.deepEqual(cheapestEgress(egressAdvice(stack(2), {})), ["nat", "nat", "endpoints"]);
    });

    it("never advises a way that the stack cannot take", () => {
        const options = egressAdvice(stack(2), { nat: "a reason", endpoints: "another" });
        assert.deepEqual(cheapestEgress(options), ["nat-per-zone", "nat-per-zone", "nat-per-zone"]);
        assert.equal(options[1]?.impossible, "a reason");
    });

    it("finds the data at which two ways cost the same", () => {
        const gb = breakEvenGb(stack(2), "endpoints", "nat");
        assert.ok(gb !== undefined);
        // 43.80 + 0.01 GB = 36.50 + 0.045 GB
        assert.equal(gb.toFixed(3), (7.3 / 0.035).toFixed(3));
        assert.equal(breakEvenGb(stack(2), "nat", "endpoints")?.toFixed(3), gb.toFixed(3));
    });

    it("finds none where one way is cheaper throughout", () => {
        assert.equal(breakEvenGb(stack(1), "endpoints", "nat"), undefined);
        assert.equal(breakEvenGb(stack(2), "nat", "nat-per-zone"), undefined);
    });

    it("knows nothing where a price is missing", () => {
        const { of, region } = prices();
        const without = {
            ...stack(2),
            prices: { region, of: (key: Parameters<typeof of>[0]) => (key === "natHour" ? undefined : of(key)) },
        };
        const options = egressAdvice(without, {});
        assert.deepEqual(options[1]?.monthlyUsd, [undefined, undefined, undefined]);
        assert.deepEqual(cheapestEgress(options), ["endpoints", "endpoints", "endpoints"]);
        assert.equal(breakEvenGb(without, "endpoints", "nat"), undefined);
    });
});

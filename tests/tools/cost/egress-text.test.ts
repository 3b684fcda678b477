import assert from "node:assert/strict";
import { pricesIn } from "../../../tools/cost/prices/prices";
import { Egress, adviseOnEgress, egressJson, egressLines } from "../../../tools/cost/egress-text";
import { inventory } from "../../../tools/inventory/inventory";
import { refusals } from "../../../tools/cost/refusal";
import { files } from "../../support/changed-files";

async function advice(config: Readonly<Record<string, unknown>> = {}): Promise<Egress> {
    const given = files("prod", config);
    const found = await inventory("prod", given);
    const { network, services, usage, region } = found.settings;
    const prices = pricesIn(region);
    assert.ok(prices && network.kind === "created");
    const estimate = { resources: found.resources, usage, prices, shape: { ...network, services } };
    return adviseOnEgress(estimate, network.egress, refusals(found, given, "2026-11-03"));
}

/** An image that only the internet has. */
const OUTSIDE = {
    "fargate:services": { web: { image: "nginx:1.29", port: 8080, route: { hosts: ["shop.example.com"] }, tasks: 2 } },
    "fargate:network": { zones: ["ap-northeast-2a", "ap-northeast-2c"], egress: "nat-per-zone" },
};

describe("the ways out of a stack", () => {
    it("are told with the cheapest for each amount of data and the break-even", async () => {
        const text = egressLines(await advice()).join("\n");
        assert.match(text, /^ {2}endpoints \(now\) +85\.41 +86\.41 +95\.41 \*/m);
        assert.match(text, /^ {2}nat +46\.72 \* +52\.62 \* +105\.72/m);
        assert.match(text, /cost the same at 790 GB a month$/m);
    });

    it("are the same as data, to the cent", async () => {
        const { ways, breakEvenGb } = egressJson(await advice()) as { ways: Record<string, unknown>[]; breakEvenGb: number };
        assert.equal(breakEvenGb, 790);
        assert.deepEqual(ways[0], {
            egress: "endpoints",
            isNow: true,
            byData: [
                { gb: 0, monthlyUsd: 85.41, isCheapest: false },
                { gb: 100, monthlyUsd: 86.41, isCheapest: false },
                { gb: 1000, monthlyUsd: 95.41, isCheapest: true },
            ],
            loses: "the internet: tasks reach AWS services with an endpoint, and nothing else",
            impossible: null,
        });
    });

    it("name one reason against a way, and how many more there are", async () => {
        const permissions = [{ actions: ["foo:Bar"], resources: ["*"] }];
        const { web } = OUTSIDE["fargate:services"];
        const { options } = await advice({ ...OUTSIDE, "fargate:services": { web: { ...web, permissions } } });
        assert.match(
            options[0]?.impossible ?? "",
            /^fargate:services\.web\.image found .*, or fargate:network\.egress: nat\. To copy .* Stock images: .*; and 1 more$/,
        );
    });

    it("never advises endpoints to a stack whose image is outside ECR, and says why not", async () => {
        const found = await advice(OUTSIDE);
        const reason =
            "fargate:services.web.image found nginx:1.29, allowed: an image in ECR in ap-northeast-2, since tasks have no internet, or fargate:network.egress: nat. To copy this one there: npm run mirror -- prod nginx:1.29. Stock images: docs/configuration.md#stock-images";
        const [endpoints = "", nat = ""] = egressLines(found).slice(2);
        assert.ok(endpoints.startsWith("  endpoints ") && endpoints.endsWith(`not possible here: ${reason}`), endpoints);
        assert.doesNotMatch(endpoints, /\*/);
        assert.match(nat, /\d \*/);
        const { ways } = egressJson(found) as { ways: { impossible: string | null }[] };
        assert.deepEqual(
            ways.map(({ impossible }) => impossible),
            [reason, null, null],
        );
    });
});

import assert from "node:assert/strict";
import { budgetVerdict, failsBudget } from "../../../tools/cost/budget";
import { PriceKey, pricesIn, toCents } from "../../../tools/cost/prices/prices";
import { costOf } from "../../../tools/cost/estimate";
import { NO_LOAD, cost, loadBalancer, natGateway, prices, resource, scaling, service } from "../../support/cost-fixtures";

const limit = (monthlyUsd: number) => ({ budget: { monthlyUsd } });

describe("a budget", () => {
    const stack = cost([...natGateway("nat"), loadBalancer(2), ...service({ cpu: 2048, memoryMiB: 4096 })], NO_LOAD);
    const expected = stack.total.monthly.expected;

    it("is exceeded above it, and not at it", () => {
        assert.equal(budgetVerdict(limit(expected), stack).kind, "within");
        assert.equal(budgetVerdict(limit(expected - 0.01), stack).kind, "exceeded");
        assert.equal(budgetVerdict({}, stack).kind, "none");
    });

    it("that is exceeded names the three largest items", () => {
        const verdict = budgetVerdict(limit(100), stack);
        assert.ok(verdict.kind === "exceeded");
        assert.equal(toCents(verdict.byUsd), toCents(expected - 100));
        assert.deepEqual(
            verdict.largest.map(({ component, service: name }) => [component, name]),
            [
                ["web", "AWS Fargate"],
                ["nat", "Amazon VPC"],
                ["load-balancer", "Elastic Load Balancing"],
            ],
        );
    });

    it("looks at the expected level, not at the maximum", () => {
        const total = { fixed: 10, usage: 5, monthly: { min: 10, expected: 15, max: 90 }, unknown: [], atMost: 15 };
        assert.equal(budgetVerdict(limit(20), { items: [], total, unpriced: [] }).kind, "within");
    });
});

describe("a budget and Spot without a price", () => {
    /** Load balancer 23.73, tasks on demand 8.29. */
    const seoul = (tasks = 1) => cost([...service({ spotPercent: 100, tasks }), loadBalancer(2)], NO_LOAD, "ap-northeast-2");

    it("holds where it holds on demand, which Spot is never above", () => {
        const verdict = budgetVerdict(limit(33), seoul());
        assert.ok(verdict.kind === "within");
        assert.equal(toCents(verdict.leftUsd), 0.98);
        assert.equal(verdict.countsOnDemand, true);
        assert.ok(!failsBudget(verdict));
    });

    it("is exceeded where what is known is above it", () => {
        assert.equal(budgetVerdict(limit(20), seoul()).kind, "exceeded");
    });

    it("cannot be told in between, and fails with what it is at most", () => {
        const verdict = budgetVerdict(limit(60), seoul(500));
        assert.ok(verdict.kind === "unknown");
        assert.ok(failsBudget(verdict));
        assert.equal(toCents(verdict.knownUsd ?? NaN), 23.73);
        assert.equal(toCents(verdict.atMostUsd ?? NaN), toCents(23.725 + 500 * (0.25 * 0.03725 + 0.5 * 0.00409) * 730));
        assert.deepEqual(verdict.missing, ["fargateSpotArmVcpuHour", "fargateSpotArmGbHour"]);
        assert.match(seoul(500).items[0]?.what ?? "", /\(on demand: 4,145\.49\)$/);
    });

    it("counts no more than there is: tasks that are on demand anyway are counted once", () => {
        const half = cost(service({ spotPercent: 50, tasks: 2 }), NO_LOAD, "ap-northeast-2");
        const onDemand = cost(service({ tasks: 2 }), NO_LOAD, "ap-northeast-2");
        assert.equal(half.total.atMost?.toFixed(6), onDemand.total.monthly.expected.toFixed(6));
    });

    it("is no matter where there are no tasks", () => {
        const verdict = budgetVerdict(limit(24), seoul(0));
        assert.ok(verdict.kind === "within" && !verdict.countsOnDemand);
    });
});

describe("a budget cannot be told", () => {
    it("where something has no price that bounds it", () => {
        const { of, region } = prices();
        const without = { region, of: (key: PriceKey) => (key === "albHour" ? undefined : of(key)) };
        const verdict = budgetVerdict(limit(1000), costOf([loadBalancer(2)], NO_LOAD, without));
        assert.ok(verdict.kind === "unknown");
        assert.deepEqual([verdict.atMostUsd, verdict.missing], [undefined, ["albHour"]]);
    });

    it("where nobody has priced a type", () => {
        const verdict = budgetVerdict(limit(1000), cost([resource("aws:sagemaker/endpoint:Endpoint", "model")]));
        assert.ok(verdict.kind === "unknown");
        assert.equal(verdict.atMostUsd, undefined);
        assert.match(verdict.unpriced[0] ?? "", /model/);
    });

    it("where a price of the table is none, which JSON has no word for: 1e309 is written back as null", () => {
        const usd = JSON.parse(JSON.stringify({ albHour: Infinity, albLcuHour: 0.008, publicIpv4Hour: 0.005 })) as {
            albHour: number;
        };
        const batch = { source: "a list", asOf: "2026-11-01", confidence: "H", usd } as const;
        const table = pricesIn("eu-north-1", { regions: { "eu-north-1": [batch] }, everywhere: [] });
        assert.ok(table !== undefined);
        const verdict = budgetVerdict(limit(1000), costOf([loadBalancer(2)], NO_LOAD, table));
        assert.ok(verdict.kind === "unknown" && failsBudget(verdict));
        assert.deepEqual(verdict.missing, ["albHour"]);
    });

    it("where a quantity is no number, or more than any", () => {
        const quantities: Parameters<typeof service>[0][] = [
            { cpu: NaN },
            { memoryMiB: Infinity },
            { tasks: NaN },
            { tasks: -1 },
            { storageGib: Infinity },
            { spotPercent: NaN },
        ];
        for (const changes of quantities) {
            const verdict = budgetVerdict(limit(1000), cost(service(changes), NO_LOAD, "ap-northeast-2"));
            assert.ok(verdict.kind === "unknown", JSON.stringify(changes));
            assert.match(verdict.unpriced[0] ?? "", /nobody knows what web costs/);
        }
        const scaled = [...service(), ...scaling("web", { min: 1, max: 10 }, { ALBRequestCountPerTarget: 0 })];
        assert.ok(budgetVerdict(limit(1000), cost(scaled, { requestsPerMonth: 0 })).kind === "unknown");
    });

    it("in a region without prices, and fails there", () => {
        assert.ok(failsBudget(budgetVerdict(limit(1000), undefined)));
        assert.equal(budgetVerdict({}, undefined).kind, "none");
    });
});

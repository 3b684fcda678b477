import assert from "node:assert/strict";
import { DEFAULT_USAGE } from "../../../../settings/usage";
import { costOf } from "../../../../tools/cost/estimate";
import { pricesIn } from "../../../../tools/cost/prices/prices";
import { inventory } from "../../../../tools/inventory/inventory";
import { REPOSITORY, WEB, configuration } from "../../../support/given";
import { sample } from "../../../support/sample";

const SEOUL = pricesIn("ap-northeast-2");

async function linesOf(job: object, usage = {}) {
    const config = configuration({ services: { web: WEB }, jobs: { nightly: { of: "web", command: ["a"], ...job } } });
    const { resources } = await inventory("dev", { ...sample("dev"), config });
    assert.ok(SEOUL);
    const { items, unpriced } = costOf(resources, { ...DEFAULT_USAGE, ...usage }, SEOUL);
    assert.deepEqual(unpriced, []);
    return items.filter(({ component }) => component === "nightly");
}
const quantity = (items: Awaited<ReturnType<typeof linesOf>>, key: string) => {
    const found = items.flatMap(({ lines }) => lines).find(line => line.key === key)?.quantity.expected;
    return found === undefined ? undefined : Math.round(found * 1e6) / 1e6;
};

describe("the price of a job", () => {
    it("is its tasks' time by the runs of its schedule, state transitions, calls and an alarm", async () => {
        const items = await linesOf({ cron: "0 * * * *", parallel: 4, cpu: 512, memoryMiB: 1024 }, { jobMinutes: 6 });
        // 730 runs of 4 tasks of 6 minutes.
        assert.equal(quantity(items, "fargateArmVcpuHour"), 730 * 4 * 0.1 * 0.5);
        assert.equal(quantity(items, "fargateArmGbHour"), 730 * 4 * 0.1);
        assert.equal(quantity(items, "stateTransition1k"), (730 * 11) / 1000);
        assert.equal(quantity(items, "schedulerPerMillionCalls"), 0.00073);
        assert.equal(quantity(items, "alarmMonth"), 1);
    });

    it("is by assumed runs on demand, and never by more minutes than an attempt has", async () => {
        const items = await linesOf({ timeoutMinutes: 3 }, { jobMinutes: 60, jobRunsPerMonth: 10 });
        assert.equal(quantity(items, "fargateArmVcpuHour"), 10 * 0.05 * 0.25);
        assert.equal(quantity(items, "stateTransition1k"), 0.02);
        assert.equal(quantity(items, "schedulerPerMillionCalls"), undefined);
    });

    it("counts the states that look at a task of several containers", async () => {
        const sidecars = { proxy: { image: `${REPOSITORY}:1` } };
        assert.equal(quantity(await linesOf({ sidecars }, { jobRunsPerMonth: 10 }), "stateTransition1k"), 0.08);
        assert.equal(quantity(await linesOf({ sidecars: {} }, { jobRunsPerMonth: 10 }), "stateTransition1k"), 0.02);
    });

    it("is that of Spot where the tasks are on Spot", async () => {
        const items = await linesOf({ spot: true });
        assert.equal(quantity(items, "fargateArmVcpuHour"), undefined);
        assert.equal(quantity(items, "fargateSpotArmVcpuHour"), (30 * 0.25) / 12);
    });
});

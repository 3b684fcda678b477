import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { pricesIn } from "../../../tools/cost/prices/prices";
import type { RunningTask } from "../../../tools/deployed/aws/stack-now";
import { rateOf, rateText } from "../../../tools/deployed/rate";
import { statusData } from "../../../tools/deployed/status-data";
import { ServiceNow, StackNow, partsIn } from "../../../tools/deployed/status-now";
import { deploymentText, statusText } from "../../../tools/deployed/status-text";
import { verdictOf } from "../../../model/verdict";
import { settingsOf } from "../../../settings";
import { sample } from "../../support/sample";
import { DECLARED, NEW, OLD, at, attempt, deployment, observed } from "../../support/verdict-fixture";

const NOW = at(600);
const FRAME = { stack: "prod", region: "eu-north-1" };

function service(observation: ReturnType<typeof observed>, more: Partial<ServiceNow> = {}): ServiceNow {
    const verdict = verdictOf(observation, DECLARED, 600);
    return { name: "web", rollout: DECLARED, observation, verdict, begun: at(0), maySleep: false, ...more };
}

function text(services: readonly ServiceNow[], more: Partial<StackNow> = {}, width?: number): string {
    const now = { at: NOW, services, jobs: [], unseen: [], ...more };
    return stripVTControlCharacters(statusText(now, { ...FRAME, width }));
}

const said = (one: ServiceNow) =>
    stripVTControlCharacters(deploymentText(one, NOW)).replaceAll(/ since [\d:]+/g, " since <time>");

describe("status", () => {
    const good = observed([deployment()]);

    it("says of a service that it runs, sleeps, or was never deployed", () => {
        assert.match(said(service(good)), /^shop-dev-web:\d+ runs since <time>$/);
        const asleep = observed([deployment({ desired: 0, running: 0 })]);
        assert.match(said(service(asleep, { maySleep: true })), /, no task is desired: asleep by its schedule$/);
        assert.match(said(service(asleep)), /, no task is desired$/);
        assert.equal(said({ name: "web", maySleep: false }), "never deployed");
        assert.match(text([{ name: "web", maySleep: false }]), /^web +- +- +- +- +never deployed$/m);
    });

    it("says what a rollout that goes on waits for, and what ran in place of one that was taken back", () => {
        const under = observed([deployment({ state: "IN_PROGRESS", running: 1 })]);
        const now = { ...service(under), verdict: verdictOf(under, DECLARED, 20) };
        assert.match(said(now), / rolls out: starting tasks, 1 of \d running, begun [\d:]+, usually \d/);
        const back = observed([deployment({ taskDefinition: OLD })], { history: [attempt("ROLLBACK_SUCCESSFUL", NEW)] });
        assert.match(said(service(back)), /^\S+ was rolled back; \S+ runs$/);
        assert.match(text([service(back, { failure: "web: the rollout failed" })]), /\n\nweb: the rollout failed$/);
    });

    it("lists alarms that are on, last events newest first, jobs, and what was not seen, at 80 columns too", () => {
        const events = [1, 2, 3, 4, 5, 6].map(second => ({
            at: at(second),
            message: `(service web-1) event ${second}\u001b[2J`,
        }));
        const { service: state } = good;
        assert.ok(state);
        const alarms = [
            {
                name: "shop-web-cpu",
                state: "ALARM",
                reason: "Threshold Crossed: 3 out of the last 5 datapoints were above",
                since: at(0),
            },
            { name: "shop-web-errors", state: "OK", reason: "" },
            { name: "shop-web-new", state: "INSUFFICIENT_DATA", reason: "" },
        ] as const;
        const jobs = [
            { name: "nightly", running: 1 },
            { name: "weekly" },
            { name: "hourly", last: { task: "3f2a9c1b", at: at(0) } },
        ];
        const shown = text(
            [service({ ...good, service: { ...state, events } })],
            { alarms, jobs, unseen: ["stopped tasks: no"] },
            80,
        );
        assert.match(shown, /^Alarms {2}1 on, 1 OK, 1 without data$/m);
        assert.match(shown, /shop-web-cpu +[\d:]+ +Threshold Crossed/);
        assert.deepEqual(
            [...shown.matchAll(/event (\d)/g)].map(([, number]) => number),
            ["6", "5", "4", "3", "2"],
        );
        assert.match(shown, /^nightly +a task runs now\nweekly +none that wrote anything\nhourly +task 3f2a9c wrote at [\d:]+$/m);
        assert.match(shown, /^Not seen: stopped tasks: no$/m);
        assert.ok(
            shown.split("\n").every(line => line.length <= 80),
            shown,
        );
        assert.doesNotMatch(shown, /\u001b/);
    });

    it("says as data the same", () => {
        const now = { at: NOW, services: [service(good)], jobs: [], alarms: [], unseen: [] };
        const { services, cost } = statusData(now, FRAME);
        assert.deepEqual([services[0]?.name, services[0]?.verdict.kind, services[0]?.pending, cost], ["web", "running", 0, null]);
    });

    it("prices each task that runs by its size and place, and says what has no price", () => {
        const files = sample("dev");
        const settings = settingsOf(files.config, files);
        const prices = pricesIn("us-east-1");
        assert.ok(prices);
        const task: RunningTask = { family: "gone", vcpu: 1, memoryGb: 2, isOnSpot: false };
        const price = (key: Parameters<typeof prices.of>[0]) => prices.of(key)?.usd ?? NaN;
        const one = price("fargateVcpuHour") + 2 * price("fargateGbHour");
        const rate = rateOf([task, task], settings, prices);
        assert.ok(Math.abs((rate.hourUsd ?? 0) - 2 * one) < 1e-9);
        assert.match(
            rateText(rate, 10),
            /^2 tasks on Fargate: about 0\.\d{3} USD an hour, [\d.]+ a month; the rest .* 10\.00 a month/,
        );
        const bare = {
            region: "us-east-1",
            of: (key: Parameters<typeof prices.of>[0]) => (key.includes("Spot") ? undefined : prices.of(key)),
        };
        const spot = rateOf([{ ...task, isOnSpot: true }], settings, bare);
        assert.equal(spot.hourUsd, undefined);
        assert.ok(Math.abs((spot.atMostHourUsd ?? 0) - one) < 1e-9);
        assert.match(
            rateText(spot, undefined),
            /^1 task on Fargate: at most 0\.\d{3} USD an hour, .* \(no price for Fargate Spot/,
        );
        assert.match(rateText(rateOf([], settings, prices), undefined), /^0 tasks on Fargate: about 0\.000 USD/);
    });

    it("of a stack that was never deployed says what to do", () => {
        const files = sample("dev");
        const settings = settingsOf(files.config, files);
        assert.throws(() => partsIn({ deployment: {} }, settings), /dev has no logs|never deployed/);
    });
});

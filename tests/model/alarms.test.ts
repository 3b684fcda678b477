import assert from "node:assert/strict";
import { ASLEEP, DAY, Minute, NIGHT, lasting, reported } from "../support/alarm-series";
import { Missing, State, periodMinutes, stateOf, statesOf } from "../support/alarm-simulation";
import { metricMath } from "../support/metric-math";
import { stack } from "../support/stacks";
import type { Given } from "../support/given";

/** `errors 13 ALARM`: the state that an alarm has from the end of a minute on. What is OK all the time is not listed. */
async function changes(minutes: readonly Minute[], given: Given = {}): Promise<string[]> {
    const { resources } = await stack("prod", given);
    const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.ok(alarms.length > 0);
    return alarms.flatMap(({ name, inputs }) => {
        // How much further CloudWatch looks is not known, and must not matter.
        const [states, ...others] = [2, 0, 3].map(further => statesOf(inputs, reported(minutes), further));
        const told = (some: readonly State[] = []) =>
            some.flatMap((state, index) =>
                state === (some[index - 1] ?? "OK")
                    ? []
                    : [`${name.replace(/^.*alarms-/, "")} ${(index + 1) * periodMinutes(inputs)} ${state}`],
            );
        for (const other of others) assert.deepEqual([...new Set(other)].sort(), [...new Set(states)].sort(), name);
        return told(states);
    });
}

const shows = (title: string, minutes: readonly Minute[], expected: readonly string[], given: Given = {}) =>
    it(title, async () => assert.deepEqual(await changes(minutes, given), expected));

describe("CloudWatch's evaluation, as its guide has it", () => {
    const TREATMENTS: readonly Missing[] = ["missing", "ignore", "breaching", "notBreaching"];
    const BEFORE = "INSUFFICIENT_DATA";
    // The states are those of the columns; `=` is the one from before.
    const ROWS: readonly (readonly [points: string, enough: number, states: string])[] = [
        ["0-X-X", 3, "OK OK OK OK"],
        ["0----", 3, "OK OK OK OK"],
        ["-----", 3, "? = ALARM OK"],
        ["0XX-X", 3, "ALARM ALARM ALARM ALARM"],
        ["----X", 3, "? = ALARM OK"],
        ["X----", 3, "ALARM = ALARM OK"],
        ["--X--", 3, "ALARM = ALARM OK"],
        ["0-X-X", 2, "ALARM ALARM ALARM ALARM"],
        ["00X0X", 2, "ALARM ALARM ALARM ALARM"],
        ["0-X--", 2, "OK OK ALARM OK"],
        ["----0", 2, "OK OK ALARM OK"],
        ["----X", 2, "? = ALARM OK"],
    ];
    for (const [points, datapointsToAlarm, states] of ROWS) {
        it(`${points}, ${datapointsToAlarm} of 3: ${states}`, () => {
            const range = Array.from(points).map(point => (point === "-" ? undefined : point === "X"));
            const found = TREATMENTS.map(treatMissingData =>
                stateOf(range, { evaluationPeriods: 3, datapointsToAlarm, treatMissingData }, BEFORE),
            );
            assert.deepEqual(found, states.replaceAll(/[?=]/g, BEFORE).split(" "));
        });
    }

    it("makes no value where one is missing, but where it is filled or in a list", () => {
        const metrics = { a: [1, undefined, 3], b: [2, 2, undefined] };
        assert.deepEqual(metricMath("a + 2 * b", metrics), [5, undefined, undefined]);
        assert.deepEqual(metricMath("b - FILL(a, 0)", metrics), [1, 2, undefined]);
        assert.deepEqual(metricMath("IF(a >= 2, 100 * a / MAX([a, FILL(b, 0)]), 0)", metrics), [0, undefined, 100]);
        assert.deepEqual(metricMath("IF(b >= 2, a, 0)", metrics), [1, undefined, undefined]);
        assert.throws(() => metricMath("SUM(a)", metrics), /not understood/);
    });
});

describe("alarms of production", () => {
    shows("say nothing of a day on which one request of 600 fails", lasting(60, DAY), []);

    shows(
        "say nothing of a quiet night, a single error and one slow request",
        [
            ...lasting(20, NIGHT),
            { ...NIGHT, requests: 1, errors: 1, latency: 0.1 },
            ...lasting(20, NIGHT),
            { ...NIGHT, requests: 2, latency: 25 },
            ...lasting(20, NIGHT),
        ],
        [],
    );

    shows(
        "say nothing of a slow request in every minute of a night: of so few one is no share",
        lasting(60, { ...NIGHT, requests: 3, latency: 8 }),
        [],
    );

    shows(
        "tell of a night on which every request of three a minute fails",
        [...lasting(10, NIGHT), ...lasting(10, { ...NIGHT, requests: 3, errors: 3, latency: 0.1 }), ...lasting(10, NIGHT)],
        ["errors 13 ALARM", "errors 25 OK"],
    );

    shows(
        "say nothing of a rollout that works: new tasks beside old ones, one unhealthy while it starts, a slow minute",
        [
            ...lasting(20, DAY),
            ...lasting(2, { ...DAY, running: 8, unhealthy: 1 }),
            { ...DAY, running: 8, errors: 12, refused: 6, latency: 4 },
            { ...DAY, running: 8, errors: 40, latency: 4 },
            ...lasting(20, DAY),
        ],
        [],
    );

    shows(
        "tell of a rollout that breaks a tenth of the answers, within three minutes, and of its end",
        [...lasting(20, DAY), ...lasting(15, { ...DAY, errors: 60 }), ...lasting(10, DAY)],
        ["errors 23 ALARM", "errors 38 OK"],
    );

    shows(
        "tell of a rollout that makes answers slow",
        [...lasting(20, DAY), ...lasting(15, { ...DAY, latency: 6 }), ...lasting(10, DAY)],
        ["latency 23 ALARM", "latency 38 OK"],
    );

    shows(
        "tell of an outage: no task, and not even a count of those that run",
        [...lasting(20, DAY), ...lasting(30, { desired: 4, refused: 600 }), ...lasting(30, DAY)],
        ["load-balancer 23 ALARM", "load-balancer 55 OK", "missing 30 ALARM", "missing 51 OK"],
    );

    shows(
        "tell of tasks that the load balancer cannot reach, longer than a new one may take",
        [...lasting(20, DAY), ...lasting(20, { ...DAY, unhealthy: 2 }), ...lasting(10, DAY)],
        ["unhealthy 25 ALARM", "unhealthy 41 OK"],
    );

    shows(
        "tell of memory that leaks, before the task is killed",
        lasting(100, minute => ({ ...DAY, memory: 50 + minute / 2 })),
        ["memory 85 ALARM"],
    );

    shows(
        "tell of CPU that stays above what scaling keeps, and not of a burst that scaling follows",
        [
            ...lasting(30, DAY),
            ...lasting(5, { ...DAY, cpu: 92 }),
            ...lasting(3, { ...DAY, cpu: 80, desired: 8, running: 4 }),
            ...lasting(22, { ...DAY, desired: 8, running: 8 }),
            ...lasting(30, { ...DAY, cpu: 97 }),
        ],
        ["cpu 75 ALARM"],
    );

    shows(
        "tell of tasks that end again and again, and not of one",
        [
            ...lasting(7, DAY),
            { ...DAY, stops: 1 },
            ...lasting(22, DAY),
            ...lasting(15, minute => ({ ...DAY, ...(minute % 4 === 0 && { stops: 1 }) })),
        ],
        ["stops 45 ALARM"],
    );

    shows(
        "say that they are blind where nobody counts tasks, and nothing else where nothing is measured",
        [...lasting(20, DAY), ...lasting(40, {})],
        ["missing 32 INSUFFICIENT_DATA"],
    );
});

const SPOT = { services: { web: { build: { context: "./app" }, port: 8080, route: {}, spotPercent: 50, tasks: 4 } } };
const RESTING = {
    services: {
        web: {
            build: { context: "./app" },
            port: 8080,
            route: {},
            scaling: {
                schedules: [
                    { cron: "0 20 * * *", min: 0, max: 0 },
                    { cron: "0 7 * * *", min: 2 },
                ],
            },
        },
    },
};

describe("alarms of a service on Spot", () => {
    const short = { ...DAY, running: 3 };

    shows(
        "say nothing where AWS takes a task back and another one starts a quarter of an hour later",
        [...lasting(20, DAY), ...lasting(15, short), ...lasting(20, DAY)],
        [],
        SPOT,
    );

    shows(
        "tell where there is no capacity for longer",
        [...lasting(20, DAY), ...lasting(40, short), ...lasting(10, DAY)],
        ["missing 50 ALARM", "missing 61 OK"],
        SPOT,
    );
});

describe("alarms of a service that rests at night", () => {
    shows(
        "say nothing when it goes to sleep, is asked for in its sleep, and wakes",
        [
            ...lasting(20, DAY),
            ...lasting(30, { ...ASLEEP, refused: 40 }),
            ...lasting(3, { desired: 2, running: 0, refused: 40 }),
            ...lasting(20, DAY),
        ],
        [],
        RESTING,
    );
});

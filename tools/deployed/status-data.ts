import { revisionOf } from "../../model/rollout-state";
import { HOURS_PER_MONTH } from "../cost/prices/prices";
import type { Rate } from "./rate";
import type { ServiceNow, StackNow } from "./status-now";
import { deploymentText } from "./status-text";
import { stripVTControlCharacters } from "node:util";

interface Frame {
    readonly stack: string;
    readonly region: string;
    readonly rate?: Rate;
    readonly restMonthUsd?: number;
}

/** The same as `statusText`, as data. */
export function statusData(now: StackNow, { stack, region, rate, restMonthUsd }: Frame) {
    const { at, services, jobs, alarms, unseen } = now;
    return {
        stack,
        region,
        at,
        services: services.map(service => serviceData(service, at)),
        jobs: jobs.map(({ name, running, last }) => ({ name, running: running ?? null, lastWrite: last ?? null })),
        alarms: alarms ?? null,
        cost: rate === undefined ? null : costData(rate, restMonthUsd),
        notSeen: unseen,
    };
}

function serviceData(service: ServiceNow, at: Date) {
    const { name, rollout, observation, verdict, begun, failure } = service;
    const { desired, running, pending, deployments = [], events = [] } = observation?.service ?? {};
    return {
        name,
        desired: desired ?? null,
        running: running ?? null,
        pending: pending ?? null,
        declared: rollout === undefined ? null : revisionOf(rollout.taskDefinition),
        verdict: verdict ?? { kind: "never deployed" },
        text: stripVTControlCharacters(deploymentText(service, at)),
        since: begun ?? null,
        failure: failure ?? null,
        deployments: deployments.map(one => ({ ...one, taskDefinition: revisionOf(one.taskDefinition) })),
        targets: observation?.targets ?? [],
        events: events.slice(0, 5),
    };
}

function costData({ tasks, hourUsd, atMostHourUsd, unknown }: Rate, restMonthUsd: number | undefined) {
    const month = (usd: number | undefined) => (usd === undefined ? null : usd * HOURS_PER_MONTH);
    return {
        tasks,
        hourUsd: hourUsd ?? null,
        monthUsd: month(hourUsd),
        atMostHourUsd: atMostHourUsd ?? null,
        restMonthUsd: restMonthUsd ?? null,
        unknown,
    };
}

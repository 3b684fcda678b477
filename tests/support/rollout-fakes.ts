import assert from "node:assert/strict";
// Loaded before any test, whose time is bounded.
import "@aws-sdk/client-cloudwatch-logs";
import "@aws-sdk/client-ecs";
import "@aws-sdk/client-elastic-load-balancing-v2";
import type { DescribeServicesCommandOutput, Service, Task } from "@aws-sdk/client-ecs";
import type { Clients } from "../../lookups/aws-clients";
import { Clock, rolloutWatch } from "../../lookups/rollout";
import type { Outcome } from "../../model/verdict";
import { DECLARED, NEW, OLD, at } from "./verdict-fixture";

/** What a command is answered, by its name without `Command`; an error is thrown. The last answer stays. */
export type Answers = Readonly<Record<string, readonly unknown[]>>;

export interface Watched {
    readonly outcome: Outcome;
    /** What was told, with the second it was told at. */
    readonly lines: string[];
    /** Commands in order, with the second they were asked at. */
    readonly asked: string[];
    readonly inputs: Readonly<Record<string, unknown>>;
}

/** Clients that answer as told, and nothing else. */
export function fakeClients(answers: Answers, onAsk: (name: string, input: unknown) => void = () => undefined): Clients {
    const left = new Map(Object.entries(answers).map(([name, list]) => [name, [...list]]));
    const send = (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) => {
        const name = command.constructor.name.replace(/Command$/, "");
        onAsk(name, command.input);
        const list = left.get(name);
        assert.ok(list !== undefined, `nobody expected ${name}`);
        const answer = list.length > 1 ? list.shift() : list[0];
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    return { ecs: { send }, elb: { send }, logs: { send } };
}

/** A clock that a sleep moves on, and that nobody waits for. */
export function fakeClock(): Clock {
    let now = 0;
    return {
        now: () => now,
        sleep: (milliseconds, signal) => {
            signal?.throwIfAborted();
            now += milliseconds;
            return Promise.resolve();
        },
    };
}

/** Watches the rollout of `web` to its end. */
export async function watched(answers: Answers, signal?: AbortSignal): Promise<Watched> {
    const clock = fakeClock();
    const second = () => `${Math.round(clock.now() / 1000)} s`;
    const lines: string[] = [];
    const asked: string[] = [];
    const inputs: Record<string, unknown> = {};
    const clients = fakeClients(answers, (name, input) => {
        asked.push(`${second()} ${name}`);
        inputs[name] = input;
    });
    const watch = rolloutWatch(() => Promise.resolve(clients), clock);
    const outcome = await watch(DECLARED, line => lines.push(`${second()}: ${line}`), signal);
    return { outcome, lines, asked, inputs };
}

/** An answer of DescribeServices about two desired tasks. */
export function services(...deployments: NonNullable<Service["deployments"]>): Partial<DescribeServicesCommandOutput> {
    const runningCount = deployments.reduce((sum, { runningCount: running = 0 }) => sum + running, 0);
    const loadBalancers = [{ targetGroupArn: "arn:targets", containerName: "web", containerPort: 8080 }];
    return { services: [{ status: "ACTIVE", desiredCount: 2, runningCount, deployments, loadBalancers, events: [] }] };
}

export function primary(changes: Partial<NonNullable<Service["deployments"]>[number]> = {}) {
    const base = { status: "PRIMARY", taskDefinition: NEW, desiredCount: 2, runningCount: 2, failedTasks: 0, createdAt: at(0) };
    return { ...base, rolloutState: "COMPLETED" as const, ...changes };
}

export const FORMER = primary({ status: "ACTIVE", taskDefinition: OLD, createdAt: at(-9000) });

/** Answers of ListServiceDeployments and DescribeServiceRevisions about rollouts, newest last as ECS may tell them. */
export function history(...rollouts: readonly (readonly [status: string, taskDefinition: string])[]): Answers {
    const arn = (index: number) => `arn:revision/${index}`;
    return {
        ListServiceDeployments: [
            {
                serviceDeployments: rollouts.map(([status], index) => ({
                    status,
                    statusReason: `why ${status}`,
                    targetServiceRevisionArn: arn(index),
                    createdAt: at(index),
                })),
            },
        ],
        DescribeServiceRevisions: [
            {
                serviceRevisions: rollouts.map(([, taskDefinition], index) => ({
                    serviceRevisionArn: arn(index),
                    taskDefinition,
                })),
            },
        ],
    };
}

export function targets(...states: readonly string[]): unknown {
    return {
        TargetHealthDescriptions: states.map((State, index) => ({
            Target: { Id: `10.0.1.2${index}`, Port: 8080 },
            TargetHealth:
                State === "unhealthy" ? { State, Reason: "Target.Timeout", Description: "Request timed out" } : { State },
        })),
    };
}

/** Answers of ListTasks and DescribeTasks. */
export function tasks(...found: readonly Task[]): Answers {
    return { ListTasks: [{ taskArns: found.map(({ taskArn }) => taskArn) }], DescribeTasks: [{ tasks: found }] };
}

export function crashed(id: string, seconds = 10): Task {
    return {
        taskArn: `arn:aws:ecs:ap-northeast-2:123456789012:task/shop-dev/${id}`,
        taskDefinitionArn: NEW,
        createdAt: at(seconds),
        stopCode: "EssentialContainerExited",
        stoppedReason: "Essential container in task exited",
        containers: [{ name: "web", exitCode: 1 }],
    };
}

/** An error as the SDK throws it. */
export function failure(name: string, more: object = {}): Error {
    return Object.assign(new Error(`${name} happened`), { name, ...more });
}

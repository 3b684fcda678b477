import type { ContainerLog } from "../model/verdict";
import type { DeclaredRun } from "../model/task-run";
import type { Clients } from "./aws-clients";
import type { Clock } from "./rollout";

/** Lines that are told again with a failure. */
const LAST_LINES = 20;
/** CloudWatch Logs shows the last lines of a container a moment after it ended, in seconds. */
const DELIVERY = 2;
/** A log that still grows after its container ended is not waited for longer. */
const LAST_READS = 5;

export interface TaskLog {
    /** Hands on what is new. @returns whether anything was */
    read(): Promise<boolean>;
    /** Hands on what is still to come of a container that has ended. */
    rest(clock: Clock): Promise<void>;
    last(): ContainerLog;
}

/** The log of a task's container, from its first line. */
export function followLog(
    clients: Clients,
    { container, logGroup: logGroupName }: DeclaredRun,
    task: string,
    write: (lines: readonly string[]) => void,
): TaskLog {
    // ECS's name for it, with the container's name as the prefix: see model/container.ts.
    const logStreamName = `${container}/${container}/${task}`;
    let nextToken: string | undefined;
    let last: readonly string[] = [];

    async function page(): Promise<{ readonly lines: readonly string[]; readonly isLast: boolean }> {
        const { GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
        const command = new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true, nextToken });
        try {
            const { events = [], nextForwardToken } = await clients.logs.send(command);
            const isLast = nextForwardToken === nextToken;
            nextToken = nextForwardToken;
            return { lines: events.map(({ message = "" }) => message), isLast };
        } catch (error) {
            // Before a container writes anything it has no stream.
            if (error instanceof Error && error.name === "ResourceNotFoundException") return { lines: [], isLast: true };
            throw error;
        }
    }

    const log: TaskLog = {
        async read() {
            let isNew = false;
            for (;;) {
                const { lines, isLast } = await page();
                if (lines.length > 0) {
                    isNew = true;
                    last = [...last, ...lines].slice(-LAST_LINES);
                    write(lines);
                }
                if (isLast || lines.length === 0) return isNew;
            }
        },
        async rest(clock) {
            for (let reads = 0; reads < LAST_READS; reads++) {
                await log.read();
                await clock.sleep(DELIVERY * 1000);
                if (!(await log.read())) return;
            }
        },
        last: () => ({ task, container, lines: last }),
    };
    return log;
}

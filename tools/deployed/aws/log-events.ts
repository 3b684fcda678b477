import type { CloudWatchLogsClient, FilteredLogEvent } from "@aws-sdk/client-cloudwatch-logs";
import { connectionFor } from "../../../lookups/aws-connection";
import type { LineFilter } from "../log-options";
import type { LogSource } from "../log-sources";
import { cannotAsk } from "./refusal";

/** A line of a container. */
export interface LogEvent {
    readonly source: LogSource;
    readonly container: string;
    /** Id of the task. */
    readonly task: string;
    /** In milliseconds since 1970. */
    readonly at: number;
    readonly message: string;
}

export interface LogClient {
    readonly logs: Pick<CloudWatchLogsClient, "send">;
    /** As a connection has it. */
    readonly obstacle?: string;
}

/** What is looked for. */
export interface Search extends LineFilter {
    /** In milliseconds since 1970. */
    readonly from: number;
}

/** A line may come this much later than a newer one of another task, in milliseconds: each container sends its own, in batches. */
export const LATE = 30_000;
/** So much of the past is looked through again where nothing new was found, so that a clock which is ahead hides nothing. */
const QUIET = 5 * 60_000;

export async function logClient(aws: Readonly<Record<string, unknown>>): Promise<LogClient> {
    const [{ CloudWatchLogsClient }, { at, obstacle }] = await Promise.all([
        import("@aws-sdk/client-cloudwatch-logs"),
        connectionFor(aws),
    ]);
    // An account may search some times a second, whoever does: an adaptive client slows down where it is told to.
    return { logs: new CloudWatchLogsClient({ ...at("logs"), retryMode: "adaptive", maxAttempts: 8 }), obstacle };
}

/**
 * Lines of several log groups in the order of their time, and each of them once, however often it is read.
 *
 * By FilterLogEvents, which costs nothing but requests: a Live Tail session is charged by the minute, leaves lines out above 500 a second, and ends
 * after three hours.
 */
export class LogReader {
    private readonly groups: readonly Group[];

    constructor(client: LogClient, sources: readonly LogSource[], search: Search) {
        this.groups = sources.map(source => new Group(client, source, search));
    }

    /** What is new. @param now in milliseconds since 1970 */
    async *read(now: number, signal?: AbortSignal): AsyncGenerator<LogEvent> {
        const streams = this.groups.map(group => group.read(now, signal));
        const heads = await Promise.all(streams.map(async stream => ({ stream, next: await stream.next() })));
        for (;;) {
            const [first] = heads
                .filter(({ next }) => next.done !== true)
                .sort((a, b) => (a.next.value as LogEvent).at - (b.next.value as LogEvent).at);
            if (first === undefined) return;
            yield first.next.value as LogEvent;
            first.next = await first.stream.next();
        }
    }
}

/** One log group, and how far it was read. */
class Group {
    private newest = 0;
    private from: number;
    /** Lines that were told, with their time: as far back as they are read again. */
    private readonly told = new Map<string, number>();

    constructor(
        private readonly client: LogClient,
        private readonly source: LogSource,
        private readonly search: Search,
    ) {
        this.from = search.from;
    }

    async *read(now: number, signal?: AbortSignal): AsyncGenerator<LogEvent> {
        const startTime = this.from;
        let nextToken: string | undefined;
        do {
            const page = await this.page(startTime, nextToken, signal);
            // Each page is in order, but for what containers of one moment wrote.
            for (const event of [...page.events].sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0)))
                if (this.isNew(event)) {
                    yield this.lineOf(event);
                    // Whoever has it asks for the next one: where another group fails before, it is read again.
                    this.remember(event);
                }
            nextToken = page.nextToken;
            this.from = Math.max(startTime, this.newest - LATE);
            this.forget(this.from);
        } while (nextToken !== undefined);
        this.from = Math.max(startTime, this.newest - LATE, now - QUIET);
        this.forget(this.from);
    }

    private isNew({ eventId = "", message = "" }: FilteredLogEvent): boolean {
        return !this.told.has(eventId) && message.includes(this.search.text ?? "");
    }

    private remember({ eventId = "", timestamp = 0 }: FilteredLogEvent): void {
        this.told.set(eventId, timestamp);
        this.newest = Math.max(this.newest, timestamp);
    }

    private forget(before: number): void {
        for (const [id, at] of this.told) if (at < before) this.told.delete(id);
    }

    private lineOf({ logStreamName = "", timestamp = 0, message = "" }: FilteredLogEvent): LogEvent {
        // ECS's name for it, with the container's name as the prefix: see model/container.ts.
        const [container = "", , task = ""] = logStreamName.split("/");
        return { source: this.source, container, task, at: timestamp, message };
    }

    private async page(startTime: number, nextToken: string | undefined, abortSignal: AbortSignal | undefined) {
        const { FilterLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
        const { logGroup: logGroupName, name } = this.source;
        const command = new FilterLogEventsCommand({
            ...{ logGroupName, startTime, nextToken },
            filterPattern: this.search.pattern,
        });
        try {
            const { events = [], nextToken: next } = await this.client.logs.send(command, { abortSignal });
            return { events, nextToken: next };
        } catch (error) {
            abortSignal?.throwIfAborted();
            throw cannotAsk(`the log of ${name}, group ${logGroupName}`, "logs:FilterLogEvents", error, this.client);
        }
    }
}

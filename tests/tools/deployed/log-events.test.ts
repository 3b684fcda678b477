import assert from "node:assert/strict";
import "@aws-sdk/client-cloudwatch-logs";
import { LATE, LogEvent, LogReader } from "../../../tools/deployed/aws/log-events";
import { fakeClients } from "../../support/rollout-fakes";

const WEB = { name: "web", kind: "service", logGroup: "shop-web" } as const;
const API = { name: "api", kind: "service", logGroup: "shop-api" } as const;
const NOW = 1_800_000_000_000;

const line = (eventId: string, seconds: number, task = "a1") => ({
    eventId,
    timestamp: NOW + seconds * 1000,
    message: eventId,
    logStreamName: `web/web/${task}`,
});

async function all(events: AsyncGenerator<LogEvent>): Promise<string[]> {
    const found: string[] = [];
    for await (const { source, message } of events) found.push(`${source.name} ${message}`);
    return found;
}

function reader(pages: readonly unknown[], sources: readonly (typeof WEB | typeof API)[] = [WEB], text?: string) {
    const asked: Record<string, unknown>[] = [];
    const clients = fakeClients({ FilterLogEvents: pages }, (_, input) => asked.push(input as Record<string, unknown>));
    return { reader: new LogReader(clients, sources, { from: NOW - 60_000, pattern: '"a"', text }), asked };
}

describe("lines of log groups", () => {
    it("come in the order of their time, from all pages and groups", async () => {
        const pages = [
            { events: [line("one", 1), line("four", 4)], nextToken: "more" },
            { events: [line("six", 6)] },
            { events: [], nextToken: "empty" },
            { events: [line("five", 5)] },
        ];
        // The first page of each group is asked for at once, then the next of whichever has come to its end.
        const order = [pages[0], pages[2], pages[3], pages[1]];
        const { reader: two, asked } = reader(order, [WEB, API]);
        assert.deepEqual(await all(two.read(NOW)), ["web one", "web four", "api five", "web six"]);
        assert.deepEqual(
            asked.map(({ logGroupName, nextToken, filterPattern }) => [logGroupName, nextToken, filterPattern]),
            [
                ["shop-web", undefined, '"a"'],
                ["shop-api", undefined, '"a"'],
                ["shop-api", "empty", '"a"'],
                ["shop-web", "more", '"a"'],
            ],
        );
    });

    it("have the text that CloudWatch does not search for", async () => {
        const { reader: one } = reader([{ events: [line('say "hi"', 1), line("say hi", 2)] }], [WEB], 'say "hi"');
        assert.deepEqual(await all(one.read(NOW)), ['web say "hi"']);
    });

    it("come once, though they are read again, and late ones when they come", async () => {
        const { reader: one, asked } = reader([
            { events: [line("a", 0), line("b", 10)] },
            { events: [line("late", 5, "b2"), line("b", 10), line("c", 11)] },
            { events: [line("late", 5, "b2"), line("b", 10), line("c", 11)] },
        ]);
        assert.deepEqual(await all(one.read(NOW + 12_000)), ["web a", "web b"]);
        assert.deepEqual(await all(one.read(NOW + 14_000)), ["web late", "web c"]);
        assert.deepEqual(await all(one.read(NOW + 16_000)), []);
        assert.deepEqual(
            asked.map(({ startTime }) => startTime),
            [NOW - 60_000, NOW + 10_000 - LATE, NOW + 11_000 - LATE],
        );
    });

    it("are looked for in the last minutes alone where none comes for long", async () => {
        const { reader: one, asked } = reader([{ events: [] }]);
        await all(one.read(NOW));
        await all(one.read(NOW + 3_600_000));
        await all(one.read(NOW + 3_602_000));
        assert.deepEqual(
            asked.map(({ startTime }) => startTime),
            [NOW - 60_000, NOW - 60_000, NOW + 3_600_000 - 300_000],
        );
    });

    it("come once where a page in the middle cannot be had, and is asked for again", async () => {
        let fails = true;
        const send = ({ input }: { readonly input: { readonly startTime?: number; readonly nextToken?: string } }) => {
            if (input.nextToken !== undefined)
                return fails ? Promise.reject(new Error("Rate exceeded")) : Promise.resolve({ events: [line("c", 200)] });
            const events = [line("a", 0), line("b", 100)].filter(({ timestamp }) => timestamp >= (input.startTime ?? 0));
            return Promise.resolve({ events, nextToken: "2" });
        };
        const one = new LogReader({ logs: { send: send as never } }, [WEB], { from: NOW - 60_000 });
        const seen: string[] = [];
        const read = async () => {
            for await (const { message } of one.read(NOW + 201_000)) seen.push(message);
        };
        await assert.rejects(read());
        fails = false;
        await read();
        assert.deepEqual(seen, ["a", "b", "c"]);
    });

    it("come all where another group cannot be read in the middle", async () => {
        const seen: string[] = [];
        let fails = true;
        const send = ({ input }: { readonly input: { readonly logGroupName?: string; readonly nextToken?: string } }) => {
            if (input.logGroupName === "shop-web") return Promise.resolve({ events: [line("late", 5)] });
            if (input.nextToken === undefined) return Promise.resolve({ events: [line("a", 0)], nextToken: "2" });
            return fails ? Promise.reject(new Error("Rate exceeded")) : Promise.resolve({ events: [] });
        };
        const one = new LogReader({ logs: { send: send as never } }, [WEB, API], { from: NOW - 60_000 });
        const read = async () => {
            for await (const { message } of one.read(NOW + 10_000)) seen.push(message);
        };
        await assert.rejects(read());
        fails = false;
        await read();
        assert.deepEqual(seen, ["a", "late"]);
    });

    it("that AWS refuses name the action and where it is allowed", async () => {
        const refused = Object.assign(
            new Error("User: arn:aws:iam::1:user/a is not authorized to perform: logs:FilterLogEvents"),
            {
                name: "AccessDeniedException",
            },
        );
        const { reader: one } = reader([refused]);
        await assert.rejects(
            all(one.read(NOW)),
            /AWS refuses the log of web, .*: logs:FilterLogEvents is not allowed.*docs\/operate\.md#permissions/s,
        );
    });
});

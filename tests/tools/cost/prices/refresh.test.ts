import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as prettier from "prettier";
import { PriceTable, pricesIn } from "../../../../tools/cost/prices/prices";
import { PROJECT_FOLDER } from "../../../../settings";
import { fetchRegion } from "../../../../tools/cost/prices/fetch";
import { command } from "../../../../tools/cost/prices/refresh";
import { changes, withRegion } from "../../../../tools/cost/prices/merge";
import type { Offer } from "../../../../tools/cost/prices/offers";
import { Ended, call } from "../../../support/command-line";

const TABLE = path.join(PROJECT_FOLDER, "tools", "cost", "prices", "price-table.json");

/** A list like AWS's on this machine: the offers of one region, under the addresses that AWS has them under; `edit` may leave one out. */
function serve(
    region: string,
    edit: (code: string, text: string) => string | undefined,
): Promise<{ server: Server; from: string }> {
    const server = createServer((request, response) => {
        const [, code = "", asked] =
            /^\/offers\/v1\.0\/aws\/(\w+)\/current\/([a-z0-9-]+)\/index\.json$/.exec(request.url ?? "") ?? [];
        const file = path.join(__dirname, "prices-list", `${code}.offer`);
        const text = asked === region && existsSync(file) ? edit(code, readFileSync(file, "utf8")) : undefined;
        if (text === undefined) return response.writeHead(404).end();
        response.end(text);
    });
    return new Promise(resolve =>
        server.listen(0, "127.0.0.1", () => {
            resolve({ server, from: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
        }),
    );
}

describe("prices:refresh", () => {
    let folder: string;
    let table: string;
    let server: Server | undefined;

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "prices-"));
        table = path.join(folder, "price-table.json");
        copyFileSync(TABLE, table);
    });
    afterEach(() => {
        server?.close();
        server = undefined;
        rmSync(folder, { recursive: true });
    });

    const written = () => JSON.parse(readFileSync(table, "utf8")) as PriceTable;

    async function refresh(...regions: string[]): Promise<Ended> {
        // A region without EKS.
        const { server: started, from } = await serve("eu-north-1", (code, text) => (code === "AmazonEKS" ? undefined : text));
        server = started;
        return call(command, [...regions, "--from", from, "--table", table]);
    }

    it("makes a region known that was not", async () => {
        assert.equal(pricesIn("eu-north-1", written()), undefined);
        const { code, output } = await refresh("eu-north-1");
        assert.equal(code, 0);
        const prices = pricesIn("eu-north-1", written());
        assert.deepEqual(prices?.of("natHour"), {
            key: "natHour",
            usd: 0.059,
            source: "AWS Price List, offer AmazonEC2",
            asOf: "2026-11-03",
            confidence: "H",
        });
        assert.match(output, /NAT gateway, hour: unknown → 0\.059/);
        assert.match(output, /EC2 m7g\.large, hour: not renewed, no such product/);
        assert.match(output, /EKS control plane, hour: not renewed, http:\S+AmazonEKS\S+ answered 404/);
        assert.equal(prices.of("fargateSpotVcpuHour"), undefined);
        // The rest of the table is as it was, and written as the formatter wants it.
        const [{ regions: before }, { regions: after }] = [JSON.parse(readFileSync(TABLE, "utf8")) as PriceTable, written()];
        assert.deepEqual(Object.fromEntries(Object.entries(after).filter(([region]) => region !== "eu-north-1")), before);
        const options = await prettier.resolveConfig(TABLE, { editorconfig: true });
        assert.ok(await prettier.check(readFileSync(table, "utf8"), { ...options, parser: "json" }));
    });

    it("refuses what is no region before it asks anybody", async () => {
        const { code, errors } = await refresh("eu-north-1", "Stockholm");
        assert.equal(code, 1);
        assert.match(errors, /^Stockholm: no region\. Allowed: a region's code, such as eu-north-1$/m);
        assert.equal(readFileSync(table, "utf8"), readFileSync(TABLE, "utf8"));
    });

    it("says that a region does not exist, and changes nothing", async () => {
        const started = await serve("eu-north-1", (_, text) => text);
        server = started.server;
        await assert.rejects(fetchRegion("eu-nowhere-1", { from: started.from }), /price list has no region eu-nowhere-1: .*404/);
    });

    it("says that the price list cannot be reached, and what still holds", async () => {
        const started = await serve("eu-north-1", (_, text) => text);
        await new Promise(resolve => started.server.close(resolve));
        await assert.rejects(
            fetchRegion("eu-north-1", { from: started.from }),
            /127\.0\.0\.1:\d+ cannot be reached: connect ECONNREFUSED .*Nothing was written for eu-north-1; the prices from before still hold\.$/,
        );
    });

    it("never takes half a file for a whole one", async () => {
        const half = (code: string, text: string) => (code === "AmazonEC2" ? text.slice(0, text.indexOf('"OnDemand"')) : text);
        const started = await serve("eu-north-1", half);
        server = started.server;
        await assert.rejects(
            fetchRegion("eu-north-1", { from: started.from }),
            /AmazonEC2\S+ cannot be read: the JSON document ends in the middle/,
        );
    });

    it("tells how much of a long file has arrived", async () => {
        const long = (code: string, text: string) => (["AmazonECS", "AmazonEC2"].includes(code) ? lengthened(text) : text);
        const lengthened = (text: string) => text.replace('"disclaimer" : "', `"disclaimer" : "${"x".repeat(3_000_000)}`);
        const started = await serve("eu-north-1", long);
        server = started.server;
        const told: string[] = [];
        await fetchRegion("eu-north-1", {
            from: started.from,
            onProgress: (offer, megabytes) => told.push(`${offer} ${megabytes}`),
        });
        assert.ok(told.includes("AmazonECS 1") && told.includes("AmazonEC2 2"), told.join());
    });
});

describe("a renewed price table", () => {
    const batch = (source: string, usd: PriceTable["everywhere"][number]["usd"]) =>
        ({ source, asOf: "2026-10-06", confidence: "M", usd }) as const;
    const before: PriceTable = {
        regions: {
            "eu-north-1": [batch("old", { natHour: 0.04, fargateSpotGbHour: 0.001 })],
            "us-east-1": [batch("old", { natHour: 0.045 })],
        },
        everywhere: [batch("old", { kmsKeyMonth: 1, dashboardMonth: 3 })],
    };
    const offer: Offer = { publishedOn: "2026-11-03", usd: { natHour: 0.046, kmsKeyMonth: 1 }, missing: [] };
    const after = withRegion(before, "eu-north-1", { AmazonEC2: offer, AmazonEKS: { publishedOn: "", usd: {}, missing: [] } });

    it("keeps, with its old date, what the list does not have", () => {
        assert.deepEqual(after.regions["eu-north-1"], [
            {
                source: "AWS Price List, offer AmazonEC2",
                asOf: "2026-11-03",
                confidence: "H",
                usd: { natHour: 0.046, kmsKeyMonth: 1 },
            },
            batch("old", { fargateSpotGbHour: 0.001 }),
        ]);
        assert.deepEqual(after.regions["us-east-1"], before.regions["us-east-1"]);
        assert.deepEqual(after.everywhere, before.everywhere);
    });

    it("tells which prices moved, and no others", () => {
        assert.deepEqual(changes(before, after, "eu-north-1"), [{ key: "natHour", from: 0.04, to: 0.046 }]);
        assert.deepEqual(changes(after, withRegion(after, "eu-north-1", { AmazonEC2: offer }), "eu-north-1"), []);
    });
});

import assert from "node:assert/strict";
import { createReadStream, readFileSync } from "node:fs";
import * as path from "node:path";
import { PRICE_LABELS, pricesIn } from "../../../../tools/cost/prices/prices";
import { OFFERS, Offer, readOffer } from "../../../../tools/cost/prices/offers";

/** Written by hand in the shape of AWS's price list, with its traps, and never fetched; the amounts are those of the table for ap-northeast-2. */
const FOLDER = path.join(__dirname, "prices-list");

function read(code: string, edit?: (text: string) => string): Promise<Offer> {
    const file = path.join(FOLDER, `${code}.offer`);
    const wanted = OFFERS[code] ?? [];
    if (edit === undefined) return readOffer(createReadStream(file, { encoding: "utf8", highWaterMark: 100 }), wanted);
    return readOffer(once(edit(readFileSync(file, "utf8"))), wanted);
}

async function* once(text: string): AsyncGenerator<string> {
    yield await Promise.resolve(text);
}

describe("AWS's price list", () => {
    for (const code of Object.keys(OFFERS)) {
        it(`gives the prices of ${code} that the table has`, async () => {
            const { usd, missing, publishedOn } = await read(code);
            const known = pricesIn("ap-northeast-2");
            const absent = missing.map(({ key }) => key);
            const expected = (OFFERS[code] ?? [])
                .filter(({ key }) => !absent.includes(key))
                .map(({ key }) => [key, known?.of(key)?.usd]);
            assert.ok(expected.length > 0);
            assert.deepEqual(usd, Object.fromEntries(expected));
            assert.equal(publishedOn, "2026-11-03");
        });
    }

    it("says what it lacks, and makes nothing up", async () => {
        assert.deepEqual((await read("AmazonEC2")).missing, [{ key: "m7gLargeHour", reason: "no such product" }]);
        assert.deepEqual(
            (await read("AmazonCloudWatch")).missing.map(({ key }) => key),
            ["compositeAlarmMonth", "enhancedMetricMonth"],
        );
    });

    it("has other kinds of the same thing, which are not taken for it", async () => {
        // Windows tasks, network and classic load balancers, dedicated and Windows instances, requests under Shield and to asymmetric keys.
        const { usd } = await read("AWSELB");
        assert.deepEqual(usd, { albHour: 0.0225, albLcuHour: 0.008 });
        assert.equal((await read("AmazonEC2")).usd.m5LargeHour, 0.118);
        assert.equal((await read("AmazonECS")).usd.fargateVcpuHour, 0.04656);
        assert.deepEqual((await read("AmazonEKS")).usd, { eksClusterHour: 0.1, eksExtendedSupportHour: 0.5 });
    });

    it("has free tiers and discounts for much, of which the first paid one counts", async () => {
        assert.equal((await read("awskms")).usd.kmsPer10kRequests, 0.03);
        assert.equal((await read("AmazonVPC")).usd.endpointGb, 0.01);
        assert.equal((await read("AmazonS3")).usd.s3GbMonth, 0.025);
        assert.equal((await read("AmazonECR")).usd.ecrGbMonth, 0.1);
        assert.equal((await read("AWSDataTransfer")).usd.internetOutGb, 0.126);
    });

    it("that is at odds with itself gives no price", async () => {
        const twice = (text: string) => text.replace("APN2-DataProcessingIA-Bytes", "APN2-DataProcessing-Bytes");
        const { usd, missing } = await read("AmazonCloudWatch", twice);
        assert.equal(usd.logsIngestGb, undefined);
        assert.deepEqual(missing[0], { key: "logsIngestGb", reason: "several prices: 0.76, 0.38" });
    });

    it("with an amount that is no number gives no price, whatever else it says", async () => {
        for (const amount of ["1e309", "-0.04", "Infinity", "NaN", "", "0,04"]) {
            const { usd, missing } = await read("AmazonECS", text => text.replace("0.0465600000", amount));
            assert.equal(usd.fargateVcpuHour, undefined, amount);
            assert.deepEqual(missing, [{ key: "fargateVcpuHour", reason: `unreadable: ${amount} USD from 0 on` }]);
        }
        const { usd, missing } = await read("awskms", text => text.replace("0.0000030000", "1e305"));
        assert.equal(usd.kmsPer10kRequests, undefined);
        assert.deepEqual(missing, [{ key: "kmsPer10kRequests", reason: "10000 of 1e+305 USD is no price" }]);
    });

    it("is read without a region's prefix too, as us-east-1 has it", async () => {
        const bare = (text: string) => text.replaceAll("APN2-", "");
        assert.equal((await read("AmazonEC2", bare)).usd.natHour, 0.059);
    });

    it("is read no further than the on-demand prices", async () => {
        const cut = (text: string) => text.slice(0, text.indexOf('"Reserved"'));
        assert.equal((await read("AmazonEC2", cut)).usd.m6gLargeHour, 0.094);
        const short = (text: string) => text.slice(0, text.indexOf('"OnDemand"'));
        await assert.rejects(read("AmazonEC2", short), /ends in the middle/);
    });

    it("is told from other JSON", async () => {
        await assert.rejects(readOffer(once('{"message":"forbidden"}'), []), /no publicationDate/);
    });

    it("is looked through for every price but those it does not have", () => {
        const wanted = Object.values(OFFERS).flatMap(list => list.map(({ key }) => key as string));
        assert.deepEqual(wanted, [...new Set(wanted)]);
        assert.deepEqual(
            Object.keys(PRICE_LABELS).filter(key => !wanted.includes(key)),
            [
                "fargateSpotVcpuHour",
                "fargateSpotGbHour",
                "fargateSpotArmVcpuHour",
                "fargateSpotArmGbHour",
                "dashboardMonth",
                "stateTransition1k",
                "schedulerPerMillionCalls",
            ],
        );
    });
});

import assert from "node:assert/strict";
import { cost, loadBalancer, resource, usd, NO_LOAD } from "../../../support/cost-fixtures";
import { BUCKET, BUCKET_LIFECYCLE } from "../../../../tools/inventory/types/s3";
import { FLOW_LOG } from "../../../../tools/inventory/types/ec2";

const bucket = (days = 365) => [
    resource(BUCKET, "logs", {}, { ids: ["logs"] }),
    resource(BUCKET_LIFECYCLE, "lifecycle", { bucket: "logs", rules: [{ expiration: { days } }] }),
];
const flowLog = resource(FLOW_LOG, "flows", { logDestinationType: "s3" });
const balancer = loadBalancer(3, { internal: true, accessLogs: { enabled: true, bucket: "logs" } });

describe("cost of logs in a bucket", () => {
    it("is flow logs by what they deliver, and what is left of it, compressed, for the retention time", () => {
        const load = { ...NO_LOAD, flowLogGbPerMonth: 10 };
        // 10 GB × 0.25; 10 GB × 12 months × 0.15 × 0.023; a file every 5 minutes, 8,760 × 0.005 a thousand.
        assert.equal(usd([flowLog], load), 2.5);
        assert.equal(usd([...bucket(), flowLog], load), 2.96);
        assert.equal(usd([...bucket(7), flowLog], load), 2.55);
    });

    it("is of the load balancer what its lines take up, and two files a node every 5 minutes: delivery is free", () => {
        const alone = (requestsPerMonth: number) => usd([...bucket(), balancer], { ...NO_LOAD, requestsPerMonth });
        const silent = usd([balancer]);
        assert.equal((alone(0) - silent).toFixed(2), "0.26");
        const items = cost([...bucket(), balancer], { ...NO_LOAD, requestsPerMonth: 100_000_000 }).items;
        // 100 million lines of 900 bytes: 90 GB × 12 months × 0.15 × 0.023.
        assert.equal(items.find(({ service }) => service === "Amazon S3")?.monthly.expected.toFixed(2), "3.99");
    });

    it("is unknown where nothing ends it, and of a bucket for something else", () => {
        const [alone, lifecycle] = bucket();
        assert.equal(cost([alone, flowLog].filter(one => one !== undefined)).total.unknown.length, 1);
        assert.equal(cost([alone, lifecycle].filter(one => one !== undefined)).total.unknown.length, 1);
        assert.equal(cost([resource(FLOW_LOG, "flows", { logDestinationType: "cloud-watch-logs" })]).total.unknown.length, 1);
    });
});

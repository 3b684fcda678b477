import assert from "node:assert/strict";
import { Asked, Scan, scanFindings, scanOf } from "../../../tools/preflight/image-scan";

const ecr = {
    account: "123456789012",
    region: "eu-west-1",
    name: "shop",
    arn: "arn:aws:ecr:eu-west-1:123456789012:repository/shop",
};
const asked: Asked = {
    name: "web",
    reference: "shop@sha256:a",
    scanned: { ecr, digest: "sha256:b" },
    level: "high",
    isRunning: false,
};
const ended = (counts: Record<string, number>, status = "COMPLETE"): Scan => ({ status, counts });
const told = (scan: Scan | undefined, more: Partial<Asked> = {}) =>
    scanFindings({ ...asked, ...more }, scan).map(({ status, found }) => `${status} ${found}`);

describe("a scan of ECR's", () => {
    it("stops an update for what is at or above the level, by basic scanning and by Inspector's", () => {
        for (const status of ["COMPLETE", "ACTIVE"])
            assert.deepEqual(told(ended({ CRITICAL: 1, HIGH: 2, MEDIUM: 3 }, status)), [
                "failure web: ECR's scan found 1 critical, 2 high in shop@sha256:a; fargate:imageScan: high",
            ]);
        assert.deepEqual(told(ended({ MEDIUM: 3, UNDEFINED: 9, UNTRIAGED: 9 })), ["ok web"]);
        assert.deepEqual(told(ended({ HIGH: 2 }), { level: "critical" }), ["ok web"]);
    });

    it("names where its findings are, and the key that accepts just them", () => {
        const fix = (counts: Record<string, number>, level: Asked["level"] = "low") =>
            scanFindings({ ...asked, level }, ended(counts))[0]?.fix ?? "";
        assert.equal(
            fix({ HIGH: 1, LOW: 1 }),
            "take a newer base or image; aws ecr describe-image-scan-findings --region eu-west-1 --registry-id 123456789012 " +
                "--repository-name shop --image-id imageDigest=sha256:b lists them. Where they are accepted: fargate:imageScan: critical",
        );
        assert.match(fix({ CRITICAL: 1 }), /fargate:imageScan: none$/);
    });

    it("stops nothing of an image that runs already, and says so", () => {
        assert.deepEqual(told(ended({ CRITICAL: 1 }), { isRunning: true }), [
            "warning web: ECR's scan found 1 critical in shop@sha256:a, which runs already",
        ]);
    });

    it("that has not ended stops the update that brings the image", () => {
        for (const status of ["IN_PROGRESS", "PENDING"])
            assert.deepEqual(told(ended({}, status)), ["failure web: the scan of shop@sha256:a is under way"]);
    });

    it("that could not be made, or never was, is a warning with AWS's reason", () => {
        assert.deepEqual(told({ status: "UNSUPPORTED_IMAGE", description: "no package manager", counts: {} }), [
            "warning web: ECR could not scan shop@sha256:a: UNSUPPORTED_IMAGE: no package manager",
        ]);
        assert.deepEqual(told(undefined), ["warning web: ECR never scanned shop@sha256:a"]);
    });

    it("is waited for while there is time, and then told as it was last", async () => {
        const scans = [ended({}, "PENDING"), ended({}, "IN_PROGRESS"), ended({ HIGH: 1 })];
        const next = () => Promise.resolve(scans.shift());
        assert.deepEqual(await scanOf(next, new AbortController().signal, 1), ended({ HIGH: 1 }));
        const forever = () => Promise.resolve(ended({}, "PENDING"));
        assert.deepEqual(await scanOf(forever, AbortSignal.timeout(20), 1000), ended({}, "PENDING"));
    });

    it("that may not be asked for is no answer", async () => {
        const denied = () => Promise.reject(new Error("denied"));
        await assert.rejects(scanOf(denied, new AbortController().signal, 1), /denied/);
    });
});

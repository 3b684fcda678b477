import assert from "node:assert/strict";
import { settingsOf } from "../../../settings";

const EXCEPTION = { rule: "services-roll-back", resource: "web", reason: "A trial.", until: "2026-12-31" };

const read = (...exceptions: readonly object[]) =>
    settingsOf(
        {
            "aws:region": "ap-northeast-2",
            "fargate:services": JSON.stringify({ web: { build: { context: "./app" }, port: 8080 } }),
            "fargate:policyExceptions": JSON.stringify(exceptions),
        },
        { project: "fargate", stack: "dev" },
    ).policyExceptions;

describe("policy exceptions in the configuration", () => {
    it("name a rule, perhaps a resource, a reason and a last day", () => {
        const everywhere = { rule: EXCEPTION.rule, reason: EXCEPTION.reason, until: EXCEPTION.until };
        assert.deepEqual(read(EXCEPTION, everywhere), [EXCEPTION, everywhere]);
    });

    it("take a day as the CLI hands it over when it is not quoted", () => {
        assert.equal(read({ ...EXCEPTION, until: "2026-12-31 00:00:00 +0000 UTC" })[0]?.until, "2026-12-31");
    });

    it("are refused for an unknown rule, with the nearest name", () => {
        assert.throws(() => read({ ...EXCEPTION, rule: "service-rolls-back" }), /did you mean services-roll-back\?/);
        assert.throws(() => read({ ...EXCEPTION, rule: "non-root" }), /policyExceptions\[0\]\.rule {2}found non-root/);
    });

    it("are refused without a reason", () => {
        assert.throws(() => read({ ...EXCEPTION, reason: " " }), /policyExceptions\[0\]\.reason/);
        assert.throws(() => read({ rule: EXCEPTION.rule, until: EXCEPTION.until }), /policyExceptions\[0\]\.reason/);
    });

    it("are refused without a day of the calendar", () => {
        for (const until of ["2026-02-30", "31.12.2026", "2026-12-31 12:00:00 +0000 UTC", "never", undefined])
            assert.throws(() => read({ ...EXCEPTION, until }), /policyExceptions\[0\]\.until[^]*a day as YYYY-MM-DD/, until);
    });

    it("are refused with a key that does not exist", () => {
        assert.throws(() => read({ ...EXCEPTION, untill: "2026-12-31" }), /did you mean until\?/);
    });
});

import assert from "node:assert/strict";
import { jobLines, plannedJobs } from "../../../tools/plan/jobs";
import { WEB, settings } from "../../support/given";

const NOW = new Date("2026-11-26T12:00:00Z");

describe("the jobs of a plan", () => {
    const { jobs } = settings({
        services: { web: WEB },
        jobs: {
            nightly: { of: "web", command: ["a"], cron: "30 2 * * *", timeZone: "Europe/Berlin" },
            report: { of: "web", command: ["a"], cron: "0 3 * * 1-5", timeZone: "Asia/Seoul" },
            import: { of: "web", command: ["a"] },
        },
    });

    it("are told in words, with their next three runs and what daylight saving does to them", () => {
        assert.deepEqual(jobLines(plannedJobs(jobs, NOW)).slice(2), [
            "  import   on demand",
            "  nightly  every day 02:30 Europe/Berlin, next Fri 27 Nov 02:30, Sat 28 Nov 02:30, Sun 29 Nov 02:30",
            "           Sun 28 Mar 02:00 to 03:00 does not exist, and is skipped",
            "           Sun 31 Oct 02:00 to 03:00 comes twice, and runs once",
            "  report   weekdays 03:00 Asia/Seoul, next Fri 27 Nov 03:00, Mon 30 Nov 03:00, Tue 1 Dec 03:00",
        ]);
    });

    it("are nothing where there are none", () => assert.deepEqual(jobLines(plannedJobs([], NOW)), []));
});

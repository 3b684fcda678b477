// Preloaded by bench.ts: writes down this process's peak memory in KiB, and its CPU time in microseconds, when it ends.
"use strict";

const { appendFileSync } = require("node:fs");

process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    appendFileSync(process.env.BENCH_LOG, `${maxRSS} ${userCPUTime + systemCPUTime}\n`);
});

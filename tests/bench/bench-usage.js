// Preloaded by bench.ts: writes down this process's peak memory in KiB when it ends.
"use strict";

const { appendFileSync } = require("node:fs");

process.on("exit", () => appendFileSync(process.env.BENCH_LOG, `${process.resourceUsage().maxRSS}\n`));

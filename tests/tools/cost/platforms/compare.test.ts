import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { sample } from "../../../support/sample";
import { projectCopy } from "../../../support/project-copy";

describe("npm run compare", () => {
    let folder: string;
    before("a copy of the project with the sample stacks", () => (folder = projectCopy([sample("dev"), sample("prod")])));
    after(() => rmSync(folder, { recursive: true }));

    const run = (...args: string[]) =>
        spawnSync(process.execPath, ["-r", "ts-node/register", "tools/cost/platforms/compare.ts", ...args], {
            cwd: folder,
            encoding: "utf8",
        });

    it("prices the stack's tasks on four platforms, with the load at which the order changes and what no price tells", function () {
        this.timeout(60_000);
        const { status, stdout } = run("prod");
        assert.equal(status, 0);
        assert.match(stdout, /^prod: 4 × web of 0\.5 vCPU, 1 GB, ARM64 {2}ap-northeast-2, USD a month$/m);
        assert.match(stdout, /^ {2}Fargate +66\.33 {2}4 tasks 66\.33$/m);
        assert.match(
            stdout,
            /^ {2}ECS on EC2 +299\.48 {2}3 × m6g\.large 214\.07 \+ endpoints ecs, ecs-agent, ecs-telemetry 85\.41$/m,
        );
        assert.match(stdout, /^ {2}EKS on EC2 +369\.74 {2}control plane 73\.00 \+ /m);
        assert.match(stdout, /^ {2}Fargate Spot +unknown {2}no price for Fargate Spot ARM64, vCPU-hour, in ap-northeast-2/m);
        assert.match(stdout, /Fargate is cheaper than ECS on EC2 at every load up to 400 tasks\./);
        assert.match(
            stdout,
            /ECS on EC2 is cheaper than Fargate from 23 tasks on, and from 19 on where instances happen to be full\./,
        );
        assert.match(stdout, /^ {2}isolation of tasks +own virtual machine/m);
    });

    it("gives the same as data", function () {
        this.timeout(60_000);
        const { status, stdout } = run("dev", "--json");
        assert.equal(status, 0);
        const { workload, results } = JSON.parse(stdout) as {
            workload: { endpointZones: number };
            results: { platforms: { platform: string; monthlyUsd: number | null }[]; crossings: object[] }[];
        };
        assert.equal(workload.endpointZones, 1);
        assert.deepEqual(
            results[0]?.platforms.map(({ platform, monthlyUsd }) => [platform, monthlyUsd]),
            [
                ["Fargate", 8.29],
                ["Fargate Spot", null],
                ["ECS on EC2", 99.83],
                ["EKS on EC2", 171.91],
            ],
        );
    });
});

import assert from "node:assert/strict";
import { comparePlatforms } from "../../../../tools/cost/platforms/compare";
import { sample } from "../../../support/sample";

describe("npm run compare", () => {
    it("prices the stack's tasks on four platforms, with the load at which the order changes and what no price tells", async () => {
        const { exitCode, text } = await comparePlatforms(sample("prod"));
        assert.equal(exitCode, 0);
        assert.match(text, /^prod: 4 × web of 0\.5 vCPU, 1 GB, ARM64 {2}ap-northeast-2, USD a month$/m);
        assert.match(text, /^ {2}Fargate +66\.33 {2}4 tasks 66\.33$/m);
        assert.match(
            text,
            /^ {2}ECS on EC2 +299\.48 {2}3 × m6g\.large 214\.07 \+ endpoints ecs, ecs-agent, ecs-telemetry 85\.41$/m,
        );
        assert.match(text, /^ {2}EKS on EC2 +369\.74 {2}control plane 73\.00 \+ /m);
        assert.match(text, /^ {2}Fargate Spot +unknown {2}no price for Fargate Spot ARM64, vCPU-hour, in ap-northeast-2/m);
        assert.match(text, /Fargate is cheaper than ECS on EC2 at every load up to 400 tasks\./);
        assert.match(
            text,
            /ECS on EC2 is cheaper than Fargate from 23 tasks on, and from 19 on where instances happen to be full\./,
        );
        assert.match(text, /^ {2}isolation of tasks +own virtual machine/m);
    });

    it("gives the same as data", async () => {
        const { exitCode, data } = await comparePlatforms(sample("dev"));
        assert.equal(exitCode, 0);
        const { workload, results } = data as {
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

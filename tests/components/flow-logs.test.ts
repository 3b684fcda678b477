import assert from "node:assert/strict";
import { FlowLogs, FlowLogsArgs } from "../../components/flow-logs";
import { cached, declare } from "../support/declared";

const ARGS: FlowLogsArgs = { vpcId: "vpc-1", region: "ap-northeast-2", bucketName: "logs-1a2b3c4", folder: "fargate-prod/flows" };

const made = cached((changes: Partial<FlowLogsArgs> = {}) =>
    declare(() => new FlowLogs("flow-logs", { ...ARGS, ...changes })),
);

describe("flow logs", () => {
    it("are one of the VPC, with all traffic, in the bucket's folder", async () => {
        const declared = await made();
        assert.deepEqual(declared.list, ["FlowLogs flow-logs", "ec2.FlowLog flow-logs-vpc"]);
        const { logFormat: _, ...inputs } = declared.inputs("ec2.FlowLog flow-logs-vpc");
        assert.deepEqual(inputs, {
            vpcId: "vpc-1",
            trafficType: "ALL",
            logDestinationType: "s3",
            logDestination: "arn:aws:s3:::logs-1a2b3c4/fargate-prod/flows",
            maxAggregationInterval: 600,
            tags: { Name: "flow-logs-vpc" },
        });
    });

    it("name the bucket in the partition of the region", async () => {
        const { logDestination } = (await made({ region: "cn-north-1" })).inputs("ec2.FlowLog flow-logs-vpc");
        assert.equal(logDestination, "arn:aws-cn:s3:::logs-1a2b3c4/fargate-prod/flows");
    });

    it("say who talked to whom and who began, and nothing that the path says", async () => {
        const format = String((await made()).inputs("ec2.FlowLog flow-logs-vpc")["logFormat"]);
        const fields = format.split(" ").map(field => /^\$\{([a-z-]+)\}$/.exec(field)?.[1]);
        assert.ok(
            ["srcaddr", "dstaddr", "dstport", "action", "bytes", "flow-direction", "tcp-flags"].every(one =>
                fields.includes(one),
            ),
        );
        assert.ok(fields.every(one => one !== undefined && !["version", "account-id"].includes(one) && !one.startsWith("ecs-")));
    });

    it("show their plain arguments in a preview", async () => {
        assert.deepEqual((await made()).inputs("FlowLogs flow-logs"), { region: "ap-northeast-2", folder: "fargate-prod/flows" });
    });
});

import assert from "node:assert/strict";
import { Given, WEB, parameters, problems, settings } from "../support/given";

const web = (changes: Given) => ({ services: { web: { ...WEB, ...changes } } });
const POLICIES = "5 policies of 6144 characters, half of the 10 that a role has, since old ones stay until a rollout ends";

describe("what AWS would refuse in the middle of an update", () => {
    it("is not 60 parameters, which fit managed policies, but more than these hold", () => {
        settings(web({ secrets: parameters(60) }));
        settings(web({ secrets: parameters(200) }));
        assert.deepEqual(problems(web({ secrets: parameters(240) })), [
            `fargate:services.web.secrets: 240 secrets | what fits ${POLICIES}: keep several values in one secret of Secrets Manager, by JSON key`,
        ]);
    });

    it("are permissions on more than policies hold", () => {
        const permissions = (count: number) => [
            {
                actions: ["s3:GetObject"],
                resources: Array.from({ length: count }, (_, index) => `arn:aws:s3:::bucket-of-shop-${index}/*`),
            },
        ];
        settings(web({ permissions: permissions(400) }));
        assert.deepEqual(problems(web({ permissions: permissions(900) })), [
            `fargate:services.web.permissions: 900 resources | what fits ${POLICIES}: name patterns of resources`,
        ]);
        const one = [{ actions: ["s3:GetObject"], resources: [`arn:aws:s3:::${"x".repeat(40_000)}`] }];
        assert.match(problems(web({ permissions: one })).join(), /^fargate:services\.web\.permissions: 1 resource \|/);
    });

    it("is a task definition over 64 KiB, in bytes and not in characters", () => {
        settings(web({ environment: { A: "x".repeat(60_000) } }));
        const allowed =
            "at most 65536, of a task definition: keep long values in a file of the image, in S3 or in Parameter Store";
        const told = (environment: Given) => problems(web({ environment }));
        assert.match(
            told({ A: "x".repeat(64 * 1024) }).join(),
            new RegExp(`^fargate:services\\.web\\.environment: \\d{5} bytes \\| ${allowed}$`),
        );
        assert.equal(told({ A: "é".repeat(33_000) }).length, 1);
        const command = ["CMD", "x".repeat(64 * 1024)];
        assert.match(
            problems(web({ environment: { A: "x" }, health: { command } })).join(),
            /^fargate:services\.web\.health\.command: \d{5} bytes/,
        );
    });

    it("are tasks in more than 16 subnets", () => {
        const ids = (count: number, from: number) =>
            Array.from({ length: count }, (_, index) => `subnet-${String(from + index).padStart(17, "0")}`);
        const network = (count: number) => ({
            network: { vpcId: "vpc-0123456789abcdef0", publicSubnetIds: ids(2, 100), privateSubnetIds: ids(count, 0) },
        });
        settings(network(16));
        assert.deepEqual(problems(network(17)), [
            "fargate:network.privateSubnetIds: 17 subnets | at most 16, that a service's tasks can have",
        ]);
    });
});

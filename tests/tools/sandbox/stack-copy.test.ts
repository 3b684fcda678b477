import * as assert from "node:assert/strict";
import { settingsOf } from "../../../settings";
import { sandboxConfig, seedsOf } from "../../../tools/sandbox/stack-copy";
import type { StackFiles } from "../../../tools/cli/stack-files";

function stack(config: Record<string, unknown>): StackFiles {
    const entries = Object.entries({
        "aws:region": "eu-west-1",
        "fargate:services": { web: { build: { context: "./app" } } },
        ...config,
    });
    const text = entries.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
    return { project: "fargate", stack: "test", config: Object.fromEntries(text) as Record<string, string>, secretKeys: [] };
}

const copy = (files: StackFiles) => sandboxConfig(files, settingsOf(files.config, files), {});
const seeds = (files: StackFiles) => seedsOf(settingsOf(files.config, files));

describe("the sandbox's copy of a stack file", () => {
    it("builds nothing: every service that is built runs an image that the sandbox makes first", () => {
        const files = stack({});
        const images = JSON.parse(copy(files)["fargate:images"] ?? "") as Record<string, string>;
        assert.match(
            images["web"] ?? "",
            /^123456789012\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/sandbox\/web@sha256:[0-9a-f]{64}$/,
        );
        assert.deepEqual(seeds(files).images, [{ repository: "sandbox/web", digest: images["web"]?.split("@")[1] }]);
    });

    it("takes an image of a real account from the emulator's, under its own name and digest", () => {
        const digest = `sha256:${"a".repeat(64)}`;
        const files = stack({
            "fargate:services": { web: { image: `999999999999.dkr.ecr.eu-west-1.amazonaws.com/team/web@${digest}` } },
        });
        assert.deepEqual(JSON.parse(copy(files)["fargate:images"] ?? ""), {
            web: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web@${digest}`,
        });
    });

    it("asks no registry for an image outside of ECR", () => {
        const files = stack({
            "fargate:network": { egress: "nat" },
            "fargate:services": { web: { image: "docker.io/library/nginx:1.29" } },
        });
        assert.match(copy(files)["fargate:images"] ?? "", /^\{"web":"docker\.io\/library\/nginx@sha256:[0-9a-f]{64}"\}$/);
        assert.deepEqual(seeds(files).images, []);
    });

    it("leaves behind whatever means the real account", () => {
        const files = stack({
            "aws:profile": "prod",
            "aws:assumeRoles": [{ roleArn: "arn:aws:iam::123456789012:role/x" }],
            "aws:allowedAccountIds": ["123456789012"],
        });
        const kept = copy(files);
        assert.deepEqual(
            Object.keys(kept).filter(key => /profile|assume|allowed/i.test(key)),
            ["fargate:profile"].filter(key => key in kept),
        );
        assert.equal(kept["aws:region"], "eu-west-1");
    });

    it("makes the zone and the secrets that the stack takes for granted", () => {
        const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
        const wishes = seeds(
            stack({
                "fargate:domain": { name: "shop.example.com", zone: "example.com" },
                "fargate:services": { web: { build: { context: "./app" }, secrets: { DB_PASSWORD: secret } } },
            }),
        );
        assert.deepEqual([wishes.zones, wishes.secretArns], [["example.com"], [secret]]);
    });

    it("keeps the names of CloudFormation exports, which the sandbox makes, and puts ids in place of another stack's outputs", () => {
        const cloudFormation = { vpcId: "shop-VpcId", publicSubnetIds: "shop-Public", privateSubnetIds: ["shop-A", "shop-B"] };
        const exported = stack({ "fargate:network": { cloudFormation } });
        assert.equal(copy(exported)["fargate:network"], exported.config["fargate:network"]);
        const { network, exports } = seeds(exported);
        assert.deepEqual(network, { publicSubnets: 2, privateSubnets: 2 });
        assert.deepEqual(exports, [
            { name: "shop-VpcId", key: "vpcId", from: 0, count: 1 },
            { name: "shop-Public", key: "publicSubnetIds", from: 0, count: 2 },
            { name: "shop-A", key: "privateSubnetIds", from: 0, count: 1 },
            { name: "shop-B", key: "privateSubnetIds", from: 1, count: 1 },
        ]);

        const tables = { ...cloudFormation, privateRouteTableIds: ["rtb-0123456789abcdef0"] };
        const mixed = stack({ "fargate:network": { cloudFormation: tables } });
        const other = stack({ "fargate:network": { stack: "acme/network/prod" } });
        const made = {
            vpcId: "vpc-1",
            publicSubnetIds: ["subnet-1"],
            privateSubnetIds: ["subnet-2"],
            privateRouteTableIds: ["rtb-1"],
        };
        for (const files of [mixed, other]) {
            assert.equal(seeds(files).exports, undefined);
            const { "fargate:network": written = "" } = sandboxConfig(files, settingsOf(files.config, files), { network: made });
            assert.deepEqual(JSON.parse(written), { egress: "existing", endpointZones: 1, ...made });
        }
    });

    it("makes the groups and prefix lists that the stack reaches, in its own VPC once that is there", () => {
        const [group, list] = ["sg-0123456789abcdef0", "pl-0123456789abcdef0"];
        const secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-AbCdEf";
        const web = {
            build: { context: "./app" },
            outbound: [{ port: 443, prefixListId: list }],
            database: { secretArn, port: 5432, securityGroupId: group },
        };
        const wishes = seeds(stack({ "fargate:services": { web } }));
        assert.deepEqual(wishes.reached, { groups: [group], lists: [list] });
        assert.deepEqual(wishes.secretArns, [`${secretArn}:password::`, `${secretArn}:username::`]);
        assert.deepEqual(wishes.owner && Object.keys(wishes.owner), ["project", "stack"]);
        const network = {
            vpcId: "vpc-0123456789abcdef0",
            publicSubnetIds: ["subnet-00000001", "subnet-00000002"],
            privateSubnetIds: ["subnet-00000003"],
        };
        assert.equal(seeds(stack({ "fargate:services": { web }, "fargate:network": network })).owner, undefined);
    });
});

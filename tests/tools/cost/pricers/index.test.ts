import assert from "node:assert/strict";
import { PRICED_TYPES } from "../../../../tools/cost/pricers";
import { PROJECT_FOLDER } from "../../../../settings";
import { TYPES, isFree } from "../../../../tools/inventory/types";
import { inventory } from "../../../../tools/inventory/inventory";
import { readStackFiles } from "../../../../tools/cli/stack-files";
import { CERTIFICATE, parameters } from "../../../support/given";

const PRICED = Object.keys(PRICED_TYPES);
const FREE = [...TYPES.keys()].filter(isFree);

async function typesOf(stack: string, config: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
    const files = readStackFiles(PROJECT_FOLDER, stack);
    const changed = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)]));
    const { resources } = await inventory(stack, { ...files, config: { ...files.config, ...changed } });
    return [...new Set(resources.filter(({ isComponent }) => !isComponent).map(({ type }) => type))].sort();
}

describe("every type of resource", () => {
    it("that either stack creates is priced, or named as free", async () => {
        const types = [...(await typesOf("dev")), ...(await typesOf("prod"))];
        assert.ok(types.length > 40);
        assert.deepEqual(
            types.filter(type => !PRICED.includes(type) && !isFree(type)),
            [],
            "say in its row of tools/inventory/types what it costs: a pricer does, or nothing, with the reason",
        );
    });

    it("that another way out or another registry creates is priced, or named as free", async () => {
        const types = await typesOf("dev", {
            "fargate:network": { egress: "nat-per-zone" },
            "fargate:services": { web: { image: "nginx:1.29", tasks: 1 } },
        });
        assert.ok(types.includes("pulumi:providers:docker"));
        assert.ok(types.includes("aws:ec2/natGateway:NatGateway"));
        assert.deepEqual(
            types.filter(type => !PRICED.includes(type) && !isFree(type)),
            [],
        );
    });

    it("that is said to be priced has a pricer, and no other has", () => {
        const said = [...TYPES].filter(([, { cost }]) => cost === "priced").map(([type]) => type);
        assert.deepEqual(said.sort(), PRICED.toSorted());
    });

    it("that is named as free is one that some stack creates", async () => {
        const large = { "fargate:services": { web: { build: { context: "./app" }, secrets: parameters(60) } } };
        const scaling = { schedules: [{ cron: "@daily", min: 2 }] };
        const scaled = { "fargate:services": { web: { build: { context: "./app" }, scaling } } };
        const certified = { "fargate:loadBalancer": { certificateArns: [CERTIFICATE] } };
        const types = (
            await Promise.all([
                typesOf("dev"),
                typesOf("prod"),
                typesOf("dev", large),
                typesOf("dev", scaled),
                typesOf("prod", certified),
                typesOf("prod", { "fargate:budget": { monthlyUsd: 500 } }),
                typesOf("dev", { "fargate:firewall": { blockCidrs: ["203.0.113.0/24"] } }),
            ])
        ).flat();
        assert.deepEqual(
            FREE.filter(type => !types.includes(type)),
            [],
        );
    });
});

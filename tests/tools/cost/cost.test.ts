import assert from "node:assert/strict";
import { comparison } from "../../../tools/cost/comparison";
import { command, cost } from "../../../tools/cost/cost";
import { costReport } from "../../../tools/cost/report";
import { costSection } from "../../../tools/cost/section";
import { inventory } from "../../../tools/inventory/inventory";
import { plan } from "../../../tools/plan/plan";
import type { StackFiles } from "../../../tools/cli/stack-files";
import { table } from "../../../tools/cli/table";
import { files } from "../../support/changed-files";
import { call } from "../../support/command-line";

const TODAY = "2026-11-03";
const section = async (given: StackFiles) => costSection(await inventory(given.stack, given));

describe("the cost of a stack", () => {
    it("is told by component and AWS service, with fixed and usage parts, range and total", async () => {
        const { text } = await section(files("prod"));
        assert.match(text, /^component +AWS service +fixed +usage +expected +min…max +what$/m);
        assert.match(text, /^endpoints +AWS PrivateLink +85\.41 +0\.10 +85\.51 +3 × interface endpoint in 3 zones$/m);
        assert.match(
            text,
            /^web +AWS Fargate +33\.16 +33\.16 +66\.33 +33\.16…165\.82 +2…10 tasks, expected 4, of 0\.5 vCPU, 1 GB, ARM64$/m,
        );
        assert.match(text, /^total +172\.80 +45\.43 +218\.23 +178\.34…337\.88$/m);
    });

    it("is largest first", async () => {
        const { json } = await section(files("prod"));
        const amounts = (json["items"] as { expected: number }[]).map(({ expected }) => expected);
        assert.deepEqual(
            amounts,
            [...amounts].sort((a, b) => b - a),
        );
    });

    it("adds up: the total is the sum of its items", async () => {
        const { json } = await section(files("prod"));
        const items = json["items"] as Record<string, number>[];
        const total = json["total"] as Record<string, number>;
        for (const part of ["fixed", "usage", "min", "expected", "max"]) {
            const sum = items.reduce((all, item) => all + (item[part] ?? NaN), 0);
            // Each item is rounded to the cent, the total only once.
            assert.ok(Math.abs(sum - (total[part] ?? NaN)) < 0.005 * items.length, part);
        }
    });

    it("says unknown where a price is missing, in the item, in the total and as data", async () => {
        const { text, json } = await section(files("dev"));
        assert.match(text, /^web +AWS Fargate +unknown +1 task of .*100 % on Spot \(on demand: 8\.29\)$/m);
        assert.match(text, /^total .*\d \+ unknown$/m);
        assert.match(text, /^ {2}no price for Fargate Spot ARM64, vCPU-hour, in ap-northeast-2$/m);
        assert.match(text, /^ {2}with Spot at the on-demand price, which it is never above: 64\.13 in total$/m);
        assert.equal((json["total"] as { unknown: string[] }).unknown.length, 2);
        const [web] = json["items"] as Record<string, unknown>[];
        const { fixed, usage, min, expected, max, atMost } = web ?? {};
        assert.deepEqual([fixed, usage, min, expected, max, atMost], [null, null, null, null, null, 8.29]);
    });

    it("follows fargate:usage, and prints what is assumed with where it comes from", async () => {
        const { text } = await section(files("prod", { "fargate:usage": { loadBalancerGbPerMonth: 1000, scalingPercent: 50 } }));
        assert.match(text, /^load-balancer +AWS Data Transfer +0\.00 +126\.00 +126\.00 +1000 GB to the internet$/m);
        assert.match(text, /2…10 tasks, expected 6, of/);
        assert.match(text, /^ {2}loadBalancerGbPerMonth +1,000 {2}set +GB a month between/m);
        assert.match(text, /^ {2}scalingPercent +50 {2}set /m);
        assert.match(text, /^ {2}logGbPerMonth +1 {2}default /m);
    });

    it("prints no assumption that nothing rests on", async () => {
        const { text } = await section(files("dev"));
        assert.match(text, /^ {2}logGbPerMonth /m);
        assert.doesNotMatch(text, /^ {2}scalingPercent /m);
    });

    it("refuses a load or a budget that means nothing, with the key that was meant", async () => {
        const wrong = { "fargate:usage": { requestPerMonth: 5, imageGb: -1 }, "fargate:budget": { monthlyUsd: 0 } };
        await assert.rejects(section(files("prod", wrong)), ({ message }: Error) => {
            assert.match(
                message,
                /fargate:usage\.requestPerMonth +found an unknown key\n +allowed: did you mean requestsPerMonth\?/,
            );
            assert.match(message, /fargate:usage\.imageGb +found -1\n +allowed: a number from 0 to 1,000,000,000$/m);
            assert.match(
                message,
                /fargate:budget\.monthlyUsd +found 0\n +allowed: USD a month, at least 0\.01 and at most 1,000,000,000$/m,
            );
            return true;
        });
    });

    it("refuses a load that nobody has, and is readable up to there", async () => {
        const keys = ["requestsPerMonth", "loadBalancerGbPerMonth", "egressGbPerMonth", "logGbPerMonth", "imageGb"];
        const usage = (amount: number) => ({
            "fargate:usage": Object.fromEntries(keys.map(key => [key, amount])),
            "fargate:budget": { monthlyUsd: amount },
        });
        await assert.rejects(section(files("prod", usage(1e308))), ({ message }: Error) => {
            assert.match(
                message,
                /fargate:usage\.requestsPerMonth +found 1e\+308\n +allowed: a number from 0 to 1,000,000,000,000$/m,
            );
            for (const key of keys.slice(1)) assert.match(message, new RegExp(`usage\\.${key} .*\\n.* 0 to 1,000,000,000$`, "m"));
            assert.match(message, /fargate:budget\.monthlyUsd +found 1e\+308\n.* at most 1,000,000,000$/m);
            return true;
        });
        const { text } = await section(files("prod", usage(1e9)));
        const [, ...rows] = text.split("\n").filter(line => /^\S+ +(AWS|Amazon|Elastic)/.test(line));
        for (const row of rows) assert.ok(row.length < 200, row);
        assert.doesNotMatch(text, /∞|NaN|e\+/);
    });
});

describe("the cost report", () => {
    it("has savings, ways out, sources and what is left out", async () => {
        const { text, json } = await costReport(files("prod"), TODAY);
        assert.match(text, /^Largest savings by a setting, USD a month, each by itself\n +\d/m);
        assert.match(text, /^Ways out by data a month, USD a month, \* is the cheapest, \(now\) what the stack has$/m);
        assert.match(text, /^ {2}2026-10-06 {2}medium confidence {2}one secondary source: 1 price$/m);
        assert.match(text, /^Left out$/m);
        assert.match(text, /^ {2}volume tiers: /m);
        assert.deepEqual(
            Object.keys(json).filter(key => ["savings", "egress", "leftOut", "prices", "assumed"].includes(key)),
            ["prices", "assumed", "savings", "egress", "leftOut"],
        );
    });

    it("gives no advice on the way out of a VPC that exists already", async () => {
        const ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
        const network = { vpcId: "vpc-0123456789abcdef0", publicSubnetIds: ids, privateSubnetIds: ids, egress: "existing" };
        const { text, json } = await costReport(files("dev", { "fargate:network": network }), TODAY);
        assert.doesNotMatch(text, /Ways out|PrivateLink/);
        assert.equal(json["egress"], null);
    });
});

describe("the difference between two stacks", () => {
    it("is told by component and service, largest first", async () => {
        const { text } = await comparison(
            files("prod"),
            files("dev", {
                "fargate:services": { web: { image: "nginx:1", spotPercent: 0, port: 8080, route: {} } },
                "fargate:network": { egress: "nat" },
            }),
        );
        assert.match(
            text,
            /^Difference: what dev costs more \(\+\) or less \(-\) than prod; unknown where a price of either is\.$/m,
        );
        assert.match(text, /^component +AWS service +prod +dev +difference$/m);
        assert.match(text, /^endpoints +AWS PrivateLink +85\.51 +-85\.51$/m);
        assert.match(text, /^network +Amazon VPC +47\.31 +\+47\.31$/m);
        assert.match(text, /^web +AWS Fargate +66\.33 +8\.29 +-58\.04$/m);
        assert.match(text, /^total +218\.23 +\d+\.\d\d +-\d+\.\d\d$/m);
        const differences = [...text.matchAll(/ ([+-]?\d+\.\d\d)$/gm)].map(match => Math.abs(Number(match[1]))).slice(0, -1);
        assert.deepEqual(
            differences,
            [...differences].sort((a, b) => b - a),
        );
    });

    it("is unknown where one of the two is", async () => {
        const { text, json } = await comparison(files("dev"), files("prod"));
        const { items, total } = json as { items: Record<string, unknown>[]; total: Record<string, unknown> };
        const [spot, ...others] = items.filter(({ component, service }) => component === "web" && service === "AWS Fargate");
        assert.deepEqual([spot?.["expected"], spot?.["difference"], others], [[null, 66.33], null, []]);
        assert.deepEqual(
            (spot?.["unknown"] as string[][]).map(reasons => reasons.length),
            [2, 0],
        );
        assert.deepEqual([total["expected"], total["difference"]], [[55.84, 218.23], null]);
        const cluster = items.find(({ component }) => component === "cluster");
        assert.deepEqual([cluster?.["expected"], cluster?.["difference"]], [[0, 18.97], 18.97]);
        assert.match(text, /^web +AWS Fargate +unknown +66\.33 +unknown$/m);
        assert.match(text, /^total +55\.84 \+ unknown +218\.23 +unknown$/m);
    });
});

describe("npm run cost", () => {
    const budget = (stack: string, monthlyUsd: number) => ({ ...files("dev", { "fargate:budget": { monthlyUsd } }), stack });

    it("ends with 2 above the budget, after it has printed everything, also as data", async () => {
        const { exitCode, data } = await cost(budget("over", 10), TODAY);
        assert.equal(exitCode, 2);
        const { stack, budget: found, savings } = data as Record<string, unknown>;
        assert.deepEqual([stack, (found as { verdict: string }).verdict], ["over", "exceeded"]);
        assert.ok(Array.isArray(savings));
    });

    it("ends with 2 where nobody can tell whether the budget holds, and so does plan", async () => {
        for (const tool of [cost, plan]) {
            const { exitCode, text } = await tool(budget("untold", 60), TODAY);
            assert.equal(exitCode, 2, tool.name);
            assert.match(text, /^Budget: nobody can tell whether 60\.00 /m);
        }
    });

    it("tells a stack that does not exist in one line", async () => {
        const { code, errors } = await call(command, ["prdo"]);
        assert.equal(code, 1);
        assert.equal(
            errors,
            "There is no stack prdo: Pulumi.prdo.yaml does not exist. Allowed: did you mean prod? For another stack: npm run stack -- add --help\n",
        );
    });
});

describe("a table", () => {
    it("has text to the left and numbers to the right, and no blanks at the end", () => {
        const columns = [{ title: "what" }, { title: "USD", align: "right" as const }, { title: "note" }];
        assert.deepEqual(
            table(columns, [
                ["a", "1.00", "x"],
                ["longer", "100.00", ""],
            ]),
            ["what       USD  note", "a         1.00  x", "longer  100.00"],
        );
    });
});

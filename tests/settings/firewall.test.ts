import assert from "node:assert/strict";
import { Given, WEB, problems, settings } from "../support/given";

const PRODUCTION = { profile: "production", allowHttp: true };
const WORKER = { build: { context: "./app" } };
const DEFAULTS = { mode: "block", rateLimit: 2000, allowCidrs: [], blockCidrs: [] };
const told = (firewall: Given, others: Given = {}) => problems({ firewall, ...others });

describe("a firewall", () => {
    it("is in production where there is a load balancer, and nowhere else unless it is asked for", () => {
        assert.deepEqual(settings(PRODUCTION).firewall, DEFAULTS);
        for (const without of [{}, { ...PRODUCTION, services: { web: WORKER } }])
            for (const key of ["firewall", "turnedOff"]) assert.ok(!Object.hasOwn(settings(without), key), key);
        assert.deepEqual(settings({ firewall: {} }).firewall, DEFAULTS);
    });

    it("is what its keys say, with blocks in one spelling", () => {
        const firewall = {
            mode: "count",
            rateLimit: 100,
            allowCidrs: ["203.0.113.0/24", "2001:DB8:0::/32"],
            blockCidrs: ["198.51.100.7/32"],
        };
        assert.deepEqual(settings({ firewall }).firewall, { ...firewall, allowCidrs: ["203.0.113.0/24", "2001:db8::/32"] });
    });

    it("is off with a reason in place of everything else", () => {
        const { firewall, turnedOff } = settings({ ...PRODUCTION, firewall: { off: "CloudFront has one." } });
        assert.equal(firewall, undefined);
        assert.deepEqual(turnedOff, [
            { key: "firewall.off", rule: "load-balancers-have-a-firewall", reason: "CloudFront has one." },
        ]);
        assert.deepEqual(told({ off: "x", mode: "count", rateLimit: 10 }), [
            "fargate:firewall.off: off beside mode, rateLimit | off alone, or a firewall without it",
        ]);
        assert.deepEqual(told({ off: "" }), ["fargate:firewall.off: empty text | the reason why there is none, as text"]);
        assert.equal(told({ off: true }).length, 1);
    });

    it("needs a load balancer to stand in front of", () => {
        const allowed = "no such key: it stands in front of the load balancer, which comes with the first route";
        for (const firewall of [{}, { mode: "count" }, { off: "x" }])
            assert.deepEqual(told(firewall, { services: { web: WORKER } }), [
                `fargate:firewall: a firewall, and no service with a route | ${allowed}`,
            ]);
        // One mistake, told once.
        assert.equal(told({}, { services: { web: { ...WEB, route: 1 } } }).length, 1);
    });

    it("takes modes and limits that AWS takes", () => {
        assert.deepEqual(told({ mode: "off" }), ["fargate:firewall.mode: off | block, count"]);
        for (const rateLimit of [9, 2_000_000_001, 10.5, "many"]) assert.equal(told({ rateLimit }).length, 1, String(rateLimit));
        for (const rateLimit of [10, 2_000_000_000])
            assert.equal(settings({ firewall: { rateLimit } }).firewall?.rateLimit, rateLimit);
    });

    it("takes blocks alone, and says how the one is written that was meant", () => {
        for (const [block, allowed] of [
            ["203.0.113.7", /^a block: 203\.0\.113\.7\/32 for this one address$/],
            ["2001:db8::7", /^a block: 2001:db8::7\/128 for this one address$/],
            ["203.0.113.7/24", /^a block that starts on its own boundary: 203\.0\.113\.0\/24$/],
            ["2001:db8::7/32", /^a block of IPv6 that starts on its own boundary, /],
            ["0.0.0.0/0", /^not the whole internet, of which AWS takes no block: fargate:loadBalancer says who may connect$/],
            ["::/0", /^not the whole internet/],
            ["office.example.com", /a firewall knows no host names$/],
            ["", /^a block, such as /],
            [7, /^a block, such as /],
        ] as const)
            for (const list of ["allowCidrs", "blockCidrs"]) {
                const [problem = "", ...others] = told({ [list]: [block] });
                assert.deepEqual(others, [], String(block));
                assert.match(problem.split(" | ")[1] ?? "", allowed, String(block));
            }
    });

    it("takes each block of a list once, whatever its spelling, and no more than AWS does", () => {
        assert.match(told({ blockCidrs: ["2001:db8::/32", "2001:0DB8::/32"] })[0] ?? "", /each block once$/);
        const many = Array.from({ length: 10_001 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
        assert.match(told({ blockCidrs: many })[0] ?? "", /at most 10,000 blocks, by AWS$/);
    });

    it("lets nothing through that it stops before", () => {
        assert.deepEqual(told({ allowCidrs: ["192.0.2.0/24", "198.51.100.7/32"], blockCidrs: ["198.51.100.0/24"] }), [
            "fargate:firewall.allowCidrs[1]: 198.51.100.7/32, inside 198.51.100.0/24 of blockCidrs | a block outside of blockCidrs, which are tried first: block what lies around it, in smaller blocks",
        ]);
        // The other way round both lists do something.
        assert.ok(settings({ firewall: { allowCidrs: ["198.51.100.0/24"], blockCidrs: ["198.51.100.7/32"] } }));
    });

    it("does not stand behind CloudFront, where it would count and stop CloudFront's addresses", () => {
        const list = "com.amazonaws.global.cloudfront.origin-facing";
        const loadBalancer = { allowPrefixLists: ["offices", list] };
        const refusal = [
            `fargate:loadBalancer.allowPrefixLists[1]: ${list} beside a firewall | ` +
                "a web ACL at CloudFront, which sees who asks, and fargate:firewall: { off: <why there is none here> }: here all requests come from CloudFront's addresses, which rateLimit would stop with everybody behind them",
        ];
        assert.deepEqual(told({ mode: "count" }, { loadBalancer }), refusal);
        assert.deepEqual(problems({ ...PRODUCTION, loadBalancer }), refusal);
        for (const sound of [
            { ...PRODUCTION, loadBalancer, firewall: { off: "CloudFront has one." } },
            { loadBalancer },
            { loadBalancer: { allowPrefixLists: ["offices"] }, firewall: {} },
        ])
            assert.ok(settings(sound));
    });
});

import assert from "node:assert/strict";
import { addressFindings } from "../../../tools/preflight/addresses";
import { Endpoint, Way, pathTo } from "../../../tools/preflight/ways";

const LOGS = "com.amazonaws.eu-west-1.logs";
const NONE: Way = { kind: "none" };
const NAT: Way = { kind: "everywhere", through: "nat-1" };
const rule = (more: object = {}) => ({
    ...{ ports: [443, 443] as const, isTcp: true, blocks: ["10.0.0.0/16"], groups: [], lists: [] },
    ...more,
});
const endpoint = (more: Partial<Endpoint> = {}, ...rules: object[]): Endpoint => ({
    ...{ id: "vpce-1", service: LOGS, isGateway: false, isPrivateDns: true, tables: [] },
    groups: [{ id: "sg-1", rules: (rules.length > 0 ? rules : [{}]).map(rule) }],
    ...more,
});
const path = (endpoints: readonly Endpoint[], way: Way = NONE, own: readonly string[] = []) =>
    pathTo(LOGS, { cidr: "10.0.2.0/24", table: { id: "rtb-1", way } }, endpoints, new Set(own)).kind;

describe("the path to an API", () => {
    it("is a NAT gateway, an endpoint, or a gateway on the very route table", () => {
        assert.equal(path([], NAT), "open");
        assert.equal(path([endpoint()]), "open");
        assert.equal(path([endpoint({ isGateway: true, isPrivateDns: false, tables: ["rtb-1"] })]), "open");
        assert.equal(path([endpoint({ isGateway: true, isPrivateDns: false, tables: ["rtb-2"] })]), "none");
        assert.equal(path([endpoint({ service: "com.amazonaws.eu-west-1.logs.other" })]), "none");
    });

    it("is closed by an endpoint whose group keeps the tasks out, beside NAT too: the name leads there", () => {
        const closed = [{ blocks: ["10.1.0.0/16"] }, { ports: [80, 80] }, { isTcp: false }, { blocks: [], groups: ["sg-9"] }];
        for (const one of closed) assert.equal(path([endpoint({}, one)], NAT), "closed", JSON.stringify(one));
        assert.equal(path([endpoint({ groups: [] })], NAT), "closed");
        const open = [{ ports: undefined }, { ports: [0, 65_535] }, { blocks: ["10.0.2.0/24"] }, { blocks: [], lists: ["pl-1"] }];
        for (const one of open) assert.equal(path([endpoint({}, one)]), "open", JSON.stringify(one));
        assert.equal(path([endpoint({}, { blocks: [], groups: ["sg-9"] })], NONE, ["sg-9"]), "open");
    });

    it("is none by an endpoint that the name does not lead to, unless NAT is there", () => {
        assert.equal(path([endpoint({ isPrivateDns: false })]), "unnamed");
        assert.equal(path([endpoint({ isPrivateDns: false })], NAT), "open");
    });

    it("is not known where routes lead to another network", () => {
        assert.equal(path([], { kind: "elsewhere", through: "tgw-1" }), "elsewhere");
    });
});

describe("addresses of a subnet", () => {
    const taking = { tasks: { least: 4, most: 10 }, taskSubnets: 2, endpoints: 3, isBalanced: true };
    const status = (free: number) =>
        addressFindings({ id: "subnet-1", cidr: "10.0.0.0/27", free }, taking, "fargate:network.privateSubnetIds")[0];

    it("are for its share of the tasks, endpoints, and eight for the load balancer", () => {
        assert.equal(status(16), undefined);
        assert.deepEqual([status(15)?.status, status(13)?.status, status(12)?.status], ["warning", "warning", "failure"]);
        assert.equal(
            status(12)?.found,
            "subnet-1, a 10.0.0.0/27, has 12 free addresses, and the update needs 13: 2 for tasks, 3 for endpoints, 8 for the load balancer",
        );
    });
});

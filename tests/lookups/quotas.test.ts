import assert from "node:assert/strict";
import type { Caller } from "../../model/callers";
import { GROUP_RULES_QUOTA, Groups, rulesOverDefault } from "../../model/group-rules";
import { Call } from "../../tools/inventory/recorder";
import { WEB } from "../support/given";
import { NAT, STATE, found, refused } from "./found";

const QUOTA = "aws:servicequotas/getServiceQuota:getServiceQuota";
const named = (count: number, service: object) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, service]));
const worker = { build: WEB.build };
const list = (id: string, name: string, maxEntries: number) => [id, { id, name, addressFamily: "IPv4", maxEntries }] as const;
const LISTS = new Map([
    list("pl-59", "offices", 59),
    list("pl-s3", "com.amazonaws.ap-northeast-2.s3", 0),
    list("pl-cloudfront", "com.amazonaws.global.cloudfront.origin-facing", 0),
]);

describe("the rules of security groups", () => {
    const routed = (count: number) => Array.from({ length: count }, () => ({ route: {} }));

    const over = (egress: string, services: readonly { route?: unknown }[], changes: Partial<Groups["tasks"][number]> = {}) => {
        const tasks = services.map((_, index) => ({ name: `s${index}`, secrets: {}, permissions: [], ...changes }));
        return rulesOverDefault({ egress, services, tasks, lists: LISTS, callers: [], isHttps: false });
    };
    const workers = (count: number) => Array.from({ length: count }, () => ({}));

    it("are one a service: outwards of the load balancer for a route, inwards of the endpoints for all", () => {
        assert.equal(over("nat", routed(60)), undefined);
        assert.deepEqual(over("nat", routed(61)), {
            rules: 61,
            what: "outwards in the load balancer's security group, one a service",
            key: "services",
        });
        assert.equal(over("endpoints", [...routed(30), ...workers(30)]), undefined);
        assert.deepEqual(over("endpoints", [...routed(31), ...workers(30)]), {
            rules: 61,
            what: "inwards in the security group of the VPC endpoints, one a service",
            key: "services",
        });
        assert.equal(over("nat", [...routed(31), ...workers(30)]), undefined);
    });

    it("are one a connection in the group of a service's tasks, beside those to AWS", () => {
        const outbound = (count: number) =>
            Array.from({ length: count }, (_, index) => ({ port: index + 1, cidr: "10.0.0.0/8" }));
        assert.equal(over("nat", [{}], { outbound: outbound(59) }), undefined);
        assert.equal(over("endpoints", [{}], { outbound: outbound(58) }), undefined);
        const what =
            "outwards in the security group of s0's tasks, one a connection, and for a prefix list as many as it may have entries";
        assert.deepEqual(over("nat", [{}], { outbound: outbound(60) }), { rules: 61, what, key: "services" });
        assert.deepEqual(over("endpoints", [{}], { outbound: outbound(59) }), { rules: 61, what, key: "services" });
        const dynamodb = [{ actions: ["dynamodb:GetItem"], resources: ["*"] }];
        assert.deepEqual(over("endpoints", [{}], { outbound: outbound(58), permissions: dynamodb }), {
            rules: 61,
            what,
            key: "services",
        });
    });

    it("are as many for a prefix list as it may have entries, or as AWS says of its own", () => {
        const rules = (...ids: string[]) =>
            over("nat", [{}], { outbound: ids.map(prefixListId => ({ port: 443, prefixListId })) })?.rules;
        assert.equal(rules("pl-59"), undefined);
        assert.equal(rules("pl-59", "pl-s3"), 61);
        assert.equal(rules("pl-cloudfront", "pl-s3"), undefined);
        assert.equal(rules("pl-cloudfront", "pl-59"), 1 + 55 + 59);
    });

    it("are one a block and port inwards of the load balancer, and as many for a list, which connects at the port that answers", () => {
        const over = (isHttps: boolean, ...callers: readonly Caller[]) =>
            rulesOverDefault({ egress: "nat", services: [], tasks: [], lists: LISTS, callers, isHttps });
        const blocks = (count: number) => Array.from({ length: count }, (_, index) => ({ cidr: `203.0.113.${index}/32` }));
        const listed = (id: string) => ({ list: LISTS.get(id) ?? assert.fail(id) });
        assert.equal(over(true, ...blocks(30)), undefined);
        assert.deepEqual(over(true, ...blocks(31)), {
            rules: 62,
            what: "inwards in the load balancer's security group, one a block and port, and for a prefix list as many as it may have entries",
            key: "loadBalancer",
        });
        assert.equal(over(false, ...blocks(60)), undefined);
        assert.equal(over(true, listed("pl-cloudfront"), ...blocks(2)), undefined);
        assert.equal(over(true, listed("pl-cloudfront"), ...blocks(3))?.rules, 55 + 6);
        assert.equal(over(false, listed("pl-59"), listed("pl-cloudfront"))?.rules, 59 + 55);
    });

    it("are asked for where they are more than AWS's default, and refused where the account may have fewer", async () => {
        const quota =
            (value: number): Call =>
            inputs => {
                assert.deepEqual(inputs, { serviceCode: "vpc", quotaCode: GROUP_RULES_QUOTA });
                return { value };
            };
        const zones = {
            "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: ["a", "b"], zoneIds: ["1", "2"] }),
        };
        const services = named(61, worker);
        await found({ services }, { ...zones, [QUOTA]: quota(61) });
        await found({ ...NAT, services });
        await refused({ services }, { ...zones, [QUOTA]: quota(60) }, [
            "fargate:services: found 61 rules inwards in the security group of the VPC endpoints, one a service. Allowed: 60 in this account. " +
                "Next: ask for more: aws service-quotas request-service-quota-increase --service-code vpc " +
                `--quota-code ${GROUP_RULES_QUOTA} --desired-value 61. Nothing was created.`,
        ]);
    });

    it("of callers that go count beside those that come, since new ones are made first", async () => {
        const rule = (end: string, outputs: object) => ({
            [`urn:pulumi:dev::fargate::fargate:index:LoadBalancer$aws:vpc/x:X::load-balancer-from-${end}`]: {
                type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                outputs,
            },
        });
        const state = (...rules: object[]): Record<string, Call> => ({
            [STATE]: () => ({ outputs: Object.assign({}, ...rules) as object }),
            [QUOTA]: () => ({ value: 60 }),
            "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ id }) => ({ ...LISTS.get("pl-59"), id }),
        });
        const blocks = (count: number) => ({
            ...NAT,
            loadBalancer: { allowCidrs: Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`) },
        });
        const internet = rule("internet-80", { prefixListId: "" });
        await found(blocks(59), state(internet));
        const next =
            "let in some of the new callers in an update of its own, then the others; or ask for more: aws service-quotas request-service-quota-increase " +
            `--service-code vpc --quota-code ${GROUP_RULES_QUOTA} --desired-value`;
        const what =
            "rules inwards in the load balancer's security group, one a block and port, and for a prefix list as many as it may have entries";
        await refused(blocks(60), state(internet), [
            `fargate:loadBalancer: found 61 ${what}; 1 of them go with this update, when the new ones have come. Allowed: 60 in this account. Next: ${next} 61. Nothing was created.`,
        ]);
        await refused(blocks(2), state(rule("pl-0123456789abcdef0-80", { prefixListId: "pl-0123456789abcdef0" })), [
            `fargate:loadBalancer: found 61 ${what}; 59 of them go with this update, when the new ones have come. Allowed: 60 in this account. Next: ${next} 61. Nothing was created.`,
        ]);
        // One that is shared no longer can still go.
        const gone: Call = () => {
            throw new Error("reading EC2 Managed Prefix List: empty result");
        };
        await found(blocks(2), {
            ...state(rule("pl-0123456789abcdef0-80", { prefixListId: "pl-0123456789abcdef0" })),
            "aws:ec2/getManagedPrefixList:getManagedPrefixList": gone,
        });
        // Nothing new: what goes is in nobody's way. Rules of services are no callers'.
        const there = Array.from({ length: 60 }, (_, index) => rule(`203.0.113.${index}-32-80`, {}));
        await found(blocks(60), state(internet, ...there));
        await found(blocks(60), {
            ...state(),
            [STATE]: () => ({ outputs: { "a::web-from-load-balancer": Object.values(internet)[0] } }),
        });
    });
});

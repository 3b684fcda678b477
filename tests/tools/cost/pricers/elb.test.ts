import assert from "node:assert/strict";
import { cost, endpoint, loadBalancer, natGateway, resource, usd, NO_LOAD } from "../../../support/cost-fixtures";
import { loadBalancerCapacityUnits } from "../../../../tools/cost/pricers/elb";

const SECONDS = 730 * 3600;

describe("cost of a load balancer", () => {
    const lcus = (requestsPerSecond: number, gbPerHour: number, rules = 1) =>
        Number(
            loadBalancerCapacityUnits(
                { ...NO_LOAD, requestsPerMonth: requestsPerSecond * SECONDS, loadBalancerGbPerMonth: gbPerHour * 730 },
                rules,
            ).toFixed(6),
        );

    it("counts the LCUs of the dimension that needs most", () => {
        assert.equal(lcus(100, 1), 4);
        assert.equal(lcus(25, 3), 3);
        assert.equal(lcus(0, 0), 0);
    });

    it("counts rules only beyond the ten that are free", () => {
        assert.equal(lcus(100, 0, 10), 4);
        assert.equal(lcus(100, 0, 110), 10);
    });

    it("pays LCUs by the hour, with the listener rules that there are", () => {
        const rules = Array.from({ length: 110 }, (_, index) => resource("aws:lb/listenerRule:ListenerRule", `rule-${index}`));
        const load = { ...NO_LOAD, requestsPerMonth: 100 * SECONDS };
        const internal = loadBalancer(2, { internal: true });
        assert.equal(usd([internal], load), 39.79);
        assert.equal(usd([internal, ...rules], load), 74.83);
    });

    it("has a public address in each zone, and data out, unless it is internal", () => {
        const load = { ...NO_LOAD, loadBalancerGbPerMonth: 100 };
        const services = (inputs: Readonly<Record<string, unknown>>) =>
            cost([loadBalancer(3, inputs)], load)
                .items.map(item => item.service)
                .sort();
        assert.deepEqual(services({}), ["AWS Data Transfer", "Amazon VPC", "Elastic Load Balancing"]);
        assert.deepEqual(services({ internal: true }), ["Elastic Load Balancing"]);
        assert.equal((usd([loadBalancer(3)]) - usd([loadBalancer(2)])).toFixed(2), "3.65");
    });

    it("of another type than application is unknown", () => {
        assert.equal(cost([loadBalancer(2, { loadBalancerType: "network" })]).total.unknown.length, 1);
    });
});

describe("cost of the way out", () => {
    const gateway = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", { vpcEndpointType: "Gateway" });

    it("is by zone for interface endpoints, and nothing for gateways", () => {
        assert.equal(usd([endpoint("logs", 1)]), 7.3);
        assert.equal(usd([endpoint("logs", 3)]), 21.9);
        assert.equal(usd([gateway]), 0);
        assert.equal(usd([resource("aws:ec2/vpcEndpoint:VpcEndpoint", "dynamodb", {})]), 0);
    });

    it("of another kind of endpoint is unknown", () => {
        const balancer = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "firewall", { vpcEndpointType: "GatewayLoadBalancer" });
        assert.equal(cost([balancer]).total.unknown.length, 1);
    });

    it("counts the data of a stack once, however many endpoints or gateways share it", () => {
        const data = (resources: ReturnType<typeof natGateway>) =>
            Number((usd(resources, { ...NO_LOAD, egressGbPerMonth: 1000 }) - usd(resources)).toFixed(2));
        assert.equal(data([endpoint("a", 2), endpoint("b", 2), gateway]), 10);
        assert.equal(data([...natGateway("nat-1"), ...natGateway("nat-2")]), 45);
        assert.equal(data([endpoint("a", 2), ...natGateway("nat-1")]), 45);
    });
});

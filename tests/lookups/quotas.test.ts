import assert from "node:assert/strict";
import { GROUP_RULES_QUOTA, rulesOverDefault } from "../../model/group-rules";
import { Call } from "../../tools/inventory/recorder";
import { WEB } from "../support/given";
import { NAT, found, refused } from "./found";

const QUOTA = "aws:servicequotas/getServiceQuota:getServiceQuota";
const named = (count: number, service: object) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, service]));
const worker = { build: WEB.build };

describe("the rules of security groups that services share", () => {
    const routed = (count: number) => Array.from({ length: count }, () => ({ route: {} }));

    it("are one a service: outwards of the load balancer for a route, inwards of the endpoints for all", () => {
        assert.equal(rulesOverDefault({ egress: "nat", services: routed(60) }), undefined);
        assert.deepEqual(rulesOverDefault({ egress: "nat", services: routed(61) }), {
            rules: 61,
            what: "outwards in the load balancer's security group",
        });
        assert.equal(rulesOverDefault({ egress: "endpoints", services: [...routed(30), ...named30()] }), undefined);
        assert.deepEqual(rulesOverDefault({ egress: "endpoints", services: [...routed(31), ...named30()] }), {
            rules: 61,
            what: "inwards in the security group of the VPC endpoints",
        });
        assert.equal(rulesOverDefault({ egress: "nat", services: [...routed(31), ...named30()] }), undefined);
    });

    function named30() {
        return Array.from({ length: 30 }, () => ({}));
    }

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
});

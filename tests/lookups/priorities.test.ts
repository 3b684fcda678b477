import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Call } from "../../tools/inventory/recorder";
import { Given, WEB } from "../support/given";
import { NAT, STATE, found, refused } from "./found";

const RULE = "aws:lb/listenerRule:ListenerRule";
const urn = (service: string) =>
    `urn:pulumi:dev::fargate::fargate:index:Service$fargate:index:Target$${RULE}::${service}-target-rule`;

/** A resource among outputs, in the engine's words. */
const RESOURCE = {
    [pulumi.runtime.specialSigKey]: pulumi.runtime.specialResourceSig,
    urn: "urn:pulumi:dev::fargate::fargate:index:Network$awsx:ec2:Vpc$aws:ec2/vpc:Vpc::network",
};

/** A state with these rules, by service, and something of another type beside them. */
const state =
    (rules: Readonly<Record<string, number>>): Call =>
    () => ({
        outputs: {
            ...Object.fromEntries(
                Object.entries(rules).map(([service, priority]) => [urn(service), { type: RULE, outputs: { priority } }]),
            ),
            network: { type: "awsx:ec2:Vpc", outputs: { vpc: RESOURCE } },
            x: { type: "aws:ecr/lifecyclePolicy:LifecyclePolicy", outputs: { priority: 4 } },
        },
    });

const routed = (...paths: string[]) => ({ ...WEB, route: { paths } });
const numbers = async (services: Given, rules: Readonly<Record<string, number>>) =>
    Object.fromEntries((await found({ ...NAT, services }, { [STATE]: state(rules) })).priorities);

describe("the priorities of listener rules", () => {
    it("are those of the stack's state, whatever a new stack would get", async () => {
        assert.deepEqual(await numbers({ api: routed("/api/*"), web: routed("/*") }, { api: 7, web: 8 }), { api: 7, web: 8 });
        assert.deepEqual(await numbers({ web: routed("/*") }, {}), { web: 49_926 });
    });

    it("leave out what a rule has that leaves with this update: the new one is made before", async () => {
        const renamed = await numbers({ shop: routed("/*") }, { web: 49_914 });
        const { shop } = await numbers({ shop: routed("/*") }, {});
        const taken = await numbers({ shop: routed("/*") }, { web: shop ?? 0 });
        assert.deepEqual(renamed, { shop });
        assert.deepEqual(taken, { shop: (shop ?? 0) + 1 });
    });

    it("are not asked for where no service has a route", async () => {
        const services = { jobs: { build: WEB.build } };
        const asked: Call = () => assert.fail("the state is not needed");
        assert.equal((await found({ ...NAT, services }, { [STATE]: asked })).priorities.size, 0);
    });

    it("tell a service whose name ends like a rule's from the rule of another one", async () => {
        assert.deepEqual(
            await numbers({ "a-target-rule": routed("/*") }, { a: 9 }),
            await numbers({ "a-target-rule": routed("/*") }, {}),
        );
    });

    it("end the run where new rules and those that leave are more than a load balancer has, before anything is made", async () => {
        const services = (first: number) =>
            Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`s-${first + index}`, routed(`/s-${first + index}`)]));
        const before = await numbers(services(0), {});
        await refused({ ...NAT, services: services(1) }, { [STATE]: state(before) }, [
            "fargate:services: found 100 routes, and 1 that leave with this update: s-0-target-rule. Allowed: at most 100 together, since new ones are made " +
                "before old ones are removed and a load balancer has no more target groups. Remove the old ones in an update of their own, then add the new ones. Nothing was created.",
        ]);
        const { "s-100": _, ...fewer } = services(1);
        assert.equal(Object.keys(await numbers(fewer, before)).length, 99);
    });
});

import assert from "node:assert/strict";
import { settingsOf } from "../../../settings";
import { vpcChildren } from "../../../tools/inventory/awsx-vpc";
import { inventory } from "../../../tools/inventory/inventory";
import { Given, REGION, REPOSITORY, WEB, configuration } from "../../support/given";

const ZONES = { zones: [`${REGION}a`, `${REGION}b`] };

describe("the inventory", () => {
    it("refuses bad settings before anything is declared", async () => {
        await assert.rejects(of({ profile: "x" }), { message: /^Pulumi\.dev\.yaml has 1 problem\. Nothing was created\./ });
    });

    it("has the settings that the program ran with, and its outputs", async () => {
        const { settings, outputs } = await of({ network: ZONES });
        const files = { project: "fargate", stack: "dev" };
        assert.deepEqual(settings, settingsOf(configuration({ network: ZONES }), files));
        assert.equal(outputs["cluster"], "fargate-dev");
    });

    it("has parents before their children, and everything below one of them together", async () => {
        const { resources } = await of({ network: ZONES });
        const seen = new Set<string>();
        const known = new Set(resources.map(({ urn }) => urn));
        for (const { urn, parent = "" } of resources) {
            assert.ok(!known.has(parent) || seen.has(parent), urn);
            seen.add(urn);
        }
        const tops = resources.filter(({ parent = "" }) => !known.has(parent)).map(({ name }) => name);
        assert.deepEqual(tops, ["aws", "network", "endpoints", "load-balancer", "web-registry", "web-image", "cluster", "web"]);
        const byUrn = new Map(resources.map(resource => [resource.urn, resource]));
        const isBelow = (urn: string | undefined, top: string): boolean =>
            urn !== undefined && (urn === top || isBelow(byUrn.get(urn)?.parent, top));
        for (const [index, { urn }] of resources.entries()) {
            const family = resources.flatMap((resource, place) => (isBelow(resource.urn, urn) ? [place] : []));
            assert.deepEqual(
                family,
                family.map((_, offset) => index + offset),
                `everything below ${urn} stands together`,
            );
        }
    });

    it("has no resource twice", async () => {
        const { resources } = await of({ network: { ...ZONES, egress: "nat-per-zone" } });
        assert.equal(new Set(resources.map(({ urn }) => urn)).size, resources.length);
    });
});

describe("the children of the awsx VPC, which come from a plugin", () => {
    it("are worked out from the very arguments that it gets", async () => {
        const { resources } = await of({ network: { cidr: "10.30.0.0/18", ...ZONES, egress: "nat" } });
        const vpc = resources.find(({ type }) => type === "awsx:ec2:Vpc");
        const below = resources.filter(({ urn }) => urn.includes("awsx:ec2:Vpc$"));
        const expected = vpcChildren({
            name: "network",
            cidrBlock: "10.30.0.0/18",
            zones: ZONES.zones,
            subnets: [
                { type: "Public", name: "public", cidrBlocks: ["10.30.32.0/23", "10.30.34.0/23"] },
                { type: "Private", name: "private", cidrBlocks: ["10.30.0.0/22", "10.30.4.0/22"] },
            ],
            natStrategy: "Single",
        });
        const shown = (list: readonly { type: string; name: string; inputs: unknown }[]) =>
            list.map(({ type, name, inputs }) => JSON.stringify({ type, name, inputs })).sort();
        assert.deepEqual(shown(below), shown(expected));
        assert.equal(below[0]?.parent, vpc?.urn);
    });

    it("hang below one another as awsx has them", async () => {
        const { resources } = await of({ network: ZONES });
        const parents = (name: string, type: string): string[] => {
            const found = resources.find(resource => resource.name === name && resource.type === type);
            const above = resources.find(({ urn }) => urn === found?.parent);
            return above === undefined ? [] : [above.type, ...parents(above.name, above.type)];
        };
        assert.deepEqual(parents("network-public-2", "aws:ec2/route:Route"), [
            "aws:ec2/routeTable:RouteTable",
            "aws:ec2/subnet:Subnet",
            "aws:ec2/vpc:Vpc",
            "awsx:ec2:Vpc",
            "fargate:index:Network",
        ]);
    });

    it("are no components, and wait for what they hang below", async () => {
        const { resources } = await of({ network: ZONES });
        const below = resources.filter(({ urn }) => urn.includes("awsx:ec2:Vpc$"));
        assert.ok(below.every(({ isComponent, dependencies, parent }) => !isComponent && dependencies.join() === parent));
    });
});

describe("what only AWS knows is guessed, and said", () => {
    it("nothing, where the stack names its zones and builds its images", async () => {
        assert.deepEqual((await of({ network: ZONES })).guesses, []);
    });

    it("says what it takes for granted of a VPC that exists, and of a quota: AWS is asked at deployment", async () => {
        const ids = ["subnet-0123456789abcde00", "subnet-0123456789abcde01"];
        const vpc = { vpcId: "vpc-0123456789abcdef0", publicSubnetIds: ids, privateSubnetIds: ids };
        assert.deepEqual((await of({ network: vpc })).guesses, [
            "subnets: parts of vpc-0123456789abcdef0, each in a zone of its own; at deployment AWS is asked, and takes one a zone",
        ]);
        const worker = { image: `${REPOSITORY}@sha256:${"0".repeat(64)}` };
        const services = Object.fromEntries(Array.from({ length: 61 }, (_, index) => [`s${index}`, worker]));
        assert.deepEqual((await of({ services, network: ZONES })).guesses, [
            "61 rules inwards in the security group of the VPC endpoints, one a service: more than AWS's default; at deployment AWS is asked whether this account may have them",
        ]);
    });

    it("puts ids of its own in place of what exports and other stacks' outputs hold, a list of as many as the profile has zones", async () => {
        const named = { vpcId: "shop-VpcId", publicSubnetIds: "shop-Public", privateSubnetIds: ["shop-A", "shop-B", "shop-C"] };
        for (const [network, where] of [
            [{ cloudFormation: named }, "CloudFormation exports"],
            [{ stack: { name: "acme/network/prod", ...named } }, "the outputs of acme/network/prod"],
        ] as const) {
            const { guesses, resources } = await of({ network });
            assert.deepEqual(guesses, [
                `network: stand-ins for the ids in ${where}, which are looked up at deployment`,
                "subnets: parts of vpc-00000000, each in a zone of its own; at deployment AWS is asked, and takes one a zone",
            ]);
            const inputs = (type: string) => resources.find(resource => resource.type === type)?.inputs ?? {};
            assert.deepEqual(inputs("aws:lb/loadBalancer:LoadBalancer")["subnets"], ["subnet-a0000000", "subnet-a0000001"]);
            const { networkConfiguration } = inputs("aws:ecs/service:Service") as { networkConfiguration: { subnets: unknown } };
            assert.deepEqual(networkConfiguration.subnets, ["subnet-b0000000", "subnet-b0000001", "subnet-b0000002"]);
        }
        const lists = { cloudFormation: { ...named, privateSubnetIds: "shop-Private", privateRouteTableIds: "shop-Tables" } };
        const { resources } = await of({ network: { ...lists, egress: "endpoints", endpointZones: 4 } });
        const logs = resources.find(({ name }) => name === "endpoints-logs");
        assert.equal((logs?.inputs["subnetIds"] as unknown[]).length, 4);
    });

    it("zones, where the stack names none", async () => {
        const { guesses, resources } = await of({ profile: "production", allowHttp: true });
        assert.deepEqual(guesses, [
            `zones: the first of ${REGION}a, ${REGION}b, ${REGION}c, since fargate:network.zones names none; AWS may choose others`,
        ]);
        const zones = resources.find(({ type }) => type === "awsx:ec2:Vpc")?.inputs["availabilityZoneNames"];
        assert.deepEqual(zones, [`${REGION}a`, `${REGION}b`, `${REGION}c`]);
    });

    it("the digest of a tag, in ECR and elsewhere, which has the form of one", async () => {
        const services = {
            api: { image: "ghcr.io/shop/api:2.0", port: 8080, route: { paths: ["/api"] } },
            web: { image: `${REPOSITORY}:1.0`, port: 8080, route: {} },
        };
        const { guesses, outputs } = await of({ services, network: { ...ZONES, egress: "nat" } });
        const zeros = "zeros stand for its digest, which is looked up at deployment";
        assert.deepEqual(guesses, [`image tag 1.0: ${zeros}`, `image tag 2.0: ${zeros}`]);
        const digest = `sha256:${"0".repeat(64)}`;
        assert.deepEqual(outputs["images"], { api: `ghcr.io/shop/api@${digest}`, web: `${REPOSITORY}@${digest}` });
    });

    it("but no digest that is named, and no image that is built", async () => {
        const digest = `sha256:${"1".repeat(64)}`;
        const services = {
            api: { ...WEB, route: { paths: ["/api"] } },
            web: { image: `${REPOSITORY}@${digest}`, port: 8080, route: {} },
        };
        const { guesses, outputs } = await of({ services, network: ZONES });
        assert.deepEqual(guesses, []);
        assert.equal((outputs["images"] as Record<string, string>)["web"], `${REPOSITORY}@${digest}`);
    });
});

function of(given: Given) {
    return inventory("dev", { project: "fargate", stack: "dev", config: configuration(given), secretKeys: [] });
}

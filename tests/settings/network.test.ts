import assert from "node:assert/strict";
import { Given, REGION, WEB, problems, settings } from "../support/given";

const EXISTING = {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};
const WORKER = { ...WEB, route: undefined };
const production = (given: Given = {}) => settings({ profile: "production", allowHttp: true, ...given });

describe("the network's settings", () => {
    const network = (given: Given) => problems({ network: given });

    it("have a block from /16 to /22 on its own boundary", () => {
        for (const [cidr, rest] of [
            ["10.0.0.0/8", ", such as 10.0.0.0/16"],
            ["10.1.0.0/24", ", such as 10.1.0.0/16"],
            ["10.0.0.1/16", " that starts on its own boundary: 10.0.0.0/16"],
            ["10.20.5.0/22", " that starts on its own boundary: 10.20.4.0/22"],
            ["10.0.0.0", ", such as 10.20.0.0/16"],
            ["2001:db8::/56", ", such as 10.20.0.0/16"],
            ["x", ", such as 10.20.0.0/16"],
        ])
            assert.deepEqual(network({ cidr }), [`fargate:network.cidr: ${cidr} | an IPv4 block of size /16 to /22${rest}`]);
        for (const cidr of ["0.0.0.0/16", "127.0.0.0/16", "169.254.0.0/16", "224.0.0.0/16", "255.255.252.0/22"])
            assert.deepEqual(network({ cidr }), [
                `fargate:network.cidr: ${cidr} | an IPv4 block of size /16 to /22 of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 or addresses of your own`,
            ]);
        for (const cidr of ["10.0.0.0/16", "192.168.4.0/22", "100.64.0.0/16", "203.0.0.0/16"]) settings({ network: { cidr } });
    });

    it("have zones of the stack's region, each once", () => {
        assert.deepEqual(network({ zones: ["ap-northeast-2a", "ap-northeast-1a", "ap-northeast-2a"] }), [
            `fargate:network.zones[1]: ap-northeast-1a | a zone of ${REGION}`,
            "fargate:network.zones[2]: ap-northeast-2a | each zone once",
        ]);
    });

    it("have zones by name: no region, id or Local Zone, and where the region is the slip, it is told", () => {
        const what = "a zone's name, such as ap-northeast-2a";
        for (const [zone, rest] of [
            [REGION, "; this is a region, whose zones end with a letter"],
            ["apne2-az1", "; this is a zone's id, which stands for another name in each account"],
            ["us-west-2-lax-1a", "; Fargate is in no Local Zone or Wavelength Zone"],
            ["us-east-1-wl1-bos-wlz-1", "; Fargate is in no Local Zone or Wavelength Zone"],
        ])
            assert.deepEqual(network({ zones: [`${REGION}a`, zone] }), [`fargate:network.zones[1]: ${zone} | ${what}${rest}`]);
        assert.deepEqual(
            problems({ "aws:region": "ap-northeast-7", network: { zones: ["ap-northeast-2a", "ap-northeast-7b"] } }),
            [
                "fargate:network.zones[0]: ap-northeast-2a | a zone of ap-northeast-7, a region that is not known here; did you mean aws:region: ap-northeast-2?",
            ],
        );
        // A typo of the region is told once, and not as wrong zones.
        assert.deepEqual(
            problems({ "aws:region": "ap-norteast-2", network: { zones: ["ap-northeast-2a", "ap-northeast-2c"] } }),
            ["aws:region: ap-norteast-2 | did you mean ap-northeast-2? (pulumi config set aws:region <region>)"],
        );
    });

    it("have from one to eight zones", () => {
        const zones = Array.from("abcdefghi", letter => `${REGION}${letter}`);
        assert.deepEqual(network({ zones }), ["fargate:network.zones: a list | 1 to 8 zones"]);
        assert.deepEqual(network({ zones: [] }), ["fargate:network.zones: an empty list | 1 to 8 zones"]);
        settings({ network: { zones: zones.slice(0, 8) } });
    });

    it("have two zones for a load balancer, and one is enough for workers", () => {
        const one = { zones: [`${REGION}a`] };
        assert.deepEqual(network(one), ["fargate:network.zones: 1 | two zones at least, a demand of Application Load Balancers"]);
        settings({ network: one, services: { web: WORKER } });
        const single = { ...EXISTING, publicSubnetIds: EXISTING.publicSubnetIds.slice(1) };
        assert.deepEqual(network(single), [
            "fargate:network.publicSubnetIds: 1 | two zones at least, a demand of Application Load Balancers",
        ]);
        settings({ network: single, services: { web: WORKER } });
    });

    it("have endpoints in no more zones than there are", () => {
        const zones = [`${REGION}a`, `${REGION}c`];
        assert.deepEqual(network({ zones, endpointZones: 3 }), [
            "fargate:network.endpointZones: 3 | at most 2, the number of zones",
        ]);
        settings({ network: { zones, endpointZones: 2 } });
        assert.deepEqual(network({ ...EXISTING, endpointZones: 3 }), [
            "fargate:network.endpointZones: 3 | at most 2, the number of zones",
        ]);
        settings({ network: { ...EXISTING, endpointZones: 2 } });
    });

    it("are a VPC that exists already where they have its id, and then no block or zones", () => {
        const { network: found } = settings({ network: EXISTING });
        assert.deepEqual(found, {
            kind: "existing",
            ...EXISTING,
            privateRouteTableIds: [],
            egress: "existing",
            endpointZones: 1,
        });
        assert.deepEqual(network({ ...EXISTING, cidr: "10.0.0.0/16" }), [
            "fargate:network.cidr: an unknown key | one of vpcId, publicSubnetIds, privateSubnetIds, privateRouteTableIds, egress, endpointZones",
        ]);
        assert.deepEqual(network({ ...EXISTING, egress: "nat" }), ["fargate:network.egress: nat | existing, endpoints"]);
    });

    it("name an existing VPC's subnets by id", () => {
        assert.deepEqual(network({ vpcId: "main", publicSubnetIds: [], privateSubnetIds: ["private-a"] }), [
            "fargate:network.vpcId: main | a VPC's id: vpc- and 8 or 17 hexadecimal digits",
            "fargate:network.publicSubnetIds: an empty list | one subnet id at least",
            "fargate:network.privateSubnetIds[0]: private-a | a subnet's id: subnet- and 8 or 17 hexadecimal digits",
        ]);
    });

    it("name the route tables where an existing VPC gets endpoints, for the S3 gateway", () => {
        const egress = "endpoints";
        assert.deepEqual(network({ ...EXISTING, egress }), [
            "fargate:network.privateRouteTableIds: nothing | the route tables of the private subnets, for the S3 gateway endpoint",
        ]);
        const privateRouteTableIds = ["rtb-0123456789abcdef0"];
        assert.deepEqual(settings({ network: { ...EXISTING, egress, privateRouteTableIds } }).network, {
            kind: "existing",
            ...EXISTING,
            egress,
            privateRouteTableIds,
            endpointZones: 1,
        });
    });

    it("name each subnet and route table of an existing VPC once", () => {
        const subnet = (digit: number) => `subnet-0123456789abcdef${digit}`;
        const network = {
            vpcId: "vpc-0123456789abcdef0",
            publicSubnetIds: [subnet(0), subnet(1), subnet(0)],
            privateSubnetIds: [subnet(2), subnet(2)],
            privateRouteTableIds: ["rtb-0123456789abcdef0", "rtb-0123456789abcdef0"],
        };
        assert.deepEqual(problems({ network }), [
            `fargate:network.publicSubnetIds[2]: ${subnet(0)} | each id once`,
            `fargate:network.privateSubnetIds[1]: ${subnet(2)} | each id once`,
            "fargate:network.privateRouteTableIds[1]: rtb-0123456789abcdef0 | each id once",
        ]);
    });

    it("leave the zones to AWS, in 10.20.0.0/16", () => {
        assert.deepEqual(settings().network, {
            kind: "created",
            cidr: "10.20.0.0/16",
            egress: "endpoints",
            zoneCount: 2,
            endpointZones: 1,
        });
    });
});

describe("zones that are named", () => {
    const zones = ["a", "b", "c", "d"].map(letter => `${REGION}${letter}`);

    it("decide how many there are, and endpoints are in one of them or in all", () => {
        const network = { zones };
        assert.deepEqual(settings({ network }).network, {
            kind: "created",
            cidr: "10.20.0.0/16",
            egress: "endpoints",
            zones,
            zoneCount: 4,
            endpointZones: 1,
        });
        assert.equal(production({ network }).network.endpointZones, 4);
        assert.equal(production({ network: { zones, endpointZones: 2 } }).network.endpointZones, 2);
    });
});

describe("a network that others know by names", () => {
    const network = (value: unknown) => problems({ network: value });

    const cloudFormation = {
        vpcId: "shop-prod-VpcId",
        publicSubnetIds: "shop-prod-PublicSubnets",
        privateSubnetIds: ["Shop:PrivateA", "Shop:PrivateB"],
    };

    it("is known by exports, or by outputs of another stack under these names or others", () => {
        assert.deepEqual(settings({ network: { cloudFormation } }).network, {
            kind: "named",
            names: {
                vpcId: ["shop-prod-VpcId"],
                publicSubnetIds: ["shop-prod-PublicSubnets"],
                privateSubnetIds: ["Shop:PrivateA", "Shop:PrivateB"],
                privateRouteTableIds: [],
            },
            egress: "existing",
            endpointZones: 1,
        });
        assert.deepEqual(settings({ network: { stack: "acme/network/prod", egress: "endpoints" } }).network, {
            kind: "named",
            stack: "acme/network/prod",
            names: {
                vpcId: ["vpcId"],
                publicSubnetIds: ["publicSubnetIds"],
                privateSubnetIds: ["privateSubnetIds"],
                privateRouteTableIds: ["privateRouteTableIds"],
            },
            egress: "endpoints",
            endpointZones: 1,
        });
        const stack = { name: "acme/network/prod", vpcId: "networkVpcId" };
        const { network: named } = settings({ network: { stack } });
        assert.deepEqual(named.kind === "named" && [named.names.vpcId, named.names.privateRouteTableIds], [["networkVpcId"], []]);
    });

    it("has names of CloudFormation's and Pulumi's form", () => {
        assert.deepEqual(network({ cloudFormation: { ...cloudFormation, vpcId: "shop_prod", publicSubnetIds: [] } }), [
            'fargate:network.cloudFormation.vpcId: shop_prod | an export\'s name: letters, digits, colons and hyphens; or an id; not "_"',
            "fargate:network.cloudFormation.publicSubnetIds: an empty list | one name at least",
        ]);
        assert.deepEqual(network({ cloudFormation: { ...cloudFormation, privateSubnetIds: ["a", "b c"] } }), [
            "fargate:network.cloudFormation.privateSubnetIds: a list | 1: an export's name: letters, digits, colons and hyphens; or an id; not a space",
        ]);
        const form = "<organization>/<project>/<stack>, as pulumi stack ls --all --json names it";
        assert.deepEqual(network({ stack: "network/prod" }), [
            `fargate:network.stack: network/prod | ${form}; in a backend of your own the organization is named organization`,
        ]);
        assert.deepEqual(network({ stack: { name: "a/b/c d" } }), [`fargate:network.stack: a mapping | name: ${form}`]);
        assert.deepEqual(network({ stack: 3 }), [
            "fargate:network.stack: 3 | <organization>/<project>/<stack>, or a mapping with that as its name and with names of outputs",
        ]);
    });

    it("is known by one kind of name, has no block or zones, and names its route tables for endpoints", () => {
        assert.deepEqual(network({ cloudFormation, vpcId: "vpc-0123456789abcdef0", egress: "nat" }), [
            "fargate:network.egress: nat | existing, endpoints",
            "fargate:network.vpcId: an unknown key | one of cloudFormation, egress, endpointZones",
        ]);
        assert.deepEqual(network({ cloudFormation, egress: "endpoints" }), [
            "fargate:network.cloudFormation.privateRouteTableIds: nothing | the route tables of the private subnets, for the S3 gateway endpoint",
        ]);
    });
});

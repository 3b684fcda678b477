import assert from "node:assert/strict";
import { Given, REGION, REPOSITORY, SECRET, WEB, problems, problemsOf, settings } from "../support/given";

const EXISTING = {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};
const WORKER = { ...WEB, route: undefined };

describe("the network's settings", () => {
    const network = (given: Given) => problems({ network: given });

    it("have a block from /16 to /22 on its own boundary", () => {
        const allowed = "an IPv4 block of size /16 to /22 that starts on its own boundary, such as 10.20.0.0/16";
        for (const cidr of ["10.0.0.0/15", "10.0.0.0/23", "10.0.0.1/16", "10.0.0.0", "x"]) {
            assert.deepEqual(network({ cidr }), [`fargate:network.cidr: ${cidr} | ${allowed}`]);
        }
        for (const cidr of ["10.0.0.0/16", "192.168.4.0/22"]) settings({ network: { cidr } });
    });

    it("have zones of the stack's region, each once", () => {
        assert.deepEqual(network({ zones: ["ap-northeast-2a", "ap-northeast-1a", "ap-northeast-2a"] }), [
            `fargate:network.zones[1]: ap-northeast-1a | a zone of ${REGION}`,
            "fargate:network.zones[2]: ap-northeast-2a | each zone once",
        ]);
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
});

describe("a network without internet", () => {
    const region = (arn: string) => arn.replaceAll(REGION, "us-east-1");

    it("refuses images from outside ECR and from another region, and says how else", () => {
        const allowed = `an image in ECR in ${REGION}, since tasks have no internet, or fargate:network.egress: nat`;
        for (const image of ["nginx:1", "public.ecr.aws/nginx/nginx:1", region(`${REPOSITORY}:1`)]) {
            assert.deepEqual(problemsOf({ build: undefined, image }), [`fargate:services.web.image: ${image} | ${allowed}`]);
            assert.equal(problemsOf({ build: undefined, image }, { network: { egress: "endpoints" } }).length, 1);
        }
        settings({ services: { web: { ...WEB, build: undefined, image: `${REPOSITORY}:1` } } });
    });

    it("refuses them also where CI built them, and names the key that says so", () => {
        const image = `ghcr.io/shop/web@sha256:${"0".repeat(64)}`;
        assert.match(problems({ images: { web: image } })[0] ?? "", /^fargate:images\.web: ghcr\.io/);
    });

    it("refuses secrets of another region", () => {
        assert.deepEqual(problemsOf({ secrets: { DB: region(SECRET) } }), [
            `fargate:services.web.secrets.DB: ${region(SECRET)} | a secret in ${REGION}, since tasks have no internet, or fargate:network.egress: nat`,
        ]);
    });

    it("refuses actions of services whose endpoint is not known, and lists those that are", () => {
        const permissions = [
            { actions: ["s3:GetObject"], resources: ["*"] },
            { actions: ["sqs:*", "iam:PassRole"], resources: ["*"] },
        ];
        const [problem = "", ...others] = problemsOf({ permissions });
        assert.deepEqual(others, []);
        assert.match(
            problem,
            /^fargate:services\.web\.permissions\[1\]\.actions: iam:PassRole \| actions of bedrock, cloudwatch, .*, xray,/,
        );
    });

    it("is the only one that does: with NAT gateways, or a way out of its own, anything is within reach", () => {
        const services = {
            web: {
                ...WEB,
                build: undefined,
                image: "nginx:1",
                secrets: { DB: region(SECRET) },
                permissions: [{ actions: ["iam:PassRole"], resources: ["*"] }],
            },
        };
        for (const network of [{ egress: "nat" }, { egress: "nat-per-zone" }, EXISTING]) settings({ services, network });
        const network = { ...EXISTING, egress: "endpoints", privateRouteTableIds: ["rtb-0123456789abcdef0"] };
        const told = problems({ services, network });
        assert.equal(told.length, 3);
        assert.ok(told.every(line => line.endsWith("or fargate:network.egress: existing")));
    });
});

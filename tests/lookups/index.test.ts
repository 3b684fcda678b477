import assert from "node:assert/strict";
import program from "../../index";
import type { Lookups } from "../../lookups";
import { Call, record } from "../../tools/inventory/recorder";
import { DIGEST, Given, REGION, REPOSITORY, WEB, configuration } from "../support/given";
import {
    ECR_IMAGE,
    IDENTITY,
    NAT,
    REGISTRY_IMAGE,
    STATE,
    TAG,
    TOKEN,
    ZONE,
    ZONES,
    absent,
    found,
    refused,
    stateWith,
} from "./found";

describe("every question to AWS", () => {
    const asking = async (given: Given) => {
        const asked: string[] = [];
        const answer = (token: string, result: Record<string, unknown>): Record<string, Call> => ({
            [token]: (_, provider) => {
                asked.push(`${token.replace(/^.*:/, "")} ${provider.replace(/^.*::/, "")}`);
                return result;
            },
        });
        const calls = {
            ...answer(IDENTITY, { accountId: "123456789012" }),
            ...answer(ZONES, { names: ["x-1a", "x-1b"], zoneIds: ["x1-az1", "x1-az2"] }),
            ...answer(ZONE, { zoneId: "Z1" }),
            ...answer(ECR_IMAGE, { imageDigest: DIGEST }),
            ...answer(TOKEN, { proxyEndpoint: "https://ecr", userName: "AWS", password: "x" }),
            ...answer(REGISTRY_IMAGE, { sha256Digest: DIGEST }),
            [STATE]: stateWith(`/fargate-dev-web:${TAG}`),
        };
        await record(program, { project: "fargate", stack: "dev", config: configuration(given), calls });
        return asked.sort();
    };

    it("is asked through the explicit provider, which has the stack's region and role", async () => {
        assert.deepEqual(await asking({ domain: { name: "shop.example.com", zone: "example.com" } }), [
            "getAuthorizationToken aws",
            "getAvailabilityZones aws",
            "getCallerIdentity aws",
            "getImage aws",
            "getZone aws",
        ]);
    });

    it("is asked only where its answer is needed: no token where nothing is built", async () => {
        const images = { web: `${REPOSITORY}@${DIGEST}` };
        assert.deepEqual(await asking({ ...NAT, images }), ["getCallerIdentity aws", "getImage aws"]);
    });

    it("about images elsewhere is asked for those alone", async () => {
        const services = { api: { ...WEB, route: { paths: ["/api"] } }, web: { ...WEB, build: undefined, image: "nginx:1.0" } };
        const images = { api: `${REPOSITORY}@${DIGEST}` };
        assert.deepEqual(await asking({ ...NAT, services, images }), [
            "getCallerIdentity aws",
            "getImage aws",
            "getRegistryImage docker",
        ]);
    });

    it("about images elsewhere is one to their own registry", async () => {
        const services = { web: { ...WEB, build: undefined, image: "nginx:1.0" } };
        assert.deepEqual(await asking({ ...NAT, services }), ["getCallerIdentity aws", "getRegistryImage docker"]);
    });
});

describe("a question that AWS does not answer", () => {
    it("is one line that says what to check, and nothing is created", async () => {
        const next = "Next: check region and credentials (aws sts get-caller-identity). Nothing was created.";
        await refused(NAT, { [IDENTITY]: absent }, [
            `AWS could not be asked which account these credentials are for: reading ECR Images: empty result. ${next}`,
        ]);
        await refused({}, { [ZONES]: absent }, [
            `AWS could not be asked for the region's zones: reading ECR Images: empty result. ${next}`,
        ]);
    });
});

describe("the account", () => {
    it("is that of the credentials", async () => {
        assert.equal((await found(NAT)).account, "123456789012");
    });
});

describe("zones", () => {
    const zonesOf = ({ network }: Lookups) => (network.kind === "created" ? network.zones : undefined);

    it("are those that are named, without a question to AWS", async () => {
        assert.deepEqual(zonesOf(await found(NAT)), [`${REGION}a`, `${REGION}b`]);
    });

    it("are none of the program's business in a VPC that exists already", async () => {
        const network = {
            vpcId: "vpc-01234567",
            publicSubnetIds: ["subnet-01234567", "subnet-01234568"],
            privateSubnetIds: ["subnet-01234569"],
        };
        const calls: Record<string, Call> = {
            "aws:ec2/getVpc:getVpc": () => ({ mainRouteTableId: "rtb-1" }),
            "aws:ec2/getSubnet:getSubnet": ({ id }) => ({ vpcId: network.vpcId, availabilityZone: id, cidrBlock: "10.0.0.0/24" }),
            "aws:ec2/getRouteTables:getRouteTables": () => ({ ids: [] }),
            "aws:ec2/getRouteTable:getRouteTable": () => ({ vpcId: network.vpcId, routes: [] }),
        };
        assert.deepEqual(zonesOf(await found({ network }, calls)), undefined);
    });

    it("are otherwise the region's first by id, of those that every account has and that have Fargate", async () => {
        const asked: unknown[] = [];
        const zones: Call = inputs => {
            asked.push(inputs);
            return { names: ["x-1a", "x-1b", "x-1c"], zoneIds: ["apne1-az3", "apne1-az2", "apne1-az1"] };
        };
        assert.deepEqual(zonesOf(await found({}, { [ZONES]: zones })), ["x-1c", "x-1b"]);
        assert.deepEqual(asked, [{ filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] }]);
    });
});

describe("the hosted zone", () => {
    const domain = { name: "shop.example.com", zone: "example.com" };

    it("is the public one of the domain's name, and none is asked for without a domain", async () => {
        const zone: Call = ({ name, privateZone }) => ({ zoneId: `${String(name)} ${String(privateZone)}` });
        assert.equal((await found({ ...NAT, domain }, { [ZONE]: zone })).hostedZoneId, "example.com false");
        assert.equal((await found(NAT)).hostedZoneId, undefined);
    });

    it("that does not exist is a clear error before anything is created", async () => {
        await refused({ ...NAT, domain }, { [ZONE]: absent }, [
            "fargate:domain.zone: example.com was not found. Allowed: a public Route 53 hosted zone of this account. " +
                "AWS or the registry said: reading ECR Images: empty result. Nothing was created.",
        ]);
    });
});

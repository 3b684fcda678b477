import assert from "node:assert/strict";
import { Given, REGION, WEB, problems, settings } from "../support/given";
import { allowedCidrs, isOpenToEverybody } from "../../settings/load-balancer";

const certificate = (region = REGION, partition = "aws") =>
    `arn:${partition}:acm:${region}:123456789012:certificate/0123abcd-0123-0123-0123-0123456789ab`;
const DOMAIN = { name: "shop.example.com", zone: "example.com" };
const EXISTING = {
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};
const told = (loadBalancer: Given, more: Given = {}) => problems({ loadBalancer, ...more });

describe("the load balancer's settings", () => {
    it("are none where nothing is said, and everybody may connect then", () => {
        assert.equal(settings().loadBalancer, undefined);
        assert.deepEqual(allowedCidrs(settings()), ["0.0.0.0/0"]);
        assert.deepEqual(settings({ loadBalancer: { idleTimeoutSeconds: 120 } }).loadBalancer, { idleTimeoutSeconds: 120 });
    });

    it("let in blocks and lists alone where they name any, and the VPC alone where it is internal and they name none", () => {
        const cidrs = (loadBalancer: Given) => allowedCidrs(settings({ loadBalancer }));
        assert.deepEqual(cidrs({ allowCidrs: ["203.0.113.0/24"] }), ["203.0.113.0/24"]);
        assert.deepEqual(cidrs({ allowPrefixLists: ["offices"] }), []);
        assert.deepEqual(cidrs({ internal: true }), ["10.20.0.0/16"]);
        assert.deepEqual(cidrs({ internal: true, allowCidrs: ["0.0.0.0/0"] }), ["0.0.0.0/0"]);
    });

    it("are open to everybody, so that a runner of CI can ask for an answer, unless they name callers or are internal", () => {
        const isOpen = (loadBalancer?: Given) => isOpenToEverybody(settings({ loadBalancer }));
        assert.deepEqual([isOpen(), isOpen({ allowCidrs: ["0.0.0.0/0"] })], [true, true]);
        for (const closed of [
            { internal: true, allowCidrs: ["0.0.0.0/0"] },
            { allowCidrs: ["10.0.0.0/8"] },
            { allowPrefixLists: ["a"] },
        ])
            assert.equal(isOpen(closed), false);
    });

    it("take IPv4 blocks on their own boundary, each once", () => {
        for (const [block, end] of [
            ["203.0.113.1/24", "an IPv4 block that starts on its own boundary: 203.0.113.0/24"],
            ["203.0.113.1", "an IPv4 block: 203.0.113.1/32 for this one address"],
            ["2001:db8::/32", "an IPv4 block: the load balancer has no IPv6 address"],
            ["127.0.0.0/8", "a block that hosts have: none of loopback, link-local, multicast and the like"],
        ] as const)
            assert.ok(
                told({ allowCidrs: [block] })[0]?.endsWith(end.replace("an IPv4 block that starts", "a block that starts")),
                block,
            );
        assert.match(told({ allowCidrs: ["10.0.0.0/8", "10.0.0.0/8"] })[0] ?? "", /each block once$/);
        assert.match(told({ allowCidrs: [] })[0] ?? "", /one block at least/);
    });

    it("take prefix lists by name or id, and no name that is to be an id", () => {
        const known = ["com.amazonaws.global.cloudfront.origin-facing", "pl-0123456789abcdef0", "Our offices"];
        assert.deepEqual(settings({ loadBalancer: { allowPrefixLists: known } }).loadBalancer?.allowPrefixLists, known);
        for (const bad of ["pl-12", "", " offices"])
            assert.match(told({ allowPrefixLists: [bad] })[0] ?? "", /a prefix list's name/);
    });

    it("have an idle timeout of 1 to 4000 seconds, which is ELB's range", () => {
        for (const seconds of [0, 4001]) assert.match(told({ idleTimeoutSeconds: seconds })[0] ?? "", /from 1 to 4000 seconds$/);
    });

    it("have further certificates beside a domain, in the region, and not the domain's own", () => {
        const loadBalancer = { certificateArns: [certificate()] };
        settings({ domain: DOMAIN, loadBalancer });
        assert.deepEqual(told(loadBalancer), [
            "fargate:loadBalancer.certificateArns: 1 and no domain | certificates beside fargate:domain, whose listener speaks HTTPS",
        ]);
        assert.match(
            told({ certificateArns: [certificate("us-east-1")] }, { domain: DOMAIN })[0] ?? "",
            /^fargate:loadBalancer\.certificateArns\[0\]: .* \| certificates in ap-northeast-2, the load balancer's region$/,
        );
        assert.match(
            told({ certificateArns: [certificate("cn-north-1", "aws-cn")] }, { domain: DOMAIN }).join(),
            /^\S+certificateArns\[0\]: \S+ \| what is in aws, the partition of ap-northeast-2: arn:aws:…$/,
        );
        const own = { name: "shop.example.com", certificateArn: certificate() };
        assert.match(
            told(loadBalancer, { domain: own })[0] ?? "",
            /certificates beside fargate:domain\.certificateArn, which is this one$/,
        );
        assert.match(
            told(
                { certificateArns: Array.from({ length: 26 }, (_, id) => certificate().replace(/..$/, String(id + 10))) },
                { domain: DOMAIN },
            )[0] ?? "",
            /at most 25 certificates/,
        );
    });
});

describe("an internal load balancer", () => {
    const loadBalancer = { internal: true };

    it("needs no public subnets in a VPC that exists, and a public one does", () => {
        assert.deepEqual(problems({ network: EXISTING }), [
            "fargate:network.publicSubnetIds: nothing | where the load balancer goes; or loadBalancer: { internal: true }, which stands in the private subnets",
        ]);
        settings({ network: EXISTING, loadBalancer: { internal: true, allowCidrs: ["10.0.0.0/8"] } });
        const cloudFormation = { vpcId: "shop-Vpc", privateSubnetIds: "shop-Private" };
        assert.match(
            problems({ network: { cloudFormation } })[0] ?? "",
            /^fargate:network\.cloudFormation\.publicSubnetIds: nothing/,
        );
        settings({ network: { cloudFormation }, loadBalancer: { internal: true, allowPrefixLists: ["offices"] } });
    });

    it("is told who may connect in a VPC that exists, whose blocks are not known", () => {
        assert.deepEqual(problems({ network: EXISTING, loadBalancer }), [
            "fargate:loadBalancer.allowCidrs: nothing | the blocks that may connect to an internal load balancer in a VPC that exists, such as the VPC's own",
        ]);
    });

    it("stands in two private subnets at least", () => {
        const network = { ...EXISTING, privateSubnetIds: ["subnet-0123456789abcdef2"] };
        assert.match(
            told({ internal: true, allowCidrs: ["10.0.0.0/8"] }, { network })[0] ?? "",
            /^fargate:network\.privateSubnetIds: 1 \| two zones at least/,
        );
        settings({
            network: { ...network, publicSubnetIds: EXISTING.privateSubnetIds },
            services: { web: { ...WEB, route: undefined } },
        });
    });
});

describe("other names of the domain", () => {
    const withNames = (otherNames: readonly string[], more: Given = {}) => ({ domain: { ...DOMAIN, otherNames, ...more } });

    it("lie in its zone, and are not the name's already", () => {
        assert.deepEqual(settings(withNames(["example.com", "www.Example.com."])).domain?.otherNames, [
            "example.com",
            "www.example.com",
        ]);
        assert.deepEqual(problems(withNames(["example.org", "shop.example.com", "a.shop.example.com"])), [
            "fargate:domain.otherNames[0]: example.org | example.com or a name below it; others with a certificate of your own, as loadBalancer.certificateArns",
            "fargate:domain.otherNames[1]: shop.example.com | names beside shop.example.com and those one level below it, which are there without it",
            "fargate:domain.otherNames[2]: a.shop.example.com | names beside shop.example.com and those one level below it, which are there without it",
        ]);
        assert.match(problems(withNames(["*.example.com"]))[0] ?? "", /a host name/);
    });

    it("are those of the certificate that is made: beside one that exists there are none", () => {
        const domain = { name: "shop.example.com", certificateArn: certificate(), otherNames: ["example.com"] };
        assert.deepEqual(problems({ domain }), [
            "fargate:domain.otherNames: example.com | no such key beside certificateArn: its names are the certificate's, and records are yours to make",
        ]);
    });

    it("are at most 8, since a certificate has 10", () => {
        const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}.example.com`);
        settings(withNames(names(8)));
        assert.match(problems(withNames(names(9)))[0] ?? "", /at most 8 names/);
    });

    it("are hosts that routes may have, and no others beside the name, unless further certificates may have them", () => {
        const web = (...hosts: string[]) => ({ services: { web: { ...WEB, route: { hosts } } } });
        settings({ ...withNames(["example.com"]), ...web("example.com", "*.shop.example.com") });
        assert.deepEqual(problems({ ...withNames(["example.com"]), ...web("www.example.com") }), [
            "fargate:services.web.route.hosts[0]: www.example.com | shop.example.com or one name below it, example.com, which is what the certificate covers",
        ]);
        settings({ domain: DOMAIN, loadBalancer: { certificateArns: [certificate()] }, ...web("www.example.org") });
    });
});

import assert from "node:assert/strict";
import { REGION, WEB, problems, settings } from "../support/given";

describe("limits that AWS would tell of only in the middle of an update", () => {
    it("leave the program's own tags to it, in whatever case: deploy roles are bound to them", () => {
        const others = "project, stack, service, managed-by, name are the program's own";
        for (const name of ["project", "Stack", "SERVICE", "managed-by", "Name"]) {
            assert.deepEqual(problems({ tags: { [name]: "x" } }), [`fargate:tags.${name}: ${name} | another name: ${others}`]);
        }
        assert.deepEqual(settings({ tags: { projects: "x", nam: "y" } }).tags, { projects: "x", nam: "y" });
    });

    it("leave tags that start with aws: to Amazon, in whatever case", () => {
        const allowed = "a name that does not start with aws:, which is Amazon's";
        assert.deepEqual(problems({ tags: { "AWS:x": "y" } }), [`fargate:tags.AWS:x: AWS:x | ${allowed}`]);
        settings({ tags: { "team:aws:x": "y" } });
    });

    it("let each tag be there once, since IAM knows no case", () => {
        assert.deepEqual(problems({ tags: { Team: "a", team: "b", TEAM: "c" } }), [
            "fargate:tags.team: team | each name once: IAM knows no case",
            "fargate:tags.TEAM: TEAM | each name once: IAM knows no case",
        ]);
    });

    it("let a resource have 45 tags beside the program's own five", () => {
        const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "x"]));
        settings({ tags: tags(45) });
        assert.deepEqual(problems({ tags: tags(46) }), ["fargate:tags: 46 tags | at most 45, beside the program's own"]);
    });

    it("keep the certificate in the load balancer's region", () => {
        const domain = (region: string) => ({
            name: "shop.example.com",
            certificateArn: `arn:aws:acm:${region}:123456789012:certificate/0123abcd-0123-0123-0123-0123456789ab`,
        });
        settings({ domain: domain(REGION) });
        assert.deepEqual(
            problems({ domain: domain("us-east-1") }).map(line => line.replace(/: arn:.* \|/, ": … |")),
            [`fargate:domain.certificateArn: … | a certificate in ${REGION}, the load balancer's region`],
        );
        const nowhere = problems({ domain: domain("us-east-1"), "aws:region": "nowhere" });
        assert.equal(nowhere.length, 1, "without a region, nothing is said about the certificate's");
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

    it("leave the names of the program's own components to them", () => {
        const own = ["certificate", "cluster", "endpoints", "load-balancer", "network"];
        for (const name of own) {
            assert.deepEqual(problems({ services: { [name]: WEB } }), [
                `fargate:services.${name}: the name ${name} | another name: ${own.join(", ")} are the program's own`,
            ]);
        }
        settings({ services: { networks: WEB } });
    });
});

describe("a namespace", () => {
    it("that is mistyped is told, since nobody would miss what it says", () => {
        for (const namespace of ["fargat", "Fargate", "frgate", "fagrate"]) {
            assert.deepEqual(problems({ [`${namespace}:tags`]: {} }), [
                `${namespace}:tags: the namespace ${namespace} | did you mean fargate?`,
            ]);
        }
    });

    it("of another program is its own business", () => {
        settings({ "forge:tags": {}, "aws:tags": {}, "fargatexyz:tags": {} });
    });
});

describe("a service called like a property of every object", () => {
    it("is a service like any other", () => {
        const { services } = settings({ services: { constructor: WEB } });
        assert.deepEqual([services[0]?.name, services[0]?.image], ["constructor", undefined]);
    });
});

import assert from "node:assert/strict";
import { Declared, difference, names } from "../support/declared";
import { DIGEST, REGION, REPOSITORY, SECRET } from "../support/given";
import { WEB, WORKER, stack } from "../support/stacks";

const ZONES = { zones: [`${REGION}a`, `${REGION}c`] };
const EXISTING = {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};

describe("endpoints mode", () => {
    it("has no NAT gateway and no route to the internet from the tasks' subnets", async () => {
        const declared = await stack("dev");
        assert.deepEqual(declared.all("ec2.NatGateway"), []);
        assert.deepEqual(
            declared.all("ec2.Route").map(({ name }) => name),
            ["network-public-1", "network-public-2"],
        );
    });

    it("has exactly the endpoints that features need: with the feature goes its endpoint", async () => {
        const always = ["endpoints-ecr-api", "endpoints-ecr-dkr", "endpoints-logs", "endpoints-s3"];
        const permissions = [{ actions: ["sqs:SendMessage", "dynamodb:GetItem"], resources: ["*"] }];
        const rich = await stack("dev", { services: { web: { ...WEB, secrets: { DB: SECRET }, permissions } } });
        assert.deepEqual(
            names(rich, "ec2.VpcEndpoint"),
            [...always, "endpoints-dynamodb", "endpoints-secretsmanager", "endpoints-sqs"].sort(),
        );
        assert.deepEqual(names(await stack("dev"), "ec2.VpcEndpoint"), always);
    });

    it("lets a service reach the gateways that it uses, and no other's", async () => {
        const permissions = [{ actions: ["dynamodb:GetItem"], resources: ["*"] }];
        const declared = await stack("dev", { services: { jobs: { ...WORKER, permissions }, mail: WORKER } });
        const outwards = names(declared, "vpc.SecurityGroupEgressRule");
        assert.deepEqual(outwards, ["jobs-to-dynamodb", "jobs-to-endpoints", "jobs-to-s3", "mail-to-endpoints", "mail-to-s3"]);
        assert.equal(
            declared.inputs("vpc.SecurityGroupEgressRule jobs-to-dynamodb")["prefixListId"],
            "VpcEndpoint:endpoints-dynamodb-prefixes",
        );
    });

    it("has endpoints in as many of the tasks' subnets as was asked for, from the first", async () => {
        const { subnetIds } = (await stack("dev")).inputs("ec2.VpcEndpoint endpoints-logs");
        assert.deepEqual(subnetIds, ["Vpc:network-private-1"]);
        const { routeTableIds } = (await stack("dev")).inputs("ec2.VpcEndpoint endpoints-s3");
        assert.deepEqual(routeTableIds, ["Vpc:network-private-1-table", "Vpc:network-private-2-table"]);
    });
});

describe("another egress", () => {
    it("with NAT has one gateway, the S3 gateway alone as endpoint, and 443 outwards from tasks", async () => {
        const declared = await stack("dev", { network: { ...ZONES, egress: "nat" } });
        assert.deepEqual(names(declared, "ec2.NatGateway"), ["network-1"]);
        assert.deepEqual(names(declared, "ec2.Eip"), ["network-1"]);
        const { kind, egress } = declared.inputs("Network network");
        assert.deepEqual([kind, egress, declared.inputs("Service web")["egress"]], ["created", "nat", "internet"]);
        assert.equal((await stack("dev")).inputs("Service web")["egress"], "endpoints");
        assert.deepEqual(names(declared, "ec2.VpcEndpoint"), ["endpoints-s3"]);
        assert.deepEqual(names(declared, "vpc.SecurityGroupEgressRule"), ["web-load-balancer-out", "web-to-internet"]);
        assert.deepEqual(names(declared, "ec2.Route"), [
            "network-private-1",
            "network-private-2",
            "network-public-1",
            "network-public-2",
        ]);
    });

    it("with NAT in each zone differs from one NAT gateway by the others alone", async () => {
        const one = await stack("dev", { network: { ...ZONES, egress: "nat" } });
        const perZone = await stack("dev", { network: { ...ZONES, egress: "nat-per-zone" } });
        assert.deepEqual(difference(perZone, one), ["ec2.Eip network-2", "ec2.NatGateway network-2"]);
        assert.deepEqual(difference(one, perZone), []);
    });

    it("replaces no subnet, no group and no service", async () => {
        const stays = (declared: Declared) =>
            ["ec2.Subnet", "ec2.SecurityGroup", "ecs.Service", "lb.TargetGroup", "lb.LoadBalancer"]
                .flatMap(type => declared.all(type))
                .filter(({ name }) => name !== "endpoints-group")
                .map(({ urn, inputs }) => ({ urn, inputs }));
        assert.deepEqual(stays(await stack("dev", { network: { ...ZONES, egress: "nat" } })), stays(await stack("dev")));
    });
});

describe("a VPC that exists already", () => {
    it("is used by its ids: nothing is created in it but the load balancer and tasks", async () => {
        const declared = await stack("dev", { network: EXISTING });
        assert.deepEqual(declared.all("awsx.Vpc"), []);
        assert.deepEqual(
            declared.list.filter(line => /^ec2\.|^Endpoints/.test(line)),
            ["ec2.SecurityGroup load-balancer-group", "ec2.SecurityGroup web-group"],
        );
        assert.deepEqual(declared.inputs("lb.LoadBalancer load-balancer")["subnets"], EXISTING.publicSubnetIds);
        const { networkConfiguration } = declared.inputs("ecs.Service web");
        assert.deepEqual((networkConfiguration as { subnets: unknown }).subnets, EXISTING.privateSubnetIds);
        assert.deepEqual(names(declared, "vpc.SecurityGroupEgressRule"), ["web-load-balancer-out", "web-to-internet"]);
    });

    it("gets endpoints where that is asked for, the gateway on the route tables that are named", async () => {
        const network = { ...EXISTING, egress: "endpoints", privateRouteTableIds: ["rtb-0123456789abcdef0"], endpointZones: 2 };
        const declared = await stack("dev", { network });
        assert.deepEqual(names(declared, "ec2.VpcEndpoint"), [
            "endpoints-ecr-api",
            "endpoints-ecr-dkr",
            "endpoints-logs",
            "endpoints-s3",
        ]);
        assert.deepEqual(declared.inputs("ec2.VpcEndpoint endpoints-s3")["routeTableIds"], network.privateRouteTableIds);
        assert.deepEqual(declared.inputs("ec2.VpcEndpoint endpoints-logs")["subnetIds"], EXISTING.privateSubnetIds);
    });
});

describe("an appended zone", () => {
    it("adds its subnets and what spans them, and moves nobody", async () => {
        const before = await stack("dev");
        const after = await stack("dev", { network: { zones: [...ZONES.zones, `${REGION}b`] } });
        assert.deepEqual(difference(before, after), []);
        assert.ok(
            difference(after, before).every(line =>
                /^ec2\.(Subnet|RouteTable|RouteTableAssociation|Route) network-(public|private)-3$/.test(line),
            ),
        );
        const subnets = (declared: Declared) => declared.all("ec2.Subnet").map(({ name, inputs }) => ({ name, inputs }));
        assert.deepEqual(
            subnets(after).filter(({ name }) => !name.endsWith("-3")),
            subnets(before),
        );
    });
});

describe("images that CI built", () => {
    it("are run by digest: nothing is built, and only the repository stays", async () => {
        const image = `${REPOSITORY}@${DIGEST}`;
        const declared = await stack("dev", { images: { web: image } });
        assert.deepEqual(difference(await stack("dev"), declared), ["docker-build.Image web-image"]);
        assert.deepEqual((declared.outputs as { images: unknown }).images, { web: image });
        const { containerDefinitions } = declared.inputs("ecs.TaskDefinition web-task-definition");
        assert.match(String(containerDefinitions), new RegExp(`"image":"${image}"`));
    });

    it("come from elsewhere only where tasks have internet, and without a Docker daemon", async () => {
        const services = { web: { image: "ghcr.io/shop/web:1.2", port: 8080, route: {} } };
        const declared = await stack("dev", { services, network: { ...ZONES, egress: "nat" } });
        assert.deepEqual(declared.inputs("pulumi.docker docker"), { disableDockerDaemonCheck: "true" });
        const { policy } = declared.inputs("iam.RolePolicy web-task-execution");
        assert.doesNotMatch(String(policy), /ecr:/);
        assert.deepEqual(difference(declared, await stack("dev", { network: { ...ZONES, egress: "nat" } })), [
            "pulumi.docker docker",
        ]);
    });
});

describe("an internal load balancer", () => {
    it("is the same stack, in the private subnets, for the VPC alone", async () => {
        const [internal, open] = await Promise.all([stack("prod", { loadBalancer: { internal: true } }), stack("prod")]);
        const rules = (from: string) => [443, 80].map(port => `vpc.SecurityGroupIngressRule load-balancer-from-${from}-${port}`);
        assert.deepEqual(difference(internal, open), rules("10.20.0.0-16"));
        assert.deepEqual(difference(open, internal), rules("internet"));
        assert.deepEqual(
            internal.inputs("lb.LoadBalancer load-balancer")["subnets"],
            (internal.inputs("ecs.Service web")["networkConfiguration"] as { subnets: unknown }).subnets,
        );
    });
});

describe("HTTPS", () => {
    it("with a certificate of somebody else's needs no zone and makes no record", async () => {
        const certificateArn = `arn:aws:acm:${REGION}:123456789012:certificate/01234567-0123-0123-0123-0123456789ab`;
        const declared = await stack("prod", { domain: { name: "shop.example.com", certificateArn } });
        assert.deepEqual(
            declared.list.filter(line => /^acm\.|^route53\.|^Certificate/.test(line)),
            [],
        );
        assert.equal(declared.inputs("lb.Listener load-balancer-https")["certificateArn"], certificateArn);
        assert.equal((declared.outputs as { url: unknown }).url, "https://shop.example.com");
    });

    it("is left out of production where plain HTTP is asked for", async () => {
        const services = { web: WEB };
        const declared = await stack("prod", { domain: undefined, allowHttp: true, services });
        assert.deepEqual(names(declared, "lb.Listener"), ["load-balancer-http"]);
        assert.equal((declared.outputs as { url: unknown }).url, "http://LoadBalancer:load-balancer.elb.amazonaws.com");
    });
});

describe("no rule is open to the world", () => {
    it("but the listeners' ports inwards and, behind NAT gateways, 443 outwards", async () => {
        const open = (declared: Declared) =>
            declared.resources
                .filter(({ type, inputs }) => !type.startsWith("aws:ec2/route:") && JSON.stringify(inputs).includes("0.0.0.0/0"))
                .map(({ name, inputs }) => `${name} ${String(inputs["fromPort"])}-${String(inputs["toPort"])}`)
                .sort();
        const http = "load-balancer-from-internet-80 80-80";
        const https = "load-balancer-from-internet-443 443-443";
        const outwards = "web-to-internet 443-443";
        assert.deepEqual(open(await stack("dev")), [http]);
        assert.deepEqual(open(await stack("prod")), [https, http]);
        assert.deepEqual(open(await stack("dev", { network: { ...ZONES, egress: "nat" } })), [http, outwards]);
        assert.deepEqual(open(await stack("dev", { network: EXISTING })), [http, outwards]);
        assert.deepEqual(open(await stack("dev", { services: { jobs: WORKER } })), []);
    });
});

describe("what the load balancer answers by itself", () => {
    it("stands on the services' listener, with numbers in one order with theirs", async () => {
        const loadBalancer = {
            redirects: [{ hosts: ["www.shop.example.com"], to: "shop.example.com" }],
            answers: [{ paths: ["/robots.txt"], body: "User-agent: *" }],
        };
        const declared = await stack("dev", { loadBalancer });
        assert.deepEqual(difference(declared, await stack("dev")).sort(), [
            "Answers load-balancer-answers",
            "lb.ListenerRule answer-/robots.txt",
            "lb.ListenerRule redirect-www.shop.example.com",
        ]);
        const rules = ["redirect-www.shop.example.com", "answer-/robots.txt", "web-target-rule"].map(name =>
            declared.inputs(`lb.ListenerRule ${name}`),
        );
        assert.equal(new Set(rules.map(({ listenerArn }) => listenerArn)).size, 1);
        const numbers = rules.map(({ priority }) => Number(priority));
        assert.deepEqual(
            [...numbers].sort((a, b) => a - b),
            numbers,
        );
    });
});

describe("a budget", () => {
    it("of a stack with alarms is AWS's too, tells their topic, and is let in there", async () => {
        const budget = { monthlyUsd: 500 };
        const declared = await stack("prod", { budget });
        assert.deepEqual(difference(declared, await stack("prod")), ["Budget stack-budget", "budgets.Budget stack-budget"]);
        const { limitAmount, notifications } = declared.inputs("budgets.Budget stack-budget");
        const told = (notifications as { subscriberSnsTopicArns: string[] }[]).flatMap(one => one.subscriberSnsTopicArns);
        assert.deepEqual([limitAmount, new Set(told)], ["500", new Set(["arn:aws:Topic:alarm-topic"])]);
        const letsIn = (of: Declared) => JSON.stringify(of.inputs("sns.Topic alarm-topic")).includes("budgets.amazonaws.com");
        assert.ok(letsIn(declared));
        assert.ok(!letsIn(await stack("prod", { budget: { ...budget, alerts: false } })));
    });

    it("of a stack that tells nobody, or is told not to, is this program's alone", async () => {
        const budgets = async (name: string, budget: object) => names(await stack(name, { budget }), "budgets.Budget");
        assert.deepEqual(await budgets("dev", { monthlyUsd: 500 }), []);
        assert.deepEqual(await budgets("prod", { monthlyUsd: 500, alerts: false }), []);
    });

    it("tells a topic that exists already, where it is asked to", async () => {
        const topicArn = "arn:aws:sns:ap-northeast-2:123456789012:ops";
        const declared = await stack("prod", { alarms: { topicArn }, budget: { monthlyUsd: 500, alerts: true } });
        const { notifications } = declared.inputs("budgets.Budget stack-budget");
        assert.ok(
            (notifications as { subscriberSnsTopicArns: string[] }[]).every(one => one.subscriberSnsTopicArns[0] === topicArn),
        );
    });
});

import assert from "node:assert/strict";
import { LoadBalancer, LoadBalancerArgs } from "../../components/load-balancer";
import { cached, declare } from "../support/declared";

const PLAIN: LoadBalancerArgs = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"], deletionProtection: true };
const TLS: LoadBalancerArgs = {
    ...PLAIN,
    certificateArn: "arn:certificate",
    records: { hostedZoneId: "Z1", domainName: "shop.example.com" },
};
const NOT_FOUND = {
    type: "fixed-response",
    fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
};

const made = cached((args: LoadBalancerArgs) =>
    declare(() => {
        const { securityGroupId, listenerArn, arnSuffix, dnsName } = new LoadBalancer("load-balancer", args);
        return { securityGroupId, listenerArn, arnSuffix, dnsName };
    }),
);

describe("the load balancer", () => {
    it("without a certificate is one listener and its port", async () => {
        assert.deepEqual((await made(PLAIN)).list, [
            "LoadBalancer load-balancer",
            "ec2.SecurityGroup load-balancer-group",
            "lb.Listener load-balancer-http",
            "lb.LoadBalancer load-balancer",
            "vpc.SecurityGroupIngressRule load-balancer-from-internet-80",
        ]);
    });

    it("with a certificate is two listeners with their ports, and two names", async () => {
        assert.deepEqual((await made(TLS)).list, [
            "LoadBalancer load-balancer",
            "ec2.SecurityGroup load-balancer-group",
            "lb.Listener load-balancer-http",
            "lb.Listener load-balancer-https",
            "lb.LoadBalancer load-balancer",
            "route53.Record load-balancer-name",
            "route53.Record load-balancer-names-below",
            "vpc.SecurityGroupIngressRule load-balancer-from-internet-443",
            "vpc.SecurityGroupIngressRule load-balancer-from-internet-80",
        ]);
    });

    it("with somebody else's certificate makes no names", async () => {
        const { list } = await made({ ...TLS, records: undefined });
        assert.deepEqual(
            list.filter(line => line.includes("Record")),
            [],
        );
        assert.ok(list.includes("lb.Listener load-balancer-https"));
    });

    it("keeps logs of requests and connections in the bucket that it is given, and says nothing of logs without one", async () => {
        const logs = { bucketName: "logs", access: "shop/access", connections: "shop/connections" };
        const { accessLogs, connectionLogs } = (await made({ ...PLAIN, logs })).inputs("lb.LoadBalancer load-balancer");
        assert.deepEqual(accessLogs, { bucket: "logs", prefix: "shop/access", enabled: true });
        assert.deepEqual(connectionLogs, { bucket: "logs", prefix: "shop/connections", enabled: true });
        const plain = (await made(PLAIN)).inputs("lb.LoadBalancer load-balancer");
        assert.ok(!("accessLogs" in plain) && !("connectionLogs" in plain));
    });

    it("stands in the public subnets, drops invalid headers, and is protected where that is asked for", async () => {
        const expected = {
            loadBalancerType: "application",
            internal: false,
            securityGroups: ["SecurityGroup:load-balancer-group"],
            subnets: ["subnet-1", "subnet-2"],
            dropInvalidHeaderFields: true,
            desyncMitigationMode: "defensive",
            enableDeletionProtection: true,
        };
        assert.deepEqual((await made(PLAIN)).inputs("lb.LoadBalancer load-balancer"), expected);
        assert.deepEqual((await made({ ...TLS, deletionProtection: false })).inputs("lb.LoadBalancer load-balancer"), {
            ...expected,
            enableDeletionProtection: false,
        });
    });

    it("lets the internet in on its listeners' ports and on nothing else, and nothing out by itself", async () => {
        for (const [args, ports] of [
            [PLAIN, [80]],
            [TLS, [80, 443]],
        ] as const) {
            const declared = await made(args);
            assert.deepEqual(declared.inputs("ec2.SecurityGroup load-balancer-group"), {
                vpcId: "vpc-1",
                description: "Load balancer, from the internet to its listeners",
                tags: { Name: "load-balancer-group" },
            });
            assert.deepEqual(
                declared.all("vpc.SecurityGroupIngressRule").map(({ inputs }) => inputs),
                ports.map(port => ({
                    securityGroupId: "SecurityGroup:load-balancer-group",
                    cidrIpv4: "0.0.0.0/0",
                    ipProtocol: "tcp",
                    fromPort: port,
                    toPort: port,
                    description: "Internet",
                })),
            );
            assert.deepEqual(declared.all("vpc.SecurityGroupEgressRule"), []);
            assert.deepEqual(
                declared.all("lb.Listener").map(({ inputs }) => inputs["port"]),
                ports,
            );
        }
    });

    it("answers 404 to what no service has a route for", async () => {
        const plain = (await made(PLAIN)).inputs("lb.Listener load-balancer-http");
        assert.deepEqual(plain, {
            loadBalancerArn: "arn:aws:LoadBalancer:load-balancer",
            protocol: "HTTP",
            port: 80,
            defaultActions: [NOT_FOUND],
        });
    });

    it("speaks TLS 1.2 and 1.3 with post-quantum key exchange where it has a certificate", async () => {
        assert.deepEqual((await made(TLS)).inputs("lb.Listener load-balancer-https"), {
            loadBalancerArn: "arn:aws:LoadBalancer:load-balancer",
            protocol: "HTTPS",
            port: 443,
            defaultActions: [NOT_FOUND],
            certificateArn: "arn:certificate",
            sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        });
    });

    it("sends HTTP to HTTPS for good where it has a certificate", async () => {
        assert.deepEqual((await made(TLS)).inputs("lb.Listener load-balancer-http"), {
            loadBalancerArn: "arn:aws:LoadBalancer:load-balancer",
            protocol: "HTTP",
            port: 80,
            defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
        });
    });

    it("is known under its domain's name and every name below it", async () => {
        const declared = await made(TLS);
        const alias = {
            zoneId: "Z1",
            type: "A",
            aliases: [
                {
                    name: "LoadBalancer:load-balancer.elb.amazonaws.com",
                    zoneId: "LoadBalancer:load-balancer-zone",
                    evaluateTargetHealth: true,
                },
            ],
        };
        assert.deepEqual(declared.inputs("route53.Record load-balancer-name"), { ...alias, name: "shop.example.com" });
        assert.deepEqual(declared.inputs("route53.Record load-balancer-names-below"), { ...alias, name: "*.shop.example.com" });
    });

    it("gives services the listener that answers requests: HTTPS where there is a certificate", async () => {
        const outputs = {
            securityGroupId: "SecurityGroup:load-balancer-group",
            arnSuffix: "app/LoadBalancer:load-balancer",
            dnsName: "LoadBalancer:load-balancer.elb.amazonaws.com",
        };
        assert.deepEqual((await made(PLAIN)).outputs, { ...outputs, listenerArn: "arn:aws:Listener:load-balancer-http" });
        assert.deepEqual((await made(TLS)).outputs, { ...outputs, listenerArn: "arn:aws:Listener:load-balancer-https" });
    });

    it("shows in a preview whether it speaks HTTPS, and under which name", async () => {
        assert.deepEqual((await made(PLAIN)).inputs("LoadBalancer load-balancer"), { https: false });
        assert.deepEqual((await made(TLS)).inputs("LoadBalancer load-balancer"), { https: true, domainName: "shop.example.com" });
    });

    it("has a name that leaves Pulumi its 8 of ELB's 32 characters", async () => {
        for (const { name } of (await made(TLS)).all("lb.LoadBalancer")) assert.ok(name.length <= 24);
    });

    it("is internal where that is asked for, and waits as long as it is told", async () => {
        const declared = await made({ ...PLAIN, internal: true, idleTimeoutSeconds: 120 });
        const { internal, idleTimeout } = declared.inputs("lb.LoadBalancer load-balancer");
        assert.deepEqual([internal, idleTimeout], [true, 120]);
        assert.deepEqual(declared.inputs("LoadBalancer load-balancer"), {
            https: false,
            internal: true,
            idleTimeoutSeconds: 120,
        });
    });

    it("lets in blocks at both ports, and prefix lists at the one that answers, whose entries count for each rule", async () => {
        const callers = [
            { cidr: "203.0.113.0/24" },
            { list: { id: "pl-1", name: "cloudfront.origin-facing", addressFamily: "IPv4", maxEntries: 0 } },
        ];
        const rules = async (args: LoadBalancerArgs) =>
            (await made({ ...args, callers }))
                .all("vpc.SecurityGroupIngressRule")
                .map(({ name, inputs }) => [
                    name,
                    inputs["cidrIpv4"] ?? inputs["prefixListId"],
                    inputs["fromPort"],
                    inputs["description"],
                ]);
        assert.deepEqual(await rules(TLS), [
            ["load-balancer-from-203.0.113.0-24-80", "203.0.113.0/24", 80, "Callers of 203.0.113.0/24"],
            ["load-balancer-from-203.0.113.0-24-443", "203.0.113.0/24", 443, "Callers of 203.0.113.0/24"],
            ["load-balancer-from-pl-1-443", "pl-1", 443, "Prefix list pl-1"],
        ]);
        assert.deepEqual(
            (await rules(PLAIN)).map(([name]) => name),
            ["load-balancer-from-203.0.113.0-24-80", "load-balancer-from-pl-1-80"],
        );
    });

    it("lets in everybody by the same rule whether it is told to or not: AWS takes no second one", async () => {
        const [told, untold] = await Promise.all([made({ ...TLS, callers: [{ cidr: "0.0.0.0/0" }] }), made(TLS)]);
        assert.deepEqual(told.list, untold.list);
    });

    it("keeps its group whoever may connect, so that no rule of a service moves", async () => {
        const changed = await made({ ...PLAIN, internal: true, callers: [{ cidr: "10.0.0.0/8" }] });
        assert.deepEqual(
            changed.inputs("ec2.SecurityGroup load-balancer-group"),
            (await made(PLAIN)).inputs("ec2.SecurityGroup load-balancer-group"),
        );
    });

    it("has further certificates on the listener that answers", async () => {
        const furtherCertificateArns = ["arn:aws:acm:r:1:certificate/0123", "arn:aws:iam::1:server-certificate/edge/old"];
        const declared = await made({ ...TLS, furtherCertificateArns });
        assert.deepEqual(
            declared.all("lb.ListenerCertificate").map(({ name, inputs }) => [name, inputs]),
            furtherCertificateArns.map((certificateArn, index) => [
                `load-balancer-certificate-${index === 0 ? "0123" : "old"}`,
                { listenerArn: "arn:aws:Listener:load-balancer-https", certificateArn },
            ]),
        );
    });

    it("is known under other names, by a record each", async () => {
        const records = { hostedZoneId: "Z1", domainName: "shop.example.com", otherNames: ["example.com"] };
        const declared = await made({ ...TLS, records });
        assert.equal(declared.inputs("route53.Record load-balancer-name-example.com")["name"], "example.com");
        assert.deepEqual(declared.inputs("LoadBalancer load-balancer"), {
            https: true,
            domainName: "shop.example.com",
            otherNames: ["example.com"],
        });
    });
});

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { COMPONENT } from "../model/names";

export interface LoadBalancerArgs {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Input<string>;
    /** Ids of public subnets in two Availability Zones at least, one a zone. */
    readonly subnetIds: pulumi.Input<string[]>;
    /**
     * ARN of the HTTPS listener's certificate; HTTP then redirects. Plain or not: its presence decides the listeners.
     *
     * @default plain HTTP
     */
    readonly certificateArn?: pulumi.Input<string>;
    /**
     * Alias records for the load balancer: the domain name, and each name one level below it.
     *
     * @default none
     */
    readonly records?: {
        /** Id of the public Route 53 hosted zone. */
        readonly hostedZoneId: pulumi.Input<string>;
        /** Fully qualified domain name. */
        readonly domainName: string;
    };
    /** Whether the load balancer refuses to be deleted. */
    readonly deletionProtection: boolean;
    /**
     * Where its logs go, of requests and of connections. Plain or not: its presence decides whether there are any.
     *
     * @default it keeps none
     */
    readonly logs?: {
        /** Name of a bucket in its region, encrypted with S3's own keys, whose policy lets the logs in. */
        readonly bucketName: pulumi.Input<string>;
        /** Folder of the bucket for logs of requests. */
        readonly access: string;
        /** Folder of the bucket for logs of connections. */
        readonly connections: string;
    };
}

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/** TLS 1.3 and 1.2 with post-quantum key exchange; accepted by ELB.17. */
const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

const NOT_FOUND = {
    type: "fixed-response",
    fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
};
const TO_HTTPS = { type: "redirect", redirect: { protocol: "HTTPS", port: String(HTTPS_PORT), statusCode: "HTTP_301" } };

/**
 * The one way in from the internet, for all services of a stack.
 *
 * Cost: the load balancer by the hour and its capacity units, and a public address in each zone. Logs cost what the bucket does.
 *
 * @example
 * ```ts
 * import { LoadBalancer } from "./components/load-balancer";
 *
 * const loadBalancer = new LoadBalancer("load-balancer", {
 *     vpcId: "vpc-0123456789abcdef0",
 *     subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
 *     certificateArn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
 *     records: { hostedZoneId: "Z0123456789ABC", domainName: "shop.example.com" },
 *     deletionProtection: true,
 * });
 *
 * export const dnsName = loadBalancer.dnsName;
 * ```
 */
export class LoadBalancer extends pulumi.ComponentResource {
    /** Id of a group that lets in the listeners' ports from everywhere; services add what goes out. */
    readonly securityGroupId: pulumi.Output<string>;
    /** ARN of the listener that services put their rules on. */
    readonly listenerArn: pulumi.Output<string>;
    /** As CloudWatch and autoscaling name the load balancer. */
    readonly arnSuffix: pulumi.Output<string>;
    /** Public DNS name of the load balancer. */
    readonly dnsName: pulumi.Output<string>;

    constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
        const isHttps = args.certificateArn !== undefined;
        super(
            COMPONENT.loadBalancer,
            name,
            { https: isHttps, domainName: args.records?.domainName, logs: args.logs && true },
            opts,
        );

        const group = new aws.ec2.SecurityGroup(
            `${name}-group`,
            {
                vpcId: args.vpcId,
                description: "Load balancer, from the internet to its listeners",
                tags: { Name: `${name}-group` },
            },
            { parent: this },
        );
        for (const port of isHttps ? [HTTP_PORT, HTTPS_PORT] : [HTTP_PORT]) {
            new aws.vpc.SecurityGroupIngressRule(
                `${name}-from-internet-${port}`,
                {
                    securityGroupId: group.id,
                    cidrIpv4: "0.0.0.0/0",
                    ipProtocol: "tcp",
                    fromPort: port,
                    toPort: port,
                    description: "Internet",
                },
                { parent: this },
            );
        }

        const loadBalancer = new aws.lb.LoadBalancer(
            name,
            {
                loadBalancerType: "application",
                internal: false,
                securityGroups: [group.id],
                subnets: args.subnetIds,
                dropInvalidHeaderFields: true,
                desyncMitigationMode: "defensive",
                enableDeletionProtection: args.deletionProtection,
                ...(args.logs && logAttributes(args.logs)),
            },
            { parent: this },
        );
        const listener = (protocol: "HTTP" | "HTTPS", port: number, action: typeof NOT_FOUND | typeof TO_HTTPS, tls = {}) =>
            new aws.lb.Listener(
                `${name}-${protocol.toLowerCase()}`,
                { loadBalancerArn: loadBalancer.arn, protocol, port, defaultActions: [action], ...tls },
                { parent: this },
            );
        const plain = listener("HTTP", HTTP_PORT, isHttps ? TO_HTTPS : NOT_FOUND);
        const main = isHttps
            ? listener("HTTPS", HTTPS_PORT, NOT_FOUND, { certificateArn: args.certificateArn, sslPolicy: SSL_POLICY })
            : plain;

        if (args.records !== undefined) {
            const { hostedZoneId, domainName } = args.records;
            const aliases = [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }];
            const record = (suffix: string, recordName: string) =>
                new aws.route53.Record(
                    `${name}-${suffix}`,
                    { zoneId: hostedZoneId, name: recordName, type: "A", aliases },
                    { parent: this },
                );
            record("name", domainName);
            record("names-below", `*.${domainName}`);
        }

        this.securityGroupId = group.id;
        this.listenerArn = main.arn;
        this.arnSuffix = loadBalancer.arnSuffix;
        this.dnsName = loadBalancer.dnsName;
        this.registerOutputs({ dnsName: this.dnsName, securityGroupId: this.securityGroupId });
    }
}

/** What is left out here again is switched off by the provider, before the bucket goes. */
function logAttributes({ bucketName: bucket, access, connections }: NonNullable<LoadBalancerArgs["logs"]>) {
    return {
        accessLogs: { bucket, prefix: access, enabled: true },
        connectionLogs: { bucket, prefix: connections, enabled: true },
    };
}

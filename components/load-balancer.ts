import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Caller, EVERYBODY, HTTPS_PORT, HTTP_PORT, callerRules } from "../model/callers";
import { COMPONENT, logicalName } from "../model/names";

export interface LoadBalancerArgs {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Input<string>;
    /** Ids of subnets in two Availability Zones at least, one a zone: public ones, or private ones of an internal load balancer. */
    readonly subnetIds: pulumi.Input<string[]>;
    /**
     * Whether it has private addresses alone. Another value replaces it.
     *
     * @default false: it faces the internet
     */
    readonly internal?: boolean;
    /**
     * Whose connections it takes. Plain: decides how many rules its group has.
     *
     * @default everybody's
     */
    readonly callers?: readonly Caller[];
    /**
     * ARN of the HTTPS listener's certificate; HTTP then redirects. Plain or not: its presence decides the listeners.
     *
     * @default plain HTTP
     */
    readonly certificateArn?: pulumi.Input<string>;
    /**
     * ARNs of further certificates of the HTTPS listener, which chooses by the name that a client asks for. Plain: decides how many there are.
     *
     * @default none
     */
    readonly furtherCertificateArns?: readonly string[];
    /**
     * Alias records for the load balancer: the domain name, each name one level below it, and other names.
     *
     * @default none
     */
    readonly records?: {
        /** Id of the public Route 53 hosted zone. */
        readonly hostedZoneId: pulumi.Input<string>;
        /** Fully qualified domain name. */
        readonly domainName: string;
        /**
         * Further fully qualified names in the zone. Plain: decides how many records there are.
         *
         * @default none
         */
        readonly otherNames?: readonly string[];
    };
    /**
     * Seconds that a connection may be silent, 1 to 4000.
     *
     * @default 60, which is AWS's
     */
    readonly idleTimeoutSeconds?: number;
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

/** TLS 1.3 and 1.2 with post-quantum key exchange; accepted by ELB.17. */
const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

const NOT_FOUND = {
    type: "fixed-response",
    fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
};
const TO_HTTPS = { type: "redirect", redirect: { protocol: "HTTPS", port: String(HTTPS_PORT), statusCode: "HTTP_301" } };

/**
 * The one way in from the internet, or with `internal` from the network, for all services of a stack.
 *
 * Cost: the load balancer by the hour and its capacity units; a public address in each zone, unless it is internal. Logs cost what the bucket does.
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
    /** Id of a group that lets callers in at the listeners' ports; services add what goes out. */
    readonly securityGroupId: pulumi.Output<string>;
    /** ARN of the load balancer itself. */
    readonly arn: pulumi.Output<string>;
    /** ARN of the listener that services put their rules on. */
    readonly listenerArn: pulumi.Output<string>;
    /** As CloudWatch and autoscaling name the load balancer. */
    readonly arnSuffix: pulumi.Output<string>;
    /** DNS name of the load balancer, which the world can ask for whether or not it is internal. */
    readonly dnsName: pulumi.Output<string>;
    /** The load balancer itself: target groups serve one alone, and are replaced with it. */
    readonly resource: pulumi.Resource;

    constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
        const { internal, callers, furtherCertificateArns = [], records, idleTimeoutSeconds } = args;
        const isHttps = args.certificateArn !== undefined;
        const { domainName, otherNames } = records ?? {};
        const shown = { https: isHttps, domainName, otherNames, internal, idleTimeoutSeconds, logs: args.logs && true };
        super(COMPONENT.loadBalancer, name, shown, opts);

        const group = new aws.ec2.SecurityGroup(
            `${name}-group`,
            {
                vpcId: args.vpcId,
                // The same whoever may connect: another text would be another group.
                description: "Load balancer, from the internet to its listeners",
                tags: { Name: `${name}-group` },
            },
            { parent: this },
        );
        for (const { end, caller, port, description } of callerRules(callers ?? [{ cidr: EVERYBODY }], isHttps)) {
            new aws.vpc.SecurityGroupIngressRule(
                logicalName.callerRule(name, end),
                {
                    securityGroupId: group.id,
                    ...(caller.list === undefined ? { cidrIpv4: caller.cidr } : { prefixListId: caller.list.id }),
                    ipProtocol: "tcp",
                    fromPort: port,
                    toPort: port,
                    description,
                },
                { parent: this },
            );
        }

        const loadBalancer = new aws.lb.LoadBalancer(
            name,
            {
                loadBalancerType: "application",
                internal: internal ?? false,
                securityGroups: [group.id],
                subnets: args.subnetIds,
                dropInvalidHeaderFields: true,
                desyncMitigationMode: "defensive",
                idleTimeout: idleTimeoutSeconds,
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

        for (const certificateArn of furtherCertificateArns) {
            const end = certificateArn.slice(certificateArn.lastIndexOf("/") + 1);
            new aws.lb.ListenerCertificate(
                `${name}-certificate-${end}`,
                { listenerArn: main.arn, certificateArn },
                { parent: this },
            );
        }

        if (records !== undefined) {
            const aliases = [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }];
            const record = (suffix: string, recordName: string) =>
                new aws.route53.Record(
                    `${name}-${suffix}`,
                    { zoneId: records.hostedZoneId, name: recordName, type: "A", aliases },
                    { parent: this },
                );
            record("name", records.domainName);
            record("names-below", `*.${records.domainName}`);
            for (const other of otherNames ?? []) record(`name-${other}`, other);
        }

        this.securityGroupId = group.id;
        this.arn = loadBalancer.arn;
        this.listenerArn = main.arn;
        this.arnSuffix = loadBalancer.arnSuffix;
        this.dnsName = loadBalancer.dnsName;
        this.resource = loadBalancer;
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

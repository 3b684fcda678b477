import * as pulumi from "@pulumi/pulumi";
import { Answers } from "../components/answers";
import { Certificate } from "../components/certificate";
import { Firewall } from "../components/firewall";
import { LoadBalancer } from "../components/load-balancer";
import type { Network } from "../components/network";
import { answerRules } from "../model/answers";
import { OWN_NAME, logicalName, stackPrefix } from "../model/names";
import type { Given, Kept } from "./given";
import type { logs } from "./keeping";

/** How requests come in, where any service has a route. */
export function entrance(
    { settings, found, onAws }: Given,
    { kmsKeyArn }: Kept,
    { vpcId, publicSubnetIds, privateSubnetIds }: Network,
    kept: ReturnType<typeof logs>,
) {
    const { services, domain, deletionProtection, firewall, logRetentionDays } = settings;
    const { internal, idleTimeoutSeconds, certificateArns } = settings.loadBalancer ?? {};
    const hostedZone =
        domain && found.hostedZoneId
            ? { domainName: domain.name, otherNames: domain.otherNames, hostedZoneId: found.hostedZoneId }
            : undefined;
    const certificateArn = hostedZone ? new Certificate(OWN_NAME.certificate, hostedZone, onAws).arn : domain?.certificateArn;
    if (!services.some(service => service.route)) return { certificateArn };
    const zoneSubnetIds = found.zoneSubnetIds ? [...found.zoneSubnetIds] : privateSubnetIds;
    const loadBalancer = new LoadBalancer(
        OWN_NAME.loadBalancer,
        {
            vpcId,
            subnetIds: internal ? zoneSubnetIds : publicSubnetIds,
            internal,
            callers: found.callers,
            certificateArn,
            furtherCertificateArns: certificateArns,
            records: hostedZone,
            idleTimeoutSeconds,
            deletionProtection,
            logs: kept?.ofLoadBalancer,
        },
        onAws,
    );
    const rules = answerRules(settings.loadBalancer);
    const { priorities } = found.listener;
    if (rules.length > 0)
        new Answers(
            logicalName.answers(OWN_NAME.loadBalancer),
            { listenerArn: loadBalancer.listenerArn, rules, priorities },
            onAws,
        );
    if (firewall) {
        const args = { aclName: stackPrefix(settings), firewall, loadBalancerArn: loadBalancer.arn, logRetentionDays, kmsKeyArn };
        new Firewall(OWN_NAME.firewall, args, onAws);
    }
    return {
        certificateArn,
        loadBalancer,
        url: domain ? `https://${domain.name}` : pulumi.interpolate`http://${loadBalancer.dnsName}`,
    };
}

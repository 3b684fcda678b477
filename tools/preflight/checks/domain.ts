import { Dns, delegationOf } from "../../../lookups/delegation";
import type { Check, Finding, Subject } from "../check";
import { publicZoneId } from "../hosted-zone";

export const domain: Check = {
    name: "domain",
    asks: "whether the hosted zone is there, and the world finds it: a certificate is waited for in vain otherwise",
    run: subject => zoneFindings(subject),
};

/** @param dns instead of the network's */
export async function zoneFindings({ settings, aws, isEmulated }: Subject, dns?: Dns): Promise<readonly Finding[]> {
    const zone = settings.domain?.zone;
    if (zone === undefined) return [];
    const servers = await nameServers(zone, aws);
    if (servers === undefined)
        return [
            {
                status: "failure",
                found: `there is no public hosted zone ${zone} in this account`,
                fix: `aws route53 create-hosted-zone --name ${zone} --caller-reference 1, and its name servers at the registrar; or fargate:domain.zone`,
            },
        ];
    if (isEmulated && dns === undefined)
        return [{ status: "skipped", found: `the zone ${zone} is there; the world knows nothing of an emulator's` }];
    const { kind, message } = await delegationOf(zone, servers, dns);
    if (kind === "delegated") return [{ status: "ok", found: `the world finds the zone ${zone}` }];
    return [{ status: kind === "unknown" ? "warning" : "failure", found: message.replace(/\.$/, "") }];
}

/** Those that Route 53 gave a zone; undefined where there is no public zone of that name. */
async function nameServers(zone: string, aws: Subject["aws"]): Promise<readonly string[] | undefined> {
    const Id = await publicZoneId(zone, aws);
    if (Id === undefined) return undefined;
    const { GetHostedZoneCommand } = await import("@aws-sdk/client-route-53");
    const { DelegationSet } = await (await aws.route53()).send(new GetHostedZoneCommand({ Id }));
    return DelegationSet?.NameServers ?? [];
}

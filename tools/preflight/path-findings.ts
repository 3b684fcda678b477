import { endpointShortName } from "../../model/endpoints";
import type { Finding } from "./check";
import type { FoundNetwork, FoundSubnet } from "./found-network";
import { Path, pathTo } from "./ways";

interface Broken {
    readonly subnet: FoundSubnet;
    readonly service: string;
    readonly path: Exclude<Path, { readonly kind: "open" }>;
}

/**
 * Of which APIs tasks find no way to, those that fail alike in one finding.
 *
 * @param services as EC2 calls them
 * @param own ids of the tasks' groups, as far as there are some already
 */
export function pathFindings(
    services: readonly string[],
    subnets: readonly FoundSubnet[],
    { vpc, endpoints, sharedBy }: Pick<FoundNetwork, "vpc" | "endpoints" | "sharedBy">,
    own: ReadonlySet<string>,
): readonly Finding[] {
    const broken = subnets.flatMap(subnet =>
        services.flatMap((service): Broken[] => {
            const path = pathTo(service, subnet, endpoints, own);
            return path.kind === "open" ? [] : [{ subnet, service, path }];
        }),
    );
    const alike = new Map<string, Broken[]>();
    for (const one of broken) {
        const key = JSON.stringify([one.path.kind, "endpoint" in one.path ? one.path.endpoint.id : one.subnet.table.id]);
        alike.set(key, [...(alike.get(key) ?? []), one]);
    }
    return [...alike.values()].flatMap(some => (some[0] === undefined ? [] : told(some[0], some, vpc.cidr, sharedBy)));
}

function told({ path, subnet: { table } }: Broken, some: readonly Broken[], vpcCidr: string, sharedBy?: string): Finding {
    const what = unique(some.map(({ service }) => endpointShortName(service)));
    const from = unique(some.map(({ subnet }) => subnet.id));
    const [, region = ""] = /amazonaws\.([^.]+)/.exec(some[0]?.service ?? "") ?? [];
    const noWay = `no way to ${what} from ${from}`;
    const ways = "a default route to a NAT gateway there, endpoints with private DNS, or fargate:network.egress: endpoints";
    switch (path.kind) {
        case "closed": {
            const [group] = path.endpoint.groups;
            return {
                status: "failure",
                found: `${noWay}: its name leads to ${path.endpoint.id}, whose security groups let ${unique(some.map(({ subnet }) => subnet.cidr))} not in at port 443`,
                fix: `aws ec2 authorize-security-group-ingress --region ${region} --group-id ${group?.id ?? "<its group>"} --protocol tcp --port 443 --cidr ${vpcCidr}`,
            };
        }
        case "unnamed":
            return {
                // A private hosted zone of the service's name may lead there instead, as where endpoints serve several VPCs.
                status: "warning",
                found: `whether there is a way to ${what} from ${from} is not known: ${path.endpoint.id} has no private DNS, and ${table.id} no default route that is one`,
                fix: `a private hosted zone that leads there, or aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id ${path.endpoint.id} --private-dns-enabled, in a VPC with enableDnsHostnames and enableDnsSupport`,
            };
        case "elsewhere":
            return {
                status: "warning",
                found: `whether there is a way to ${what} from ${from} is not known: ${table.id} leads to ${path.through} for some addresses, and no endpoint is in the VPC`,
                fix: `see what is behind ${path.through}; or ${ways}`,
            };
        case "none":
            if (sharedBy !== undefined)
                return {
                    status: "warning",
                    found: `whether there is a way to ${what} from ${from} is not known: ${table.id} has no default route that serves private addresses, and endpoints of ${sharedBy}, which shares the VPC, are not seen from this account`,
                    fix: `ask whoever has ${sharedBy}`,
                };
            return {
                status: "failure",
                found: `${noWay}: ${table.id} has no default route that serves private addresses, and the VPC no such endpoint`,
                fix: ways,
            };
    }
}

function unique(values: readonly string[]): string {
    return [...new Set(values)].join(", ");
}

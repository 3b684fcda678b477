import { onePerZone } from "../../../model/given-network";
import { chooseZones, hasFargate } from "../../../model/zones";
import type { CreatedNetwork } from "../../../settings";
import { VPC_ENDPOINT } from "../../inventory/types/ec2";
import { textOf } from "../../inventory/inputs";
import type { Check, Finding, Subject } from "../check";
import { givenIds } from "../given-ids";
import { findingOf } from "../obstacle";

/** Where the stack will be. */
interface Place {
    readonly zones: readonly string[];
    /** Those of them with interface endpoints. */
    readonly endpointZones: readonly string[];
    readonly problems: readonly Finding[];
}

export const zones: Check = {
    name: "zones",
    asks: "whether the zones that the stack would be in exist and have Fargate, and AWS offers the stack's VPC endpoints in them",
    run: async subject => {
        const { network } = subject.settings;
        const place = network.kind === "created" ? await createdIn(network, subject) : await givenIn(subject);
        if (place === undefined) return [];
        const endpoints = await endpointFindings(place.endpointZones, subject).catch(async (error: unknown) => {
            const { found, ...rest } = findingOf(error, subject.signal, await subject.aws.obstacle());
            return { count: 0, problems: [{ ...rest, found: `endpoint services: ${found}` }] };
        });
        const problems = [...place.problems, ...endpoints.problems];
        if (problems.length > 0) return problems;
        const offered = endpoints.count === 0 ? "" : `; ${endpoints.count} endpoint services are offered`;
        return [{ status: "ok", found: `${place.zones.join(", ")}: there, with Fargate${offered}` }];
    },
};

/** As the program chooses: see lookups/network.ts. */
async function createdIn(network: CreatedNetwork, { settings: { region }, aws }: Subject): Promise<Place> {
    const { DescribeAvailabilityZonesCommand } = await import("@aws-sdk/client-ec2");
    const { AvailabilityZones = [] } = await (await aws.ec2()).send(new DescribeAvailabilityZonesCommand({}));
    const known = AvailabilityZones.filter(({ ZoneType = "availability-zone" }) => ZoneType === "availability-zone").map(
        zone => ({
            name: zone.ZoneName ?? "",
            id: zone.ZoneId ?? "",
            state: zone.State,
            isForAll: zone.OptInStatus === undefined || zone.OptInStatus === "opt-in-not-required",
        }),
    );
    const chosen =
        network.zones ??
        chooseZones(
            known.filter(({ isForAll }) => isForAll),
            network.zoneCount,
        );
    const good = known.filter(({ id }) => hasFargate(id)).map(({ name }) => name);
    const others = good.filter(name => !chosen.includes(name)).sort();
    const fix = `fargate:network.zones: ${others.length > 0 ? "one of " : ""}${(others.length > 0 ? others : good).join(", ") || "zones of another aws:region"}`;
    const few = `${chosen.length} ${chosen.length === 1 ? "zone" : "zones"} with Fargate in ${region}, and the stack spans ${network.zoneCount}`;
    const tooFew: Finding[] = chosen.length < network.zoneCount ? [{ status: "failure", found: few, fix }] : [];
    const problems = chosen.flatMap((name): Finding[] => {
        const zone = known.find(one => one.name === name);
        if (zone === undefined) return [{ status: "failure", found: `this account has no zone ${name} in ${region}`, fix }];
        if (!hasFargate(zone.id)) return [{ status: "failure", found: `${name} (${zone.id}) has no Fargate`, fix }];
        if (zone.state === undefined || zone.state === "available") return [];
        return [{ status: "warning", found: `AWS calls ${name} ${zone.state}`, fix: "see https://health.aws.amazon.com" }];
    });
    return { zones: chosen, endpointZones: chosen.slice(0, network.endpointZones), problems: [...tooFew, ...problems] };
}

/** Of a network that exists the check `network` tells what is wrong with its subnets. */
async function givenIn(subject: Subject): Promise<Place | undefined> {
    const given = await givenIds(subject);
    if (given?.egress !== "endpoints") return undefined;
    const { DescribeSubnetsCommand } = await import("@aws-sdk/client-ec2");
    const question = new DescribeSubnetsCommand({ Filters: [{ Name: "subnet-id", Values: [...given.privateSubnetIds] }] });
    const { Subnets = [] } = await (await subject.aws.ec2()).send(question);
    const inOrder = given.privateSubnetIds.flatMap(id => Subnets.find(({ SubnetId }) => SubnetId === id) ?? []);
    const all = onePerZone(inOrder.map(({ AvailabilityZone: zone = "" }) => ({ zone }))).map(({ zone }) => zone);
    return { zones: all, endpointZones: all.slice(0, given.endpointZones), problems: [] };
}

/** What AWS refuses of the endpoints that the stack declares. */
async function endpointFindings(
    endpointZones: readonly string[],
    { declared, settings, aws }: Subject,
): Promise<{ readonly count: number; readonly problems: readonly Finding[] }> {
    const wanted = declared.ofType(VPC_ENDPOINT).map(({ inputs }) => ({
        name: textOf(inputs["serviceName"]),
        type: textOf(inputs["vpcEndpointType"]) || "Gateway",
    }));
    if (wanted.length === 0) return { count: 0, problems: [] };
    const { DescribeVpcEndpointServicesCommand } = await import("@aws-sdk/client-ec2");
    const Filters = [{ Name: "service-name", Values: wanted.map(({ name }) => name) }];
    const { ServiceDetails = [] } = await (await aws.ec2()).send(new DescribeVpcEndpointServicesCommand({ Filters }));
    const isMade = settings.network.kind === "created";
    const problems = wanted.flatMap(({ name, type }): Finding[] => {
        const offered = ServiceDetails.find(
            ({ ServiceName, ServiceType = [] }) => ServiceName === name && ServiceType.some(one => one.ServiceType === type),
        );
        if (offered === undefined)
            return [
                {
                    status: "failure",
                    found: `AWS offers no ${type.toLowerCase()} endpoint ${name} in ${settings.region}`,
                    fix: `fargate:network.egress: ${isMade ? "nat" : "existing"}, or do without that service`,
                },
            ];
        const { AvailabilityZones = [] } = offered;
        const without = type === "Interface" ? endpointZones.filter(zone => !AvailabilityZones.includes(zone)) : [];
        if (without.length === 0) return [];
        return [
            {
                status: "failure",
                found: `AWS offers the endpoint ${name} in ${AvailabilityZones.join(", ") || "no zone"}, and not in ${without.join(", ")}`,
                fix: isMade
                    ? "other fargate:network.zones, or fewer by fargate:network.endpointZones"
                    : "private subnets in those zones first, and fargate:network.endpointZones",
            },
        ];
    });
    return { count: wanted.length, problems };
}

import type { Clients } from "./clients";

/** Id of the public zone of a name; undefined where there is none. */
export async function publicZoneId(zone: string, { route53 }: Pick<Clients, "route53">): Promise<string | undefined> {
    const { paginateListHostedZones } = await import("@aws-sdk/client-route-53");
    for await (const { HostedZones = [] } of paginateListHostedZones({ client: await route53() }, {})) {
        const found = HostedZones.find(({ Name, Config }) => Name === `${zone}.` && Config?.PrivateZone !== true);
        if (found !== undefined) return found.Id?.replace("/hostedzone/", "");
    }
    return undefined;
}

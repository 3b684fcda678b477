import { Resolver } from "node:dns/promises";
import * as pulumi from "@pulumi/pulumi";
import { Delegation, NameServerAnswer, delegation } from "../model/delegation";
import { arePublic } from "./public-addresses";
import { inert } from "../model/inert-text";

/** Short: a network without DNS must not hold an update up. */
const OPTIONS = { timeout: 2_000, tries: 2 };

/** DNS, and what is asked instead of it in tests. */
export interface Dns {
    nameServers(name: string): Promise<readonly string[]>;
    /** Of either version; empty where there are none, or they cannot be asked for. */
    addresses(name: string): Promise<readonly string[]>;
}

const DNS: Dns = {
    nameServers: name => new Resolver(OPTIONS).resolveNs(name),
    addresses: async name => {
        const resolver = new Resolver(OPTIONS);
        const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
        return answers.flatMap(answer => (answer.status === "fulfilled" ? answer.value : []));
    },
};

/**
 * Says so where it is not known whether the world finds a zone.
 *
 * @throws pulumi.RunError where it certainly does not: ACM would be waited for in vain
 */
export async function requireDelegation(zone: string, own: readonly string[], dns?: Dns): Promise<void> {
    const { kind, message } = await delegationOf(zone, own, dns);
    if (kind === "not delegated") throw new pulumi.RunError(inert(message));
    if (kind === "unknown") void pulumi.log.warn(inert(message));
}

/** The answer that a name has no name servers of its own; all other failures say nothing of the name. */
const NONE = ["ENOTFOUND", "ENODATA"];

/**
 * Whether the world finds a public Route 53 zone.
 *
 * @param own the zone's name servers as Route 53 gave them, such as `nameServers` of `aws.route53.getZone`
 */
export async function delegationOf(zone: string, own: readonly string[], dns: Dns = DNS): Promise<Delegation> {
    return delegation(zone, own, await answerOf(zone, dns));
}

async function answerOf(zone: string, dns: Dns): Promise<NameServerAnswer> {
    const labels = zone.split(".");
    for (const index of labels.keys()) {
        const name = labels.slice(index).join(".");
        const { servers, failure } = await serversOf(name, dns);
        if (failure !== undefined) return { kind: "unreachable", reason: failure };
        if (servers.length === 0) continue;
        if (name === zone) return { kind: "servers", servers };
        const addresses = (await Promise.all(servers.map(server => dns.addresses(server)))).flat();
        return { kind: "none", above: { name, servers, isPublic: arePublic(addresses) } };
    }
    return { kind: "unreachable", reason: `this network's DNS does not know ${labels.at(-1) ?? ""} either` };
}

async function serversOf(name: string, dns: Dns): Promise<{ readonly servers: readonly string[]; readonly failure?: string }> {
    try {
        return { servers: await dns.nameServers(name) };
    } catch (error) {
        const { code = "", message } = error as NodeJS.ErrnoException;
        return NONE.includes(code) ? { servers: [] } : { servers: [], failure: code || message };
    }
}

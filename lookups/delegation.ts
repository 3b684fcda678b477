import { Resolver } from "node:dns/promises";
import * as pulumi from "@pulumi/pulumi";
import { Delegation, NameServerAnswer, delegation } from "../model/delegation";

/** Short: a network without DNS must not hold an update up. */
const OPTIONS = { timeout: 2_000, tries: 2 };

/** What is asked instead of DNS, in tests. */
type Ask = (name: string) => Promise<readonly string[]>;

/**
 * Says so where it is not known whether the world finds a zone.
 *
 * @throws pulumi.RunError where it does not: ACM would be waited for in vain
 */
export async function requireDelegation(zone: string, own: readonly string[], ask?: Ask): Promise<void> {
    const { kind, message } = await delegationOf(zone, own, ask);
    if (kind === "not delegated") throw new pulumi.RunError(message);
    if (kind === "unknown") void pulumi.log.warn(message);
}

/** The answer that a name has no name servers of its own; all other failures say nothing of the name. */
const NONE = ["ENOTFOUND", "ENODATA"];

/**
 * Whether the world finds a public Route 53 zone.
 *
 * @param own the zone's name servers as Route 53 gave them, such as `nameServers` of `aws.route53.getZone`
 */
export async function delegationOf(
    zone: string,
    own: readonly string[],
    ask: Ask = name => new Resolver(OPTIONS).resolveNs(name),
): Promise<Delegation> {
    return delegation(zone, own, await answer(zone, ask));
}

async function answer(zone: string, ask: Ask): Promise<NameServerAnswer> {
    const found = await answerOf(zone, ask);
    if (found.kind !== "none") return found;
    // A closed network knows no name of the world's. One that knows the top-level domain would know the zone.
    const top = zone.slice(zone.lastIndexOf(".") + 1);
    const above = await answerOf(top, ask);
    return above.kind === "servers" ? found : { kind: "unreachable", reason: `this network's DNS does not know ${top} either` };
}

async function answerOf(name: string, ask: (name: string) => Promise<readonly string[]>): Promise<NameServerAnswer> {
    try {
        return { kind: "servers", servers: await ask(name) };
    } catch (error) {
        const { code = "", message } = error as NodeJS.ErrnoException;
        return NONE.includes(code) ? { kind: "none" } : { kind: "unreachable", reason: code || message };
    }
}

/** What DNS, as it is asked from here, says of a zone's name servers. */
export type NameServerAnswer =
    | { readonly kind: "servers"; readonly servers: readonly string[] }
    /** No such name, or one without name servers of its own. */
    | { readonly kind: "none"; readonly above: ZoneAbove }
    /** DNS could not be asked. */
    | { readonly kind: "unreachable"; readonly reason: string };

/** The nearest zone above one that has no name servers. */
export interface ZoneAbove {
    readonly name: string;
    readonly servers: readonly string[];
    /** Whether all its servers have addresses that the world can ask. */
    readonly isPublic: boolean;
}

/** Whether the world finds a Route 53 zone, without which no certificate in it is ever issued. */
export interface Delegation {
    readonly kind: "delegated" | "not delegated" | "unknown";
    /** What is wrong and what to do; empty where the zone is delegated. */
    readonly message: string;
}

const ROUTE_53 = /^ns-\d+\.awsdns-\d+\.(com|net|org|co\.uk)$/;
/** Name servers of every private zone: the network asks Route 53 itself for them, and sees nothing of the world's zone. */
const PRIVATE = /\.awsdns-00\.(com|net|org|co\.uk)$/;

/**
 * Compares the name servers that Route 53 gave a zone with those that DNS names. It says `not delegated` only where that is certain: this network may have
 * DNS of its own, and name servers may have names of the zone's owner.
 *
 * @param own Route 53's, of the zone's delegation set
 */
export function delegation(zone: string, own: readonly string[], answer: NameServerAnswer): Delegation {
    const ours = own.map(normal).sort();
    const wanted = `Set the NS records of ${zone} at the registrar, or in the zone above it, to ${ours.join(", ")}`;
    switch (answer.kind) {
        case "unreachable":
            return unknown(zone, `DNS could not be asked for its name servers: ${answer.reason}`);
        case "none":
            return isOfTheWorld(answer.above)
                ? {
                      kind: "not delegated",
                      message:
                          `fargate:domain.zone: nobody finds ${zone}, since the zone above it names no name servers for it. ` +
                          `${wanted}. Where that was done just now, wait until DNS forgets its last answer, up to 15 minutes.`,
                  }
                : unknown(
                      zone,
                      `no name servers of it are found here, where ${answer.above.name} is at ${answer.above.servers.map(normal).join(", ")}, ` +
                          "which the world may not ask",
                  );
        case "servers":
            return compared(zone, ours, answer.servers.map(normal).sort(), wanted);
    }
}

function compared(zone: string, ours: readonly string[], theirs: readonly string[], wanted: string): Delegation {
    const strangers = theirs.filter(server => !ours.includes(server));
    if (strangers.length === 0) return { kind: "delegated", message: "" };
    if (theirs.every(server => PRIVATE.test(server)))
        return unknown(zone, "this network answers from a private zone of the same name");
    if (strangers.length < theirs.length)
        return unknown(zone, `beside its own name servers DNS names ${strangers.join(", ")}, which must have the same records`);
    if (!theirs.every(server => ROUTE_53.test(server) && !PRIVATE.test(server)))
        return unknown(
            zone,
            `DNS names ${theirs.join(", ")}. Where these are neither its own name servers under other names nor this network's: ${wanted}`,
        );
    return {
        kind: "not delegated",
        message:
            `fargate:domain.zone: the world finds ${zone} at ${theirs.join(", ")}, and not in this account's Route 53 zone. ` +
            `${wanted}, or name the zone that is found.`,
    };
}

/** Whether everybody asks these servers, and not this network alone. */
function isOfTheWorld({ servers, isPublic }: ZoneAbove): boolean {
    return isPublic && !servers.some(server => PRIVATE.test(normal(server)));
}

function unknown(zone: string, reason: string): Delegation {
    return {
        kind: "unknown",
        message: `Whether the world finds the zone ${zone} is not known: ${reason}. Without that no certificate is issued.`,
    };
}

/** Names are the same in any case, and with or without the dot of the root. */
function normal(server: string): string {
    return server.toLowerCase().replace(/\.$/, "");
}

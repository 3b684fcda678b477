import { Cidr, blockOf, contains } from "../../model/cidr";

/** Where a route table sends what has no route of its own: everywhere, to some places that nobody knows from here, or nowhere. */
export type Way =
    | { readonly kind: "everywhere"; readonly through: string }
    | { readonly kind: "elsewhere"; readonly through: string }
    | { readonly kind: "none" };

/** A VPC endpoint that is there. */
export interface Endpoint {
    readonly id: string;
    /** As EC2 calls it: `com.amazonaws.<region>.logs`. */
    readonly service: string;
    readonly isGateway: boolean;
    /** Whether the service's own name leads to it. */
    readonly isPrivateDns: boolean;
    /** Ids of the route tables that lead to a gateway. */
    readonly tables: readonly string[];
    readonly groups: readonly Group[];
}

interface Group {
    readonly id: string;
    /** Absent where the group is not seen from this account. */
    readonly rules?: readonly Rule[];
}

interface Rule {
    /** @default all */
    readonly ports?: readonly [from: number, to: number];
    readonly isTcp: boolean;
    readonly blocks: readonly string[];
    readonly groups: readonly string[];
    readonly lists: readonly string[];
}

/** How a subnet's tasks come to an API of AWS. */
export type Path =
    | { readonly kind: "open" }
    /** Its name leads to an endpoint whose groups keep the tasks out, whatever the routes are. */
    | { readonly kind: "closed"; readonly endpoint: Endpoint }
    /** An endpoint that the service's name does not lead to, and no other way. */
    | { readonly kind: "unnamed"; readonly endpoint: Endpoint }
    | { readonly kind: "elsewhere"; readonly through: string }
    | { readonly kind: "none" };

interface From {
    readonly cidr: string;
    readonly table: { readonly id: string; readonly way: Way };
}

const HTTPS = 443;

/**
 * @param service as EC2 calls it
 * @param own ids of the tasks' groups, as far as there are some already
 */
export function pathTo(service: string, from: From, endpoints: readonly Endpoint[], own: ReadonlySet<string>): Path {
    const { id, way } = from.table;
    const ofService = endpoints.filter(one => one.service === service);
    const named = ofService.find(({ isGateway, isPrivateDns }) => !isGateway && isPrivateDns);
    if (named !== undefined) return letIn(named.groups, from.cidr, own) ? { kind: "open" } : { kind: "closed", endpoint: named };
    if (ofService.some(({ isGateway, tables }) => isGateway && tables.includes(id))) return { kind: "open" };
    if (way.kind === "everywhere") return { kind: "open" };
    const unnamed = ofService.find(({ isGateway }) => !isGateway);
    if (unnamed !== undefined) return { kind: "unnamed", endpoint: unnamed };
    return way;
}

/** What is in a prefix list, or in a group that is another account's, is not looked up, and taken to be meant. */
function letIn(all: readonly Group[], cidr: string, own: ReadonlySet<string>): boolean {
    const tasks = blockOf(cidr);
    const rules = all
        .flatMap(group => group.rules ?? [])
        .filter(({ isTcp, ports: [first, last] = [0, 65_535] }) => isTcp && first <= HTTPS && HTTPS <= last);
    return (
        all.some(group => group.rules === undefined) ||
        rules.some(({ groups, lists }) => lists.length > 0 || groups.some(id => own.has(id))) ||
        (tasks !== undefined &&
            isCovered(
                tasks,
                rules.flatMap(({ blocks }) => blocks.flatMap(block => blockOf(block) ?? [])),
            ))
    );
}

/** Whether several blocks together have all of one. */
function isCovered(block: Cidr, blocks: readonly Cidr[]): boolean {
    if (blocks.some(outer => contains(outer, block))) return true;
    const parts = blocks.filter(inner => contains(block, inner));
    const prefix = block.prefix + 1;
    const halves = [block.base, block.base + 2 ** (32 - prefix)].map(base => ({ base, prefix }));
    return parts.length > 0 && halves.every(half => isCovered(half, parts));
}

import { CLOUDFRONT, Caller, callerRules } from "./callers";
import { Connection, ReachedList } from "./connections";
import { EndpointNeeds, gatewaysOf } from "./endpoints";
import { AWS_LIMIT } from "./limits";

/** What decides how many rules the stack's groups have. */
export interface Groups {
    readonly egress: string;
    /** Whether each service has a route. */
    readonly services: readonly { readonly route?: unknown }[];
    /** Whatever starts them. */
    readonly tasks: readonly (EndpointNeeds & { readonly name: string; readonly outbound?: readonly Connection[] })[];
    /** The prefix lists that they reach, by id. */
    readonly lists: ReadonlyMap<string, ReachedList>;
    /** Whose connections the load balancer takes; none where there is no load balancer. */
    readonly callers: readonly Caller[];
    /**
     * The lists, or nothing for a block, of rules of callers that go when those of new callers are there.
     *
     * @default none
     */
    readonly leaving?: readonly (ReachedList | undefined)[];
    readonly isHttps: boolean;
}

/** Rules in one direction of a group. */
export interface GroupRules {
    readonly rules: number;
    readonly what: string;
    /** The section of the stack file that asks for them. */
    readonly key: "services" | "loadBalancer";
    /** How many of them go with the update, after the new ones have come; absent where none do. */
    readonly leaving?: number;
}

/** AWS's code of the quota, in Service Quotas of `vpc`. */
export const GROUP_RULES_QUOTA = "L-0EA8095F";

/** The most rules in one direction of a group, where they are more than every account may have. */
export function rulesOverDefault({
    egress,
    services,
    tasks,
    lists,
    callers,
    leaving = [],
    isHttps,
}: Groups): GroupRules | undefined {
    const outwards = {
        rules: services.filter(({ route }) => route !== undefined).length,
        what: "outwards in the load balancer's security group, one a service",
        key: "services" as const,
    };
    const inwards = {
        rules: egress === "endpoints" ? tasks.length : 0,
        what: "inwards in the security group of the VPC endpoints, one a service",
        key: "services" as const,
    };
    const going = sumOf(leaving);
    const fromCallers = {
        rules: sumOf(callerRules(callers, isHttps).map(({ caller }) => caller.list)) + going,
        what: "inwards in the load balancer's security group, one a block and port, and for a prefix list as many as it may have entries",
        key: "loadBalancer" as const,
        ...(going > 0 && { leaving: going }),
    };
    const own = tasks.map(task => ({
        rules: rulesOut(egress, task, lists),
        what: `outwards in the security group of ${task.name}'s tasks, one a connection, and for a prefix list as many as it may have entries`,
        key: "services" as const,
    }));
    const [most] = [outwards, inwards, fromCallers, ...own].sort((a, b) => b.rules - a.rules);
    return most !== undefined && most.rules > AWS_LIMIT.groupRules ? most : undefined;
}

function rulesOut(egress: string, task: Groups["tasks"][number], lists: Groups["lists"]): number {
    const waysToAws = egress === "endpoints" ? 1 + gatewaysOf(task).length : 1;
    return (task.outbound ?? []).reduce((sum, { prefixListId = "" }) => sum + sizeOf(lists.get(prefixListId)), waysToAws);
}

/** What AWS counts a list of its own as, where that is more than one rule (VPC user guide, AWS-managed prefix list weight). */
const WEIGHTS: readonly (readonly [name: RegExp, weight: number])[] = [
    [CLOUDFRONT, 55],
    [/ec2-instance-connect$/, 2],
    [/groundstation$/, 5],
    [/route53-healthchecks$/, 25],
    [/s3express$/, 6],
    [/vpc-lattice$/, 10],
];

function sumOf(lists: readonly (ReachedList | undefined)[]): number {
    return lists.reduce((sum, list) => sum + sizeOf(list), 0);
}

function sizeOf(list: ReachedList | undefined): number {
    if (list === undefined) return 1;
    return list.maxEntries || (WEIGHTS.find(([name]) => name.test(list.name))?.[1] ?? 1);
}

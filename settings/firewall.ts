import { z } from "zod";
import { parseBlock, contains } from "../model/address-blocks";
import { CLOUDFRONT, FIREWALL_AT_CLOUDFRONT } from "../model/callers";
import { blockOf, formatCidr } from "../model/cidr";
import { Firewall, MOST_BLOCKS } from "../model/firewall";
import type { Context } from "./check";
import { givenText, integer, once } from "./forms";
import type { Finding } from "./problems";
import type { Profile } from "./profiles";
import type { TurnedOff } from "./types";

const block = z
    .string({ error: "a block, such as 203.0.113.0/24 or 2001:db8::/32" })
    .refine(text => (parseBlock(text)?.prefix ?? 0) > 0, { error: ({ input }) => blockFault(String(input)) })
    .transform(text => parseBlock(text)?.text ?? text);

const blocks = (describe: string) =>
    once(z.array(block).max(MOST_BLOCKS, { error: `at most ${MOST_BLOCKS.toLocaleString("en-US")} blocks, by AWS` }), "block")
        .optional()
        .describe(`${describe} Blocks of IPv4 or IPv6. Default: none.`);

/** By AWS, requests a window. */
const RATE = { least: 10, most: 2_000_000_000 };

export const firewallSchema = z
    .strictObject(
        {
            mode: z
                .enum(["block", "count"])
                .optional()
                .describe("count: everything is counted and nothing is stopped, to begin with. Default: block."),
            rateLimit: integer(RATE.least, RATE.most, " requests of one address in five minutes")
                .optional()
                .describe(
                    "Requests of one address in five minutes, above which it is stopped until it has fewer. Default: 2000.",
                ),
            allowCidrs: blocks("Whose requests no other rule looks at but blockCidrs; who may connect is another matter."),
            blockCidrs: blocks("Whose requests are stopped."),
            off: givenText
                .min(1, { error: "the reason why there is none, as text" })
                .optional()
                .describe("Why production has none, which plan, reviews and the policy show. Default: it has one."),
        },
        {
            error: 'a mapping: {} for AWS\'s rules and a rate limit, { mode: count } to begin with, or { off: "<why there is none>" }',
        },
    )
    .optional()
    .describe(
        "AWS WAF in front of the load balancer: AWS's managed rules and a rate limit. Default: none (development), on (production).",
    );

interface Parsed {
    readonly firewall?: z.output<typeof firewallSchema>;
}

/** What a stack has in front of its load balancer, or why not; nothing where neither is said. */
export function firewallWithDefaults(
    { firewall: given }: Parsed,
    profile: Profile,
    isRouted: boolean,
): { readonly firewall?: Firewall; readonly turnedOff?: readonly TurnedOff[] } {
    if (given?.off !== undefined)
        return { turnedOff: [{ key: "firewall.off", rule: "load-balancers-have-a-firewall", reason: given.off }] };
    if (given === undefined && !(profile.firewall && isRouted)) return {};
    const { mode = "block", rateLimit = 2000, allowCidrs = [], blockCidrs = [] } = given ?? {};
    return { firewall: { mode, rateLimit, allowCidrs, blockCidrs } };
}

export function firewallForm({ settings, parsed }: Context<Parsed>): readonly Finding[] {
    const { firewall } = parsed;
    if (firewall === undefined) return [];
    const { off, ...others } = firewall;
    const path = ["firewall"];
    if (!settings.services.some(service => service.route !== undefined))
        return [
            {
                path,
                found: "a firewall, and no service with a route",
                allowed: "no such key: it stands in front of the load balancer, which comes with the first route",
                because: [["services"]],
            },
        ];
    const beside = Object.keys(others);
    if (off !== undefined && beside.length > 0)
        return [
            { path: [...path, "off"], found: `off beside ${beside.join(", ")}`, allowed: "off alone, or a firewall without it" },
        ];
    return unreached(firewall);
}

/** A list that is named by its id is told by what AWS says of it. */
export function firewallSeesClients({ settings: { firewall, loadBalancer } }: Context): readonly Finding[] {
    if (firewall === undefined) return [];
    return (loadBalancer?.allowPrefixLists ?? []).flatMap((list, index) =>
        CLOUDFRONT.test(list)
            ? [
                  {
                      path: ["loadBalancer", "allowPrefixLists", String(index)],
                      found: `${list} beside a firewall`,
                      allowed: FIREWALL_AT_CLOUDFRONT,
                      because: [["firewall"]],
                  },
              ]
            : [],
    );
}

/** An allowed block inside of a blocked one: the list of blocked ones is tried first. */
function unreached({ allowCidrs = [], blockCidrs = [] }: NonNullable<Parsed["firewall"]>): readonly Finding[] {
    const blocked = blockCidrs.flatMap(text => parseBlock(text) ?? []);
    return allowCidrs.flatMap((text, index) => {
        const allowed = parseBlock(text);
        const around = allowed && blocked.find(outer => contains(outer, allowed));
        if (around === undefined) return [];
        return [
            {
                path: ["firewall", "allowCidrs", String(index)],
                found: `${text}, inside ${around.text} of blockCidrs`,
                allowed: "a block outside of blockCidrs, which are tried first: block what lies around it, in smaller blocks",
                because: [["firewall", "blockCidrs"]],
            },
        ];
    });
}

function blockFault(found: string): string {
    const ipv4 = blockOf(found);
    const whole = "not the whole internet, of which AWS takes no block";
    if (parseBlock(found)?.prefix === 0) return `${whole}: fargate:loadBalancer says who may connect`;
    if (ipv4 !== undefined) return `a block that starts on its own boundary: ${formatCidr(ipv4)}`;
    for (const length of [32, 128])
        if (parseBlock(`${found}/${length}`) !== undefined) return `a block: ${found}/${length} for this one address`;
    if (found.includes(":")) return "a block of IPv6 that starts on its own boundary, such as 2001:db8::/32";
    if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(found)) return "a block, such as 203.0.113.0/24: a firewall knows no host names";
    return "a block, such as 203.0.113.0/24 or 2001:db8::/32";
}

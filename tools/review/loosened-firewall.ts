import { parseBlock, contains } from "../../model/address-blocks";
import type { Settings } from "../../settings";
import { Loosened, changed, isOfAws, isRouted, list, more, shown } from "./loosened-words";

/** What a firewall no longer stops. */
export function ofFirewall(before: Settings, after: Settings): Loosened[] {
    const off = after.turnedOff?.find(({ key }) => key === "firewall.off");
    const wasOff = before.turnedOff?.some(({ key }) => key === "firewall.off");
    if (off !== undefined && !wasOff) return [`firewall is off: ${shown(off.reason, isOfAws)}`];
    if (before.firewall === undefined) return [];
    // The load balancer may be gone with its last route.
    if (after.firewall === undefined) return [isRouted(after) && "firewall is gone"];
    const [old, next] = [before.firewall, after.firewall];
    const allowed = notIn(next.allowCidrs, old.allowCidrs);
    const unblocked = notIn(old.blockCidrs, next.blockCidrs);
    return [
        old.mode === "block" && next.mode === "count" && `${changed("firewall.mode", old.mode, next.mode)}: it stops nothing`,
        more("firewall.rateLimit", old.rateLimit, next.rateLimit),
        allowed.length > 0 && `firewall lets through without a look: ${list(allowed, isOfAws)}`,
        unblocked.length > 0 && `firewall no longer stops: ${list(unblocked, isOfAws)}`,
    ];
}

/** Blocks that no block of the others holds. */
function notIn(blocks: readonly string[], others: readonly string[]): string[] {
    const around = others.flatMap(text => parseBlock(text) ?? []);
    return blocks.filter(text => {
        const block = parseBlock(text);
        return block !== undefined && !around.some(outer => contains(outer, block));
    });
}

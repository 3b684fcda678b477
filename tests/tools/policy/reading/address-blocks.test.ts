import assert from "node:assert/strict";
import { isEverywhere, isPublic } from "../../../../tools/policy/reading/address-blocks";

const blocks = (is: (block: string) => boolean, expected: boolean, ...texts: readonly string[]) => {
    for (const text of texts) assert.equal(is(text), expected, text);
};

describe("a block of addresses is public", () => {
    it("unless the whole of it is a network of one's own", () => {
        blocks(isPublic, false, "10.0.0.0/8", "10.20.0.0/16", "172.31.0.0/16", "192.168.1.1/32", "100.64.0.0/10", "fd00::/8");
        blocks(isPublic, true, "0.0.0.0/0", "203.0.113.0/24", "172.32.0.0/16", "100.128.0.0/16", "2001:db8::/32", "::/0");
    });

    it("where it reaches beyond one, by its prefix", () => {
        blocks(isPublic, true, "10.0.0.0/1", "10.0.0.0/7", "172.16.0.0/11", "192.168.0.0/15", "fd00::/6");
    });

    it("where it is none that can be read", () => {
        blocks(isPublic, true, "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "everybody");
    });
});

describe("a block of addresses is everywhere", () => {
    it("where it is the whole internet, or a half or quarter of it", () => {
        blocks(isEverywhere, true, "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "64.0.0.0/2", "10.0.0.0/7");
        blocks(isEverywhere, true, "::/0", "2000::/3", "8000::/1", "fd00::/6");
    });

    it("not where somebody holds as much", () => {
        blocks(isEverywhere, false, "10.0.0.0/8", "17.0.0.0/8", "203.0.113.0/24", "2001:db8::/32", "fc00::/7", "fd00::/8");
    });
});

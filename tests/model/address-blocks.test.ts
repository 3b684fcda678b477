import assert from "node:assert/strict";
import { contains, parseBlock } from "../../model/address-blocks";

describe("a block of addresses", () => {
    it("of either family has one spelling", () => {
        assert.deepEqual(parseBlock("203.0.113.0/24"), { family: "ipv4", text: "203.0.113.0/24", prefix: 24 });
        for (const text of ["2001:db8::/32", "2001:DB8:0::/32", "2001:0db8:0:0:0:0:0:0/32"])
            assert.deepEqual(parseBlock(text), { family: "ipv6", text: "2001:db8::/32", prefix: 32 }, text);
    });

    it("starts on its own boundary, and is no address, name or IPv4 in other clothes", () => {
        for (const text of ["", "203.0.113.1/24", "203.0.113.1", "2001:db8::1/32", "2001:db8::1", "1::/129", "fe80::%eth0/64"])
            assert.equal(parseBlock(text), undefined, text);
        for (const text of ["::ffff:203.0.113.0/120", "example.com", "203.0.113.0/33"])
            assert.equal(parseBlock(text), undefined, text);
    });

    it("holds a smaller one of its family alone", () => {
        const holds = (outer: string, inner: string) => {
            const [a, b] = [parseBlock(outer), parseBlock(inner)];
            assert.ok(a && b);
            return contains(a, b);
        };
        assert.ok(holds("203.0.113.0/24", "203.0.113.7/32"));
        assert.ok(!holds("203.0.113.7/32", "203.0.113.0/24"));
        assert.ok(!holds("203.0.113.0/24", "203.0.112.7/32"));
        assert.ok(holds("2001:db8::/32", "2001:db8:1::/48"));
        assert.ok(!holds("2001:db8:1::/48", "2001:db8::/32"));
        assert.ok(!holds("2001:db8::/32", "2001:db9::/48"));
        assert.ok(!holds("::/0", "203.0.113.0/24"));
        assert.ok(holds("2001:db8::/32", "2001:db8::/32"));
    });
});

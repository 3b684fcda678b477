import assert from "node:assert/strict";
import fc from "fast-check";
import { Cidr, blockOf, contains, formatCidr, parseCidr, size } from "../../model/cidr";

const prefix = fc.integer({ min: 0, max: 32 });
const block = fc
    .tuple(fc.nat(2 ** 32 - 1), prefix)
    .map(([address, bits]): Cidr => ({ base: address - (address % 2 ** (32 - bits)), prefix: bits }));

/** Blocks of few addresses, close together, so that addresses can be told one by one. */
const smallBlock = fc
    .tuple(fc.nat(15), fc.integer({ min: 29, max: 32 }))
    .map(([offset, bits]): Cidr => ({ base: 2 ** 31 + offset * size({ base: 0, prefix: bits }), prefix: bits }));

describe("a CIDR block", () => {
    it("is the same after it was written and read", () => {
        fc.assert(fc.property(block, cidr => assert.deepEqual(parseCidr(formatCidr(cidr)), cidr)));
    });

    it("is written as four octets and a prefix", () => {
        assert.equal(formatCidr({ base: 0x0a_14_00_00, prefix: 16 }), "10.20.0.0/16");
        assert.equal(formatCidr({ base: 0xff_ff_ff_fe, prefix: 31 }), "255.255.255.254/31");
    });

    it("starts on its own boundary, or is none", () => {
        assert.equal(parseCidr("10.20.0.1/16"), undefined);
        assert.equal(parseCidr("10.20.128.0/16"), undefined);
        assert.notEqual(parseCidr("10.20.128.0/17"), undefined);
    });

    it("is found where an address lies in it", () => {
        assert.deepEqual(blockOf("10.20.5.6/16"), parseCidr("10.20.0.0/16"));
        assert.equal(blockOf("10.20.5.6"), undefined);
        fc.assert(fc.property(block, cidr => assert.deepEqual(blockOf(formatCidr(cidr)), cidr)));
    });

    it("is nothing but an IPv4 block", () => {
        for (const text of ["", "10.20.0.0", "10.20.0.0/33", "256.0.0.0/8", "10.20.0/16", "10.20.0.0/16 ", "a.b.c.d/8", "::/0"]) {
            assert.equal(parseCidr(text), undefined, text);
        }
        assert.deepEqual(parseCidr("255.255.255.255/32"), { base: 2 ** 32 - 1, prefix: 32 });
        assert.deepEqual(parseCidr("0.0.0.0/0"), { base: 0, prefix: 0 });
    });

    it("has as many addresses as its prefix leaves", () => {
        assert.equal(size({ base: 0, prefix: 32 }), 1);
        assert.equal(size({ base: 0, prefix: 27 }), 32);
        assert.equal(size({ base: 0, prefix: 16 }), 65_536);
    });

    it("contains another one where it has all of its addresses", () => {
        const addresses = (cidr: Cidr) => Array.from({ length: size(cidr) }, (_, index) => cidr.base + index);
        fc.assert(
            fc.property(smallBlock, smallBlock, (a, b) => {
                const own = new Set(addresses(a));
                const shared = addresses(b).filter(address => own.has(address)).length;
                assert.equal(contains(a, b), shared === size(b));
            }),
        );
    });
});

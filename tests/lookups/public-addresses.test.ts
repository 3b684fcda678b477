import assert from "node:assert/strict";
import { arePublic } from "../../lookups/public-addresses";

describe("addresses that the world can ask", () => {
    it("are those of no network of its own, of either version", () => {
        assert.equal(arePublic(["192.5.6.30", "2001:503:a83e::2:30"]), true);
    });

    it("are not those where one is internal, nor none", () => {
        const internal = ["127.0.0.1", "100.64.0.1", "169.254.1.1", "172.31.255.255", "192.168.1.1", "::1", "fd00::1", "fe80::1"];
        for (const address of internal) assert.equal(arePublic(["192.5.6.30", address]), false, address);
        assert.equal(arePublic([]), false);
    });
});

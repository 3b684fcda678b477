import assert from "node:assert/strict";
import { delegation } from "../../model/delegation";

const OWN = ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net"];
const told = (servers: readonly string[]) => delegation("example.com", OWN, { kind: "servers", servers });
const none = (servers: readonly string[], isPublic: boolean) =>
    delegation("shop.example.com", OWN, { kind: "none", above: { name: "example.com", servers, isPublic } });
const WANTED =
    "Set the NS records of example.com at the registrar, or in the zone above it, to ns-1.awsdns-01.com, ns-2.awsdns-02.net";
const UNKNOWN = (reason: string) => ({
    kind: "unknown",
    message: `Whether the world finds the zone example.com is not known: ${reason}. Without that no certificate is issued.`,
});

describe("a hosted zone's delegation", () => {
    it("is there where the world names the zone's own name servers, in any order, case and notation", () => {
        assert.deepEqual(told(["NS-2.awsdns-02.net.", "ns-1.awsdns-01.com"]), { kind: "delegated", message: "" });
        assert.deepEqual(told(["ns-2.awsdns-02.net"]), { kind: "delegated", message: "" });
    });

    it("is missing where a zone above that the world asks names none, and the message says what to set", () => {
        const above = { name: "com", servers: ["a.gtld-servers.net"], isPublic: true };
        assert.deepEqual(delegation("example.com", OWN, { kind: "none", above }), {
            kind: "not delegated",
            message:
                "fargate:domain.zone: nobody finds example.com, since the zone above it names no name servers for it. " +
                `${WANTED}. Where that was done just now, wait until DNS forgets its last answer, up to 15 minutes.`,
        });
        assert.equal(none(["ns-7.awsdns-07.org."], true).kind, "not delegated");
    });

    it("is not known where the zone above may be this network's own: at addresses that the world cannot ask, or private in Route 53", () => {
        assert.deepEqual(none(["DC1.example.com."], false), {
            kind: "unknown",
            message:
                "Whether the world finds the zone shop.example.com is not known: no name servers of it are found here, where example.com " +
                "is at dc1.example.com, which the world may not ask. Without that no certificate is issued.",
        });
        assert.equal(none(["ns-0.awsdns-00.com."], true).kind, "unknown");
    });

    it("leads elsewhere where the world names others of Route 53, such as those of a zone that was deleted", () => {
        assert.deepEqual(told(["ns-9.awsdns-09.org.", "ns-8.awsdns-08.co.uk"]), {
            kind: "not delegated",
            message:
                "fargate:domain.zone: the world finds example.com at ns-8.awsdns-08.co.uk, ns-9.awsdns-09.org, and not in this " +
                `account's Route 53 zone. ${WANTED}, or name the zone that is found.`,
        });
    });

    it("is not known where DNS names servers that are not Route 53's by name: of the zone under other names, or of this network", () => {
        for (const server of ["ns1.example.com", "dc1.example.com"])
            assert.deepEqual(
                told([server]),
                UNKNOWN(
                    `DNS names ${server}. Where these are neither its own name servers under other names nor this network's: ${WANTED}`,
                ),
            );
        for (const server of ["ns1.example.com", "ns-0.awsdns-00.com"])
            assert.equal(told(["ns-9.awsdns-09.org", server]).kind, "unknown", server);
    });

    it("is not known, which is no failure, without DNS, behind a private zone, or beside other name servers", () => {
        assert.deepEqual(
            delegation("example.com", OWN, { kind: "unreachable", reason: "ETIMEOUT" }),
            UNKNOWN("DNS could not be asked for its name servers: ETIMEOUT"),
        );
        assert.deepEqual(
            told(["ns-0.awsdns-00.com.", "ns-512.awsdns-00.net.", "ns-1024.awsdns-00.org.", "ns-1536.awsdns-00.co.uk."]),
            UNKNOWN("this network answers from a private zone of the same name"),
        );
        assert.deepEqual(
            told(["ns-1.awsdns-01.com", "ns1.other.example"]),
            UNKNOWN("beside its own name servers DNS names ns1.other.example, which must have the same records"),
        );
    });
});

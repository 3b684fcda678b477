import assert from "node:assert/strict";
import { delegation } from "../../model/delegation";

const OWN = ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net"];
const told = (servers: readonly string[]) => delegation("example.com", OWN, { kind: "servers", servers });
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

    it("is missing where nobody names any, and the message says what to set", () => {
        assert.deepEqual(delegation("example.com", OWN, { kind: "none" }), {
            kind: "not delegated",
            message:
                "fargate:domain.zone: nobody finds example.com, since the zone above it names no name servers for it. " +
                `${WANTED}. Where that was done just now, wait until DNS forgets its last answer, up to 15 minutes.`,
        });
    });

    it("leads elsewhere where the world names others, such as those of a zone that was deleted", () => {
        assert.deepEqual(told(["ns9.registrar.example", "ns8.registrar.example"]), {
            kind: "not delegated",
            message:
                "fargate:domain.zone: the world finds example.com at ns8.registrar.example, ns9.registrar.example, and not in this " +
                `account's Route 53 zone. ${WANTED}, or name the zone that is found.`,
        });
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

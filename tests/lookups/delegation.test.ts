import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { delegationOf, requireDelegation } from "../../lookups/delegation";

const OWN = ["ns-1.awsdns-01.com"];

const WORLD = { com: ["a.gtld-servers.net"] };
const ADDRESSES = { "a.gtld-servers.net": ["192.5.6.30"], "dc1.example.com": ["10.0.0.5"] };

/** DNS that knows the name servers of these names; the value is a list of servers, or the code of an error. */
function dns(known: Readonly<Record<string, readonly string[] | string>>) {
    const asked: string[] = [];
    const addresses: Readonly<Record<string, readonly string[]>> = ADDRESSES;
    return {
        asked,
        nameServers: (name: string) => {
            asked.push(name);
            const answer = known[name] ?? "ENOTFOUND";
            return typeof answer === "string"
                ? Promise.reject(Object.assign(new Error(`queryNs ${answer} ${name}`), { code: answer }))
                : Promise.resolve(answer);
        },
        addresses: (name: string) => Promise.resolve(addresses[name] ?? []),
    };
}

/** What is warned of meanwhile. */
async function warnings(work: () => Promise<void>): Promise<string> {
    const lines: string[] = [];
    const { warn } = console;
    console.warn = (line: string) => void lines.push(line);
    try {
        await work();
    } finally {
        console.warn = warn;
    }
    return lines.join("\n");
}

describe("the question whether a zone is delegated", () => {
    it("is one for the zone's name servers, which are compared with Route 53's", async () => {
        const world = dns({ "shop.example.com": OWN });
        assert.equal((await delegationOf("shop.example.com", OWN, world)).kind, "delegated");
        assert.deepEqual(world.asked, ["shop.example.com"]);
    });

    it("is answered by no where the name is not there, or has no name servers, and the world answers for the nearest zone above", async () => {
        const world = dns({ "example.com": "ENODATA", "example.org": [], org: ["a.gtld-servers.net"], ...WORLD });
        assert.equal((await delegationOf("shop.example.com", OWN, world)).kind, "not delegated");
        assert.deepEqual(world.asked, ["shop.example.com", "example.com", "com"]);
        assert.equal((await delegationOf("example.com", OWN, world)).kind, "not delegated");
        assert.equal((await delegationOf("example.org", OWN, world)).kind, "not delegated");
    });

    it("is not answered by a network whose nearest zone above is its own, even where it knows the world's", async () => {
        const office = dns({ "example.com": ["dc1.example.com"], ...WORLD });
        const { kind, message } = await delegationOf("dev.example.com", OWN, office);
        assert.equal(kind, "unknown");
        assert.match(message, /example\.com is at dc1\.example\.com/);
        const vpc = dns({ "example.com": ["ns-0.awsdns-00.com"], ...WORLD });
        assert.equal((await delegationOf("dev.example.com", OWN, vpc)).kind, "unknown");
    });

    it("is not answered by a network that knows no names of the world, or whose DNS fails", async () => {
        const closed = await delegationOf("example.com", OWN, dns({}));
        assert.equal(closed.kind, "unknown");
        assert.match(closed.message, /this network's DNS does not know com either/);
        for (const code of ["ETIMEOUT", "ECONNREFUSED", "ESERVFAIL"])
            for (const name of ["example.com", "com"]) {
                const failed = await delegationOf("example.com", OWN, dns({ ...WORLD, [name]: code }));
                assert.equal(failed.kind, "unknown");
                assert.match(failed.message, new RegExp(code));
            }
    });

    it("stops an update before anything is made where the answer is certainly no", async () => {
        const elsewhere = { ...WORLD, "example.com": ["ns-9.awsdns-09.org"] };
        for (const [zone, reason] of [
            ["shop.com", /^fargate:domain\.zone: nobody finds shop\.com, since /],
            ["example.com", /^fargate:domain\.zone: the world finds example\.com at ns-9\.awsdns-09\.org, /],
        ] as const)
            await assert.rejects(requireDelegation(zone, OWN, dns(elsewhere)), (error: unknown) => {
                assert.ok(pulumi.RunError.isInstance(error));
                assert.match(error.message, reason);
                return true;
            });
        assert.equal(await warnings(() => requireDelegation("shop.com", OWN, dns({ "shop.com": OWN }))), "");
    });

    it("stops none where the answer is not certain, which is said", async () => {
        for (const [answer, reason] of [
            ["ETIMEOUT", /is not known: .*ETIMEOUT/],
            [["ns1.example.com"], /is not known: DNS names ns1\.example\.com/],
            [["dc1.example.com"], /is not known: DNS names dc1\.example\.com/],
        ] as const)
            assert.match(await warnings(() => requireDelegation("example.com", OWN, dns({ "example.com": answer }))), reason);
    });
});

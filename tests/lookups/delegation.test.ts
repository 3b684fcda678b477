import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { delegationOf, requireDelegation } from "../../lookups/delegation";

const OWN = ["ns-1.awsdns-01.com"];

/** DNS that knows these names; the value is a list of servers, or the code of an error. */
function dns(known: Readonly<Record<string, readonly string[] | string>>) {
    const asked: string[] = [];
    return {
        asked,
        ask: (name: string) => {
            asked.push(name);
            const answer = known[name] ?? "ENOTFOUND";
            return typeof answer === "string"
                ? Promise.reject(Object.assign(new Error(`queryNs ${answer} ${name}`), { code: answer }))
                : Promise.resolve(answer);
        },
    };
}

describe("the question whether a zone is delegated", () => {
    it("is one for the zone's name servers, which are compared with Route 53's", async () => {
        const { ask, asked } = dns({ "shop.example.com": ["ns-1.awsdns-01.com"] });
        assert.equal((await delegationOf("shop.example.com", OWN, ask)).kind, "delegated");
        assert.deepEqual(asked, ["shop.example.com"]);
    });

    it("is answered by no where the name is not there, or has no name servers", async () => {
        const { ask } = dns({ "example.com": "ENODATA", com: ["a.gtld-servers.net"] });
        assert.equal((await delegationOf("shop.example.com", OWN, ask)).kind, "not delegated");
        assert.equal((await delegationOf("example.com", OWN, ask)).kind, "not delegated");
    });

    it("is not answered by a network that knows no names of the world, or whose DNS fails", async () => {
        const closed = await delegationOf("example.com", OWN, dns({}).ask);
        assert.equal(closed.kind, "unknown");
        assert.match(closed.message, /this network's DNS does not know com either/);
        for (const code of ["ETIMEOUT", "ECONNREFUSED", "ESERVFAIL"]) {
            const failed = await delegationOf("example.com", OWN, dns({ "example.com": code }).ask);
            assert.equal(failed.kind, "unknown");
            assert.match(failed.message, new RegExp(code));
        }
    });

    it("stops an update before anything is made where the answer is no", async () => {
        const { ask } = dns({ com: ["a.gtld-servers.net"] });
        await assert.rejects(requireDelegation("shop.com", OWN, ask), (error: unknown) => {
            assert.ok(pulumi.RunError.isInstance(error));
            assert.match(error.message, /^fargate:domain\.zone: nobody finds shop\.com, since /);
            return true;
        });
        await requireDelegation("shop.com", OWN, dns({ "shop.com": OWN }).ask);
    });

    it("stops none where nobody knows, which is said", async () => {
        const lines: string[] = [];
        const { warn } = console;
        console.warn = (line: string) => void lines.push(line);
        try {
            await requireDelegation("example.com", OWN, dns({ "example.com": "ETIMEOUT" }).ask);
        } finally {
            console.warn = warn;
        }
        assert.match(lines.join("\n"), /Whether the world finds the zone example\.com is not known: .*ETIMEOUT/);
    });
});

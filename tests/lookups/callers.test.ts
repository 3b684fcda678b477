import assert from "node:assert/strict";
import type { Caller } from "../../model/callers";
import type { Call } from "../../tools/inventory/recorder";
import { Given, WEB } from "../support/given";
import { NAT, STATE, found, refused } from "./found";

const LISTS: Readonly<Record<string, string>> = {
    "com.amazonaws.global.cloudfront.origin-facing": "pl-0123456789abcdef0",
    offices: "pl-0123456789abcdef1",
};
const PREFIX_LIST = "aws:ec2/getManagedPrefixList:getManagedPrefixList";
const lists = (addressFamily = "IPv4"): Record<string, Call> => ({
    [PREFIX_LIST]: ({ id, name }) => {
        const [known = "", list] = Object.entries(LISTS).find(one => one[0] === name || one[1] === id) ?? [];
        if (list === undefined) throw new Error("reading EC2 Managed Prefix List: empty result");
        return { id: list, name: known, addressFamily, maxEntries: 0 };
    },
});
const callers = async (loadBalancer: Given | undefined, more: Given = {}): Promise<readonly Caller[]> =>
    (await found({ ...NAT, loadBalancer, ...more }, lists())).callers;

describe("whose connections the load balancer takes", () => {
    it("is everybody's, the VPC's where it is internal, and nobody's where there is none", async () => {
        assert.deepEqual(await callers(undefined), [{ cidr: "0.0.0.0/0" }]);
        assert.deepEqual(await callers({ internal: true }), [{ cidr: "10.20.0.0/16" }]);
        assert.deepEqual(await callers(undefined, { services: { worker: { ...WEB, route: undefined } } }), []);
    });

    it("is that of blocks as they are written, and of prefix lists by the ids that their names stand for", async () => {
        const found = await callers({
            allowCidrs: ["203.0.113.0/24"],
            allowPrefixLists: ["com.amazonaws.global.cloudfront.origin-facing", "pl-0123456789abcdef1"],
        });
        assert.deepEqual(
            found.map(({ cidr, list }) => cidr ?? list.id),
            ["203.0.113.0/24", "pl-0123456789abcdef0", "pl-0123456789abcdef1"],
        );
    });

    it("is refused for lists that are not there, are the same one, or hold no IPv4 blocks", async () => {
        const asks = (...allowPrefixLists: string[]) => ({ ...NAT, loadBalancer: { allowPrefixLists } });
        await refused(asks("warehouses"), lists(), [
            "fargate:loadBalancer.allowPrefixLists: warehouses was not found. Allowed: names or ids of prefix lists of AWS, of this account or shared with it, in this region " +
                "(aws ec2 describe-managed-prefix-lists). AWS or the registry said: reading EC2 Managed Prefix List: empty result. Nothing was created.",
        ]);
        await refused(asks("offices", "pl-0123456789abcdef1"), lists(), [
            "fargate:loadBalancer.allowPrefixLists[1]: found pl-0123456789abcdef1, which is pl-0123456789abcdef1, as offices is. Allowed: each list once.",
            "Nothing was created.",
        ]);
        await refused({ ...asks("pl-0123456789abcdef0"), firewall: {} }, lists(), [
            "fargate:loadBalancer.allowPrefixLists[0]: found pl-0123456789abcdef0, CloudFront's, beside a firewall. Allowed: a web ACL at CloudFront, which sees who asks, " +
                "and fargate:firewall: { off: <why there is none here> }: here all requests come from CloudFront's addresses, which rateLimit would stop with everybody behind them.",
            "Nothing was created.",
        ]);
        await refused(asks("offices"), lists("IPv6"), [
            "fargate:loadBalancer.allowPrefixLists[0]: found pl-0123456789abcdef1, a list of IPv6 blocks. Allowed: lists of IPv4 blocks: the load balancer has no other address.",
            "Nothing was created.",
        ]);
    });
});

describe("a load balancer that is to be internal", () => {
    const state = (outputs: object): Record<string, Call> => ({
        [STATE]: () => ({ outputs: { a: { type: "aws:lb/loadBalancer:LoadBalancer", outputs } } }),
    });
    const internal = { ...NAT, loadBalancer: { internal: true } };

    it("is another one, which AWS would leave beside the old one where that is protected: refused before", async () => {
        const next =
            "Next: bring the stack up with fargate:deletionProtection: false, then change this key, then take that key out again. Nothing was created.";
        const why = "Allowed: a change of one that is not protected, since AWS makes another one and the old one has to go.";
        await refused(internal, state({ internal: false, enableDeletionProtection: true }), [
            `fargate:loadBalancer.internal: found true, for a load balancer that is public and protected from deletion. ${why} ${next}`,
        ]);
        await refused(NAT, state({ internal: true, enableDeletionProtection: true }), [
            `fargate:loadBalancer.internal: found false, for a load balancer that is internal and protected from deletion. ${why} ${next}`,
        ]);
    });

    it("is left alone where nothing moves or nothing is protected", async () => {
        await found(internal, state({ internal: false, enableDeletionProtection: false }));
        await found(internal, state({ internal: true, enableDeletionProtection: true }));
        await found(NAT, state({ internal: false, enableDeletionProtection: true }));
        await found(
            { ...NAT, services: { worker: { ...WEB, route: undefined } } },
            state({ internal: true, enableDeletionProtection: true }),
        );
    });
});

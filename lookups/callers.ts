import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Caller } from "../model/callers";
import type { ReachedList } from "../model/connections";
import type { Settings } from "../settings";
import { PREFIX_LIST_ID } from "../settings/forms";
import { allowedCidrs } from "../settings/load-balancer";
import { allOf, notFound } from "./not-found";

const KEY = "fargate:loadBalancer.allowPrefixLists";

/**
 * Whose connections the load balancer takes; none where there is no load balancer.
 *
 * @throws pulumi.RunError that lists which prefix lists are not there, and which ones AWS would refuse in the middle of an update.
 */
export async function allowedCallers(settings: Settings, options: pulumi.InvokeOptions): Promise<readonly Caller[]> {
    if (settings.services.every(({ route }) => route === undefined)) return [];
    const named = settings.loadBalancer?.allowPrefixLists ?? [];
    const lists = await allOf(named.map(list => listOf(list, options)));
    const problems = lists.flatMap(({ id, addressFamily }, index) => {
        const told = (found: string, allowed: string) => [`${KEY}[${index}]: found ${found}. Allowed: ${allowed}.`];
        const first = lists.findIndex(other => other.id === id);
        if (first < index) return told(`${named[index] ?? ""}, which is ${id}, as ${named[first] ?? ""} is`, "each list once");
        if (addressFamily !== "IPv4")
            return told(
                `${id}, a list of ${addressFamily} blocks`,
                "lists of IPv4 blocks: the load balancer has no other address",
            );
        return [];
    });
    if (problems.length > 0) throw new pulumi.RunError([...problems, "Nothing was created."].join("\n"));
    return [...allowedCidrs(settings).map(cidr => ({ cidr })), ...lists.map(list => ({ list }))];
}

async function listOf(list: string, options: pulumi.InvokeOptions): Promise<ReachedList> {
    const question = PREFIX_LIST_ID.test(list) ? { id: list } : { name: list };
    const { id, name, addressFamily, maxEntries } = await aws.ec2
        .getManagedPrefixList(question, options)
        .catch((error: unknown) => {
            const allowed =
                "names or ids of prefix lists of AWS, of this account or shared with it, in this region (aws ec2 describe-managed-prefix-lists)";
            throw notFound(KEY, list, allowed, error);
        });
    return { id, name, addressFamily, maxEntries };
}

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CLOUDFRONT, Caller, FIREWALL_AT_CLOUDFRONT, callerRules } from "../model/callers";
import type { ReachedList } from "../model/connections";
import { OWN_NAME, logicalName } from "../model/names";
import type { Settings } from "../settings";
import { PREFIX_LIST_ID } from "../settings/forms";
import { allowedCidrs } from "../settings/load-balancer";
import { allOf, notFound } from "./not-found";
import { stateResources } from "./state";

const CALLER_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
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
    const problems = lists.flatMap(({ id, name, addressFamily }, index) => {
        const told = (found: string, allowed: string) => [`${KEY}[${index}]: found ${found}. Allowed: ${allowed}.`];
        const first = lists.findIndex(other => other.id === id);
        if (first < index) return told(`${named[index] ?? ""}, which is ${id}, as ${named[first] ?? ""} is`, "each list once");
        if (addressFamily !== "IPv4")
            return told(
                `${id}, a list of ${addressFamily} blocks`,
                "lists of IPv4 blocks: the load balancer has no other address",
            );
        if (CLOUDFRONT.test(name) && settings.firewall !== undefined)
            return told(`${id}, CloudFront's, beside a firewall`, FIREWALL_AT_CLOUDFRONT);
        return [];
    });
    if (problems.length > 0) throw new pulumi.RunError([...problems, "Nothing was created."].join("\n"));
    return [...allowedCidrs(settings).map(cidr => ({ cidr })), ...lists.map(list => ({ list }))];
}

/**
 * Rules of the load balancer's group that go with this update, each with the list that it names. None where no rule comes: new ones are made first.
 */
export async function leavingCallers(
    callers: readonly Caller[],
    isHttps: boolean,
    options: pulumi.InvokeOptions,
): Promise<readonly (ReachedList | undefined)[]> {
    if (callers.length === 0) return [];
    const wanted = callerRules(callers, isHttps).map(({ end }) => logicalName.callerRule(OWN_NAME.loadBalancer, end));
    const prefix = logicalName.callerRule(OWN_NAME.loadBalancer, "");
    const rules = (await stateResources())
        .map(({ type, urn, outputs }) => ({ type, name: urn.slice(urn.lastIndexOf("::") + 2), list: outputs["prefixListId"] }))
        .filter(({ type, name }) => type === CALLER_RULE && name.startsWith(prefix));
    if (wanted.every(name => rules.some(rule => rule.name === name))) return [];
    return allOf(
        rules
            .filter(({ name }) => !wanted.includes(name))
            // One that is shared no longer is in nobody's file either: it can go without being asked for.
            .map(({ list }) =>
                typeof list === "string" && list !== ""
                    ? listOf(list, options).catch(() => undefined)
                    : Promise.resolve(undefined),
            ),
    );
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

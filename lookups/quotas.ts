import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Caller } from "../model/callers";
import type { ReachedList } from "../model/connections";
import { GROUP_RULES_QUOTA, rulesOverDefault } from "../model/group-rules";
import { AWS_LIMIT } from "../model/limits";
import type { Settings } from "../settings";
import { tasksOf } from "../settings/tasks";
import { leavingCallers } from "./callers";

/**
 * Asks for the account's quota where a stack needs more than AWS's default. An account that does not tell is warned: what runs may have been allowed more.
 *
 * @throws pulumi.RunError where the account may have fewer.
 */
export async function requireQuotas(
    settings: Settings,
    { lists, callers }: { readonly lists: ReadonlyMap<string, ReachedList>; readonly callers: readonly Caller[] },
    options: pulumi.InvokeOptions,
): Promise<void> {
    const tasks = tasksOf(settings).map(({ task }) => task);
    const { network, services, domain } = settings;
    const isHttps = domain !== undefined;
    const leaving = await leavingCallers(callers, isHttps, options);
    const over = rulesOverDefault({ egress: network.egress, services, tasks, lists, callers, leaving, isHttps });
    if (over === undefined) return;
    const quota = { serviceCode: "vpc", quotaCode: GROUP_RULES_QUOTA };
    const found = await aws.servicequotas.getServiceQuota(quota, options).catch(() => undefined);
    if (found !== undefined && found.value >= over.rules) return;
    const going = over.leaving === undefined ? "" : `; ${over.leaving} of them go with this update, when the new ones have come`;
    const needed = `${over.rules} rules ${over.what}${going}`;
    const next = `${going === "" ? "" : "let in some of the new callers in an update of its own, then the others; or "}ask for more: aws service-quotas request-service-quota-increase --service-code vpc --quota-code ${GROUP_RULES_QUOTA} --desired-value ${over.rules}`;
    if (found === undefined)
        await pulumi.log.warn(
            `${needed}, and AWS does not say whether it allows them; its default is ${AWS_LIMIT.groupRules}. Where it does not, ${next}`,
        );
    else
        throw new pulumi.RunError(
            `fargate:${over.key}: found ${needed}. Allowed: ${found.value} in this account. Next: ${next}. Nothing was created.`,
        );
}

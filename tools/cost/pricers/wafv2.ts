import type { Graph } from "../../inventory/graph";
import { listOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { Priced, always } from "../quantities";
import type { Usage } from "../../../settings/usage";

/** A web ACL by itself, its rules and its requests. Rules in groups of one's own and paid managed groups are not looked into. */
export function priceWebAcl({ inputs }: Resource, _: Graph, { requestsPerMonth }: Usage): Priced[] {
    const rules = listOf(inputs["rules"]).length;
    return [
        {
            service: "AWS WAF",
            what: `web ACL with ${rules} rules`,
            quantities: [
                { key: "wafAclMonth", part: "fixed", quantity: always(1), assumes: [] },
                { key: "wafRuleMonth", part: "fixed", quantity: always(rules), assumes: [] },
                {
                    key: "wafPerMillionRequests",
                    part: "usage",
                    quantity: always(requestsPerMonth / 1_000_000),
                    assumes: ["requestsPerMonth"],
                },
            ],
        },
    ];
}

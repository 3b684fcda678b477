import { AWS_LIMIT } from "./limits";

/** What decides how many rules the groups that services share have. */
export interface SharedGroups {
    readonly egress: string;
    /** Whether each service has a route. */
    readonly services: readonly { readonly route?: unknown }[];
}

/** AWS's code of the quota, in Service Quotas of `vpc`. */
export const GROUP_RULES_QUOTA = "L-0EA8095F";

/** Rules in one direction of a shared group, where they are more than every account may have; each service brings one. */
export function rulesOverDefault({
    egress,
    services,
}: SharedGroups): { readonly rules: number; readonly what: string } | undefined {
    const outwards = {
        rules: services.filter(({ route }) => route !== undefined).length,
        what: "outwards in the load balancer's security group",
    };
    const inwards = {
        rules: egress === "endpoints" ? services.length : 0,
        what: "inwards in the security group of the VPC endpoints",
    };
    const most = inwards.rules > outwards.rules ? inwards : outwards;
    return most.rules > AWS_LIMIT.groupRules ? most : undefined;
}

import { OWN_NAME } from "../../model/names";
import type { Resource } from "../inventory/resource";
import { EGRESS_RULE, INGRESS_RULE, SECURITY_GROUP, VPC_ENDPOINT } from "../inventory/types/ec2";

/** Traffic that security groups let through. */
export interface Arrow {
    readonly from: string;
    readonly to: string;
    /** `tcp 443`. */
    readonly traffic: string;
    /** A rule between two groups works only with its counterpart on the other group. */
    readonly isWhole: boolean;
}

const EVERYWHERE = "0.0.0.0/0";

/** The arrows that the declared rules amount to, nothing assumed. `idOf` names a resource as rules refer to it. */
export function traffic(resources: readonly Resource[], idOf: (type: string, name: string) => string): Arrow[] {
    const names = new Map(resources.map(({ urn, name }) => [urn, name]));
    const ownerOf = ({ parent = "", name }: Resource) => names.get(parent) ?? name;
    const owners = new Map(
        resources.filter(({ type }) => type === SECURITY_GROUP).map(group => [idOf(group.type, group.name), ownerOf(group)]),
    );
    const label = (id: unknown) => owners.get(String(id)) ?? String(id);
    const rules = (type: string) => resources.filter(resource => resource.type === type).map(({ inputs }) => inputs);
    const protocol = (rule: Resource["inputs"]) => `${String(rule["ipProtocol"])} ${String(rule["fromPort"])}`;
    const place = (rule: Resource["inputs"]) => {
        if (rule["referencedSecurityGroupId"] !== undefined) return label(rule["referencedSecurityGroupId"]);
        if (rule["prefixListId"] !== undefined) return gatewayOf(rule["prefixListId"] as string);
        return rule["cidrIpv4"] === EVERYWHERE ? "internet" : String(rule["cidrIpv4"]);
    };
    const endpoints = resources.filter(({ type }) => type === VPC_ENDPOINT);
    const gatewayOf = (prefixListId: string) => {
        const endpoint = endpoints.find(({ type, name }) => prefixListId.startsWith(idOf(type, name)));
        const service = endpoint?.inputs["serviceName"] as string | undefined;
        return service === undefined ? prefixListId : `${service.split(".").pop() ?? ""} gateway`;
    };
    const inwards = rules(INGRESS_RULE).map(rule => ({
        from: place(rule),
        to: label(rule["securityGroupId"]),
        traffic: protocol(rule),
        rule,
    }));
    const outwards = rules(EGRESS_RULE).map(rule => ({
        from: label(rule["securityGroupId"]),
        to: place(rule),
        traffic: protocol(rule),
        rule,
    }));

    const keyOf = ({ from, to, traffic: what }: Omit<Arrow, "isWhole">) => [from, to, what].join("\0");
    const [inwardKeys, outwardKeys] = [new Set(inwards.map(keyOf)), new Set(outwards.map(keyOf))];
    // Of a group of others the rules are not known.
    const needsBoth = (rule: Resource["inputs"]) =>
        [rule["securityGroupId"], rule["referencedSecurityGroupId"]].every(id => owners.has(String(id)));
    const arrows = [
        ...inwards.map(({ rule, ...arrow }) => ({
            ...arrow,
            isWhole: !needsBoth(rule) || outwardKeys.has(keyOf(arrow)),
        })),
        ...outwards.map(({ rule, ...arrow }) => ({
            ...arrow,
            isWhole: !needsBoth(rule) || inwardKeys.has(keyOf(arrow)),
        })),
    ];
    const own = new Set(owners.values());
    const first = new Map(arrows.toReversed().map(arrow => [keyOf(arrow), arrow]));
    return arrows.filter(arrow => first.get(keyOf(arrow)) === arrow).sort((a, b) => order(a, own) - order(b, own));
}

/** From the outside in, then from the tasks outwards. */
function order({ from, to }: Arrow, own: ReadonlySet<string>): number {
    if (!own.has(from)) return 0;
    return !own.has(to) ? 3 : from === OWN_NAME.loadBalancer ? 1 : 2;
}

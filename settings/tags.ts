import type { Finding } from "./problems";
import type { Context, Rule } from "./check";

/** Limits that AWS would tell of only in the middle of an update. */

/** Tags that the program sets itself: deploy roles are bound to the first two. */
const OWN_TAGS = ["project", "stack", "service", "managed-by", "name"];

/** AWS's limit for a resource is 50. */
const MOST_TAGS = 50 - OWN_TAGS.length;

const nothing: readonly Finding[] = [];

function tags({ settings }: Context): readonly Finding[] {
    const names = Object.keys(settings.tags);
    const findings: Finding[] = names.flatMap((name, index) => {
        const at = { path: ["tags", name], found: name };
        const lower = name.toLowerCase();
        if (OWN_TAGS.includes(lower)) return [{ ...at, allowed: `another name: ${OWN_TAGS.join(", ")} are the program's own` }];
        if (lower.startsWith("aws:")) return [{ ...at, allowed: "a name that does not start with aws:, which is Amazon's" }];
        const isDouble = names.findIndex(other => other.toLowerCase() === lower) < index;
        return isDouble ? [{ ...at, allowed: "each name once: IAM knows no case" }] : [];
    });
    if (names.length > MOST_TAGS)
        findings.push({
            path: ["tags"],
            found: `${names.length} tags`,
            allowed: `at most ${MOST_TAGS}, beside the program's own`,
        });
    return findings;
}

function certificateRegion({ settings: { domain, region } }: Context): readonly Finding[] {
    const arn = domain?.certificateArn;
    if (arn === undefined || arn.split(":")[3] === region) return nothing;
    return [
        {
            path: ["domain", "certificateArn"],
            found: arn,
            allowed: `a certificate in ${region}, the load balancer's region`,
            because: [["aws:region"]],
        },
    ];
}

function idsOnce({ settings: { network } }: Context): readonly Finding[] {
    if (network.kind !== "existing") return nothing;
    return (["publicSubnetIds", "privateSubnetIds", "privateRouteTableIds"] as const).flatMap(key =>
        network[key].flatMap((id, index) =>
            network[key].indexOf(id) < index
                ? [{ path: ["network", key, String(index)], found: id, allowed: "each id once" }]
                : [],
        ),
    );
}

/** Services are named beside the program's own components. */
const OWN_NAMES = ["certificate", "cluster", "endpoints", "load-balancer", "network"];

function ownNames({ settings: { services } }: Context): readonly Finding[] {
    return services
        .filter(({ name }) => OWN_NAMES.includes(name))
        .map(({ name }) => ({
            path: ["services", name],
            found: `the name ${name}`,
            allowed: `another name: ${OWN_NAMES.join(", ")} are the program's own`,
        }));
}

export const LIMIT_RULES: readonly Rule[] = [tags, certificateRegion, idsOnce, ownNames];

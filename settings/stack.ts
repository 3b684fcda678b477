import { SERVICE_NAME, stackPrefix } from "../model/names";
import { conditions, rulePriority } from "../model/routes";
import { BOUNDARY_RULES } from "./boundary";
import { LIMIT_RULES } from "./tags";
import { Finding, suggest } from "./problems";
import type { Context, Rule } from "./check";
import { SERVICE_RULES } from "./service-checks";

export const RULES: readonly Rule[] = [
    stackName,
    anyService,
    eachService,
    sameRoute,
    imagesOfServices,
    domainForm,
    https,
    twoZones,
    zonesOfRegion,
    endpointZones,
    existingEndpoints,
    ...LIMIT_RULES,
    ...BOUNDARY_RULES,
];

const nothing: readonly Finding[] = [];

function anyService({ settings }: Context): readonly Finding[] {
    if (settings.services.length > 0) return nothing;
    return [
        {
            path: ["services"],
            found: "nothing",
            allowed: "one service at least, by name: web: { build: { context: ./app } }",
            because: [["services"]],
        },
    ];
}

function eachService(context: Context): readonly Finding[] {
    return context.settings.services.flatMap(service =>
        SERVICE_RULES.flatMap(rule => rule(service, context, (...keys) => ["services", service.name, ...keys])),
    );
}

function stackName({ settings }: Context): readonly Finding[] {
    if (SERVICE_NAME.test(stackPrefix(settings))) return nothing;
    return [
        {
            path: ["pulumi:stack"],
            found: stackPrefix(settings),
            allowed: "a project and a stack named with lower-case letters, digits and hyphens",
        },
    ];
}

function sameRoute({ settings }: Context): readonly Finding[] {
    const routed = settings.services.flatMap(({ name, route }) => (route === undefined ? [] : [{ name, route }]));
    return routed.flatMap(({ name, route }, index) =>
        routed.slice(0, index).flatMap(other => {
            const because = [
                ["services", name, "route"],
                ["services", other.name, "route"],
            ];
            if (JSON.stringify(sorted(conditions(route))) === JSON.stringify(sorted(conditions(other.route)))) {
                return [
                    {
                        path: ["services", name, "route"],
                        found: `the route of ${other.name}`,
                        allowed: "a host or path of its own",
                        because,
                    },
                ];
            }
            if (rulePriority(name, route) !== rulePriority(other.name, other.route)) return [];
            const found = `priority ${rulePriority(name, route)}, which ${other.name} has too`;
            return [
                {
                    path: ["services", name, "route", "priority"],
                    found,
                    allowed: "another route.priority for one of the two",
                    because,
                },
            ];
        }),
    );
}

function sorted({ hosts, paths }: ReturnType<typeof conditions>): unknown {
    return [[...hosts].sort(), [...paths].sort()];
}

function imagesOfServices({ parsed }: Context): readonly Finding[] {
    const known = Object.keys(parsed.services);
    return Object.keys(parsed.images)
        .filter(name => !known.includes(name))
        .map(name => ({
            path: ["images", name],
            found: "a service that does not exist",
            allowed: suggest(name, known),
            because: [["services", name]],
        }));
}

function domainForm({ parsed }: Context): readonly Finding[] {
    const { domain } = parsed;
    if (domain === undefined) return nothing;
    if (domain.zone !== undefined && domain.certificateArn !== undefined)
        return [{ path: ["domain"], found: "zone and certificateArn", allowed: "one of the two" }];
    if (domain.zone === undefined && domain.certificateArn === undefined) {
        return [
            {
                path: ["domain"],
                found: "neither zone nor certificateArn",
                allowed: "zone: <public Route 53 zone>, or certificateArn",
                because: [
                    ["domain", "zone"],
                    ["domain", "certificateArn"],
                ],
            },
        ];
    }
    if (domain.zone === undefined || domain.name === domain.zone || domain.name.endsWith(`.${domain.zone}`)) return nothing;
    return [{ path: ["domain", "name"], found: domain.name, allowed: `${domain.zone} or a name below it` }];
}

function https({ settings, parsed }: Context): readonly Finding[] {
    const isRouted = settings.services.some(service => service.route !== undefined);
    if (settings.profile !== "production" || !isRouted || settings.domain !== undefined || parsed.allowHttp) return nothing;
    return [
        {
            path: ["domain"],
            found: "nothing",
            allowed: "{ name, zone } or { name, certificateArn }: production speaks HTTPS; or allowHttp: true",
            because: [["allowHttp"]],
        },
    ];
}

function twoZones({ settings: { network, services } }: Context): readonly Finding[] {
    if (!services.some(service => service.route !== undefined)) return nothing;
    const allowed = "two zones at least, a demand of Application Load Balancers";
    if (network.kind === "created" && network.zoneCount < 2)
        return [{ path: ["network", "zones"], found: `${network.zoneCount}`, allowed, because: [["network", "zones"]] }];
    if (network.kind === "existing" && network.publicSubnetIds.length < 2) {
        const place = ["network", "publicSubnetIds"];
        return [{ path: place, found: `${network.publicSubnetIds.length}`, allowed, because: [place] }];
    }
    return nothing;
}

function zonesOfRegion({ settings: { network, region } }: Context): readonly Finding[] {
    if (network.kind !== "created") return nothing;
    const zones = network.zones ?? [];
    return zones.flatMap((zone, index) => {
        const at = { path: ["network", "zones", String(index)], found: zone, because: [["aws:region"]] };
        if (!zone.startsWith(region)) return [{ ...at, allowed: `a zone of ${region}` }];
        return zones.indexOf(zone) < index ? [{ ...at, allowed: "each zone once" }] : [];
    });
}

function endpointZones({ parsed: { network }, settings }: Context): readonly Finding[] {
    const limit = settings.network.kind === "created" ? settings.network.zoneCount : settings.network.privateSubnetIds.length;
    if (network.endpointZones === undefined || network.endpointZones <= limit) return nothing;
    return [
        {
            path: ["network", "endpointZones"],
            found: String(network.endpointZones),
            allowed: `at most ${limit}, the number of zones`,
            because: [
                ["network", "zones"],
                ["network", "privateSubnetIds"],
            ],
        },
    ];
}

function existingEndpoints({ settings: { network } }: Context): readonly Finding[] {
    if (network.kind !== "existing" || network.egress !== "endpoints" || network.privateRouteTableIds.length > 0) return nothing;
    const place = ["network", "privateRouteTableIds"];
    return [
        {
            path: place,
            found: "nothing",
            allowed: "the route tables of the private subnets, for the S3 gateway endpoint",
            because: [place],
        },
    ];
}

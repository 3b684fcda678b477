import { endpointServiceName, endpointServices, endpointShortName } from "../../../model/endpoints";
import { GivenNetwork, onePerZone, problemsOf } from "../../../model/given-network";
import { parseImageReference } from "../../../model/image-reference";
import { placeOf } from "../../../settings/named-network";
import { containersOf, tasksOf } from "../../../settings/tasks";
import { textOf } from "../../inventory/inputs";
import { SECURITY_GROUP, VPC_ENDPOINT } from "../../inventory/types/ec2";
import { SERVICE } from "../../inventory/types/ecs";
import { LOAD_BALANCER } from "../../inventory/types/elb";
import { addressFindings } from "../addresses";
import type { Check, Finding, OwnResource, Subject } from "../check";
import { FoundNetwork, FoundSubnet, foundNetwork } from "../found-network";
import { GivenIds, givenIds } from "../given-ids";
import { pathFindings } from "../path-findings";
import { tasksNeeded } from "../vcpus";

/** A network that exists, with what the stack does in it. */
interface Place {
    readonly subject: Subject;
    readonly own: readonly OwnResource[];
    readonly ids: GivenIds;
    readonly network: FoundNetwork;
    readonly publicSubnets: readonly FoundSubnet[];
    readonly privateSubnets: readonly FoundSubnet[];
    readonly perZone: readonly FoundSubnet[];
    readonly isBalanced: boolean;
    readonly isInternal: boolean;
}

export const network: Check = {
    name: "network",
    asks: "of a VPC that is given: whether the subnets are its own, in zones with Fargate, and have free addresses for all tasks; and whether tasks have a way to each API that they need, or the stack's endpoints have room",
    run: async subject => {
        const { network: told } = subject.settings;
        if (told.kind === "created") return [];
        const ids = await givenIds(subject);
        if (ids === undefined)
            return [
                { status: "skipped", found: "what the names under fargate:network stand for is looked up by the first update" },
            ];
        const at = told.kind === "existing" ? "fargate:network" : `fargate:network.${placeOf(told)}`;
        const found = await foundNetwork(ids, subject);
        const lost =
            found === undefined
                ? [missing(`${at}.vpcId`, ids.vpcId, "the id of a VPC of this account and region")]
                : lostIn(ids, found, at);
        if (found === undefined || lost.length > 0)
            return told.kind === "existing"
                ? lost
                : // Names are looked up anew, and may stand for others by now.
                  lost.map(one => ({ ...one, status: "warning", found: `${one.found}, which the last update used` }));
        const place = placeIn(subject, ids, found, await subject.own());
        const problems = [
            ...problemsOf(asGiven(place, at)).map((one): Finding => ({
                status: "failure",
                found: `${one.place}: ${one.found}`,
                fix: one.allowed,
            })),
            ...zoneFindings(place),
            ...freeFindings(place, at),
            ...(ids.egress === "endpoints" ? conflicts(place) : [...waysToApis(place), ...waysToImages(place)]),
        ];
        return problems.length > 0 ? problems : [fine(place)];
    },
};

function missing(key: string, found: string, allowed: string): Finding {
    return { status: "failure", found: `${key}: ${found} was not found`, fix: allowed };
}

function lostIn(ids: GivenIds, { subnets, tables }: FoundNetwork, at: string): readonly Finding[] {
    const lost = (
        key: "publicSubnetIds" | "privateSubnetIds" | "privateRouteTableIds",
        noun: string,
        some: readonly { readonly id: string }[],
    ) =>
        ids[key]
            .filter(id => !some.some(one => one.id === id))
            .map(id => missing(`${at}.${key}`, id, `ids of ${noun} of this account and region`));
    return [
        ...lost("publicSubnetIds", "subnets", subnets),
        ...lost("privateSubnetIds", "subnets", subnets),
        ...lost("privateRouteTableIds", "route tables", tables),
    ];
}

function placeIn(subject: Subject, ids: GivenIds, found: FoundNetwork, own: readonly OwnResource[]): Place {
    const named = (some: readonly string[]) => some.flatMap(id => found.subnets.find(one => one.id === id) ?? []);
    const privateSubnets = named(ids.privateSubnetIds);
    const isBalanced = subject.declared.ofType(LOAD_BALANCER).length > 0;
    const isInternal = subject.settings.loadBalancer?.internal === true;
    const publicSubnets = isBalanced && !isInternal ? named(ids.publicSubnetIds) : [];
    const perZone = onePerZone(privateSubnets);
    return { subject, own, ids, network: found, publicSubnets, privateSubnets, perZone, isBalanced, isInternal };
}

function asGiven(
    { ids, network: found, publicSubnets, privateSubnets, perZone, isBalanced, isInternal }: Place,
    at: string,
): GivenNetwork {
    const { vpcId, egress, privateRouteTableIds } = ids;
    const wanted = egress === "endpoints" ? privateRouteTableIds : [];
    return {
        ...{ at, vpcId, egress, vpc: found.vpc, publicSubnets, privateSubnets },
        balanced: isBalanced && isInternal ? perZone : [],
        privateRouteTables: wanted.flatMap(id => found.tables.find(table => table.id === id) ?? []),
    };
}

function zoneFindings({ subject, own, network: found, publicSubnets, perZone }: Place): readonly Finding[] {
    // A firewall may stand between a subnet and the internet gateway.
    const isInspected = ({ way }: FoundSubnet["table"]) => way.kind === "everywhere" && /^(vpce|eni)-/.test(way.through);
    const unreached = publicSubnets.filter(({ table }) => !table.isPublic && !isInspected(table));
    // AWS asks for no route, so that one that is there already stops no update.
    const isThere = own.some(({ type }) => type === LOAD_BALANCER) || found.sharedBy !== undefined;
    return [
        ...(subject.settings.profile === "production" && perZone.length === 1
            ? [
                  {
                      status: "warning" as const,
                      found: `all private subnets are in ${perZone[0]?.zone ?? ""}: with that zone all tasks are gone`,
                      fix: "subnets of two zones",
                  },
              ]
            : []),
        ...unreached.map(({ id, table }): Finding => ({
            status: isThere ? "warning" : "failure",
            found: `${id} is no public subnet: ${table.id} has no default route to an internet gateway, which a load balancer on the internet needs`,
            fix: "public subnets, or fargate:loadBalancer: { internal: true }",
        })),
    ];
}

function freeFindings({ subject, own, ids, publicSubnets, privateSubnets, perZone, isBalanced, isInternal }: Place, at: string) {
    const { declared, settings } = subject;
    const needsBalancer = isBalanced && !own.some(({ type }) => type === LOAD_BALANCER);
    const isInterface = (properties: Readonly<Record<string, unknown>>) => properties["vpcEndpointType"] === "Interface";
    const made = own.filter(({ type, outputs }) => type === VPC_ENDPOINT && isInterface(outputs ?? {})).length;
    const endpoints = Math.max(0, declared.ofType(VPC_ENDPOINT).filter(({ inputs }) => isInterface(inputs)).length - made);
    const all = tasksNeeded(settings);
    // The fewest tasks of a service that runs have their addresses already, and a rollout goes on as old ones end.
    const isNew = ({ name }: { readonly name: string }) =>
        !own.some(({ type, urn }) => type === SERVICE && urn.endsWith(`::${name}`));
    const { least } = tasksNeeded({ services: settings.services.filter(isNew), jobs: [] });
    const tasks = { least, most: Math.max(all.least, all.most - (all.least - least)) };
    const noTasks = { least: 0, most: 0 };
    const doors = perZone.slice(0, ids.endpointZones);
    return [
        ...publicSubnets.flatMap(subnet =>
            addressFindings(
                subnet,
                { tasks: noTasks, taskSubnets: 0, endpoints: 0, isBalanced: needsBalancer },
                `${at}.publicSubnetIds`,
            ),
        ),
        ...privateSubnets.flatMap(subnet =>
            addressFindings(
                subnet,
                {
                    tasks,
                    taskSubnets: privateSubnets.length,
                    endpoints: doors.includes(subnet) ? endpoints : 0,
                    isBalanced: needsBalancer && isInternal && perZone.includes(subnet),
                },
                `${at}.privateSubnetIds`,
            ),
        ),
    ];
}

/** What the stack's tasks reach, as EC2 calls it. */
function apisOf({ services, jobs, region }: Subject["settings"]): readonly string[] {
    const { interfaces = [], gateways = [] } = endpointServices("endpoints", [...services, ...jobs]) ?? {};
    return [
        ...interfaces.map(name => endpointServiceName("Interface", name, region)),
        ...gateways.map(name => endpointServiceName("Gateway", name, region)),
    ];
}

function waysToApis({ subject, own, network: found, privateSubnets }: Place): readonly Finding[] {
    const ofTasks = own.filter(({ type, urn }) => type === SECURITY_GROUP && /fargate:index:(Service|Job)\$/.test(urn));
    const groups = new Set(ofTasks.map(({ outputs }) => textOf(outputs?.["id"])));
    // Of a subnet that is public it is told already that tasks have no way out.
    const closed = privateSubnets.filter(({ table }) => !table.isPublic);
    return pathFindings(apisOf(subject.settings), closed, found, groups);
}

/** Images that are not in ECR come from the internet. */
function waysToImages({ subject, privateSubnets }: Place): readonly Finding[] {
    const closed = privateSubnets.filter(({ table }) => table.way.kind === "none" && !table.isPublic);
    if (closed.length === 0) return [];
    const images = tasksOf(subject.settings)
        .flatMap(containersOf)
        .flatMap(({ container: { image } }) => (image === undefined ? [] : [image]));
    const elsewhere = [...new Set(images)].filter(image => parseImageReference(image)?.ecr === undefined);
    return elsewhere.map(image => ({
        status: "failure",
        found: `no way to the registry of ${image} from ${closed.map(({ id }) => id).join(", ")}: there is no default route`,
        fix: "a default route to a NAT gateway there, or the image in this account's ECR",
    }));
}

/** Endpoints of others in the VPC, beside which AWS takes none of the stack's. */
function conflicts({ subject, own, ids, network: found }: Place): readonly Finding[] {
    const ours = new Set(own.filter(({ type }) => type === VPC_ENDPOINT).map(({ outputs }) => textOf(outputs?.["id"])));
    const others = found.endpoints.filter(({ id }) => !ours.has(id));
    return subject.declared.ofType(VPC_ENDPOINT).flatMap(({ inputs }): Finding[] => {
        const service = textOf(inputs["serviceName"]);
        const isGateway = inputs["vpcEndpointType"] !== "Interface";
        const isInTheWay = (one: FoundNetwork["endpoints"][number]) =>
            one.service === service &&
            one.isGateway === isGateway &&
            (isGateway ? one.tables.some(id => ids.privateRouteTableIds.includes(id)) : one.isPrivateDns);
        const other = others.find(isInTheWay);
        if (other === undefined) return [];
        const why = isGateway ? "is on the private route tables" : "has private DNS";
        return [
            {
                status: "failure",
                found: `${endpointShortName(service)}: ${other.id} ${why} already, and is not the stack's: AWS takes no second one`,
                fix: "fargate:network.egress: existing, which uses what is there; or delete that one",
            },
        ];
    });
}

function fine({ subject, ids, publicSubnets, privateSubnets, perZone }: Place): Finding {
    const free = [...publicSubnets, ...privateSubnets].reduce((least, one) => Math.min(least, one.free), Infinity);
    const count = publicSubnets.length + privateSubnets.length;
    const zones = perZone.length === 1 ? "1 zone" : `${perZone.length} zones`;
    const ways =
        ids.egress === "endpoints"
            ? "no endpoint in the way"
            : `a way to ${apisOf(subject.settings).map(endpointShortName).join(", ")}`;
    return {
        status: "ok",
        found: `${ids.vpcId}: ${count} ${count === 1 ? "subnet" : "subnets"} in ${zones}, ${free} free addresses or more in each; ${ways}`,
    };
}

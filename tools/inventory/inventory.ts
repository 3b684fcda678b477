import { indexed } from "./graph";
import program from "../../index";
import type { Caller } from "../../model/callers";
import type { ReachedList } from "../../model/connections";
import { GroupRules, rulesOverDefault } from "../../model/group-rules";
import { parseImageReference } from "../../model/image-reference";
import { serviceName } from "../../model/names";
import { VpcSpec, vpcChildren } from "./awsx-vpc";
import { PROJECT_FOLDER, Settings, settingsOf } from "../../settings";
import { allowedCidrs } from "../../settings/load-balancer";
import { tasksOf } from "../../settings/tasks";
import { DeclaredResource, Resource, fromRecorded } from "./resource";
import { Call, Recorded, idOf, record } from "./recorder";
import { StackFiles, readStackFiles } from "../cli/stack-files";
import { standInIds } from "./named-network";
import { AWSX_VPC, VPC } from "./types/ec2";

/** What a stack declares, as far as what judges it needs to know. */
export interface Declared {
    readonly settings: Settings;
    readonly resources: readonly Resource[];
}

/** What `pulumi up` would create for a stack that does not exist yet, worked out without network, account, Docker and Pulumi CLI. */
export interface Inventory extends Declared {
    /** Parents before their children. */
    readonly resources: readonly DeclaredResource[];
    readonly outputs: Readonly<Record<string, unknown>>;
    /** What stands in for something that only AWS knows, by the sentence. */
    readonly guesses: readonly string[];
}

/** Stands for the digest of a tag, which only a registry can tell. */
const NO_DIGEST = `sha256:${"0".repeat(64)}`;

/** Stands for the account, which only credentials can tell. */
const ACCOUNT = "000000000000";

/**
 * Runs the real program with a stack's real configuration under mocks.
 *
 * @param files by default those of this project
 * @param of by default this project's
 */
export async function inventory(
    stack: string,
    files: StackFiles = readStackFiles(PROJECT_FOLDER, stack),
    of: typeof program = program,
): Promise<Inventory> {
    const settings = settingsOf(files.config, files);
    const guesses = new Set<string>();
    const calls = answers(settings, guess => guesses.add(guess));
    const { resources, outputs } = await record(() => of(), { ...files, calls });
    const { overridden = {} } = outputs as { readonly overridden?: Readonly<Record<string, readonly string[]>> };
    const declared = fromRecorded(resources.flatMap(withChildren)).map(resource => {
        const properties = overridden[`${resource.type} ${resource.name}`];
        return properties === undefined ? resource : { ...resource, overridden: properties };
    });
    return {
        settings,
        outputs,
        resources: inTreeOrder(declared),
        guesses: [...guesses].sort(),
    };
}

/** AWS's answers before a first deployment: names exist, the stack's own repositories do not. */
function answers(settings: Settings, guess: (sentence: string) => void): Record<string, Call> {
    return {
        ...reached(settings, guess),
        "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: ACCOUNT }),
        "aws:index/getAvailabilityZones:getAvailabilityZones": () => {
            const names = ["a", "b", "c"].map(letter => `${settings.region}${letter}`);
            guess(`zones: the first of ${names.join(", ")}, since fargate:network.zones names none; AWS may choose others`);
            return { names, zoneIds: names };
        },
        ...givenNetwork(settings, guess),
        "aws:servicequotas/getServiceQuota:getServiceQuota": () => {
            const { rules = 0, what = "" } = declaredGroupRules(settings) ?? {};
            guess(
                `${rules} rules ${what}: more than AWS's default; at deployment AWS is asked whether this account may have them`,
            );
            return { value: rules };
        },
        "aws:cloudwatch/getLogGroups:getLogGroups": () => ({ logGroupNames: [] }),
        "aws:route53/getZone:getZone": ({ name }) => ({ zoneId: `zone of ${String(name)}` }),
        "aws:ecr/getAuthorizationToken:getAuthorizationToken": () => ({
            proxyEndpoint: "https://ecr",
            userName: "AWS",
            password: "at deployment",
        }),
        "aws:ecr/getImage:getImage": ({ repositoryName, imageTag, imageDigest }) => {
            const own = settings.services
                .filter(({ build }) => build !== undefined)
                .map(({ name }) => serviceName(settings, name));
            if (own.includes(String(repositoryName)) && imageTag !== undefined)
                throw new Error("RepositoryNotFoundException: not found");
            return { imageDigest: imageDigest ?? unresolved(String(imageTag)) };
        },
        "docker:index/getRegistryImage:getRegistryImage": ({ name }) => ({
            sha256Digest: unresolved(parseImageReference(String(name))?.tag ?? ""),
        }),
    };
    function unresolved(tag: string): string {
        guess(`image tag ${tag}: zeros stand for its digest, which is looked up at deployment`);
        return NO_DIGEST;
    }
}

/** The most rules of a group in one direction, where they are more than every account may have, and prefix lists are what they are taken to be. */
export function declaredGroupRules(settings: Settings): GroupRules | undefined {
    const { network, services } = settings;
    const tasks = tasksOf(settings).map(({ task }) => task);
    return rulesOverDefault({ egress: network.egress, services, tasks, lists: new Map(), ...standInCallers(settings) });
}

/** What tasks reach beside AWS, taken to be where they reach it; in a VPC that is made, as after the update that makes it. */
function reached(settings: Settings, guess: (sentence: string) => void): Record<string, Call> {
    const isMade = settings.network.kind === "created";
    const vpcId = takenVpc(settings) ?? "vpc of the stack";
    const state = isMade ? { vpc: { type: VPC, outputs: { id: vpcId } } } : {};
    const when = "at deployment AWS is asked";
    return {
        "pulumi:pulumi:readStackResourceOutputs": () => ({ outputs: state }),
        "aws:ec2/getSecurityGroup:getSecurityGroup": ({ id }) => {
            const already = isMade ? " already, which a first update would refuse" : "";
            guess(`security group ${String(id)}: taken to be in the tasks' VPC${already}; ${when}`);
            return { vpcId };
        },
        "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ id, name }) => {
            const list = standInList(String(id ?? name));
            guess(
                `prefix list ${list.id}: taken to exist, ${list.maxEntries === 1 ? "with one entry" : "as AWS has it"}; ${when}`,
            );
            return { ...list };
        },
    };
}

/** A list of AWS's own, or one of an entry; one that is known by its name has that in the place of its id. */
function standInList(known: string): ReachedList {
    return { id: known, name: known, addressFamily: "IPv4", maxEntries: known.startsWith("com.amazonaws.") ? 0 : 1 };
}

function standInCallers(settings: Settings): { readonly callers: readonly Caller[]; readonly isHttps: boolean } {
    const { allowPrefixLists = [] } = settings.loadBalancer ?? {};
    const callers = [
        ...allowedCidrs(settings).map(cidr => ({ cidr })),
        ...allowPrefixLists.map(known => ({ list: standInList(known) })),
    ];
    return { callers, isHttps: settings.domain !== undefined };
}

/** The id that a VPC that exists is taken to have; undefined for one that is made. */
function takenVpc({ network, profile }: Settings): string | undefined {
    if (network.kind === "created") return undefined;
    return network.kind === "existing" ? network.vpcId : standInIds({ profile }, network)[network.names.vpcId[0] ?? ""];
}

/** A VPC that exists already, as its configuration takes it to be. */
function givenNetwork(settings: Settings, guess: (sentence: string) => void): Record<string, Call> {
    const { network } = settings;
    if (network.kind === "created") return {};
    const values = network.kind === "named" ? standInIds(settings, network) : {};
    const vpcId = takenVpc(settings) ?? "";
    const [table = "rtb-main"] =
        network.kind === "named" ? network.names.privateRouteTableIds.map(name => values[name]) : network.privateRouteTableIds;
    const asked = (where: string) => guess(`network: stand-ins for the ids in ${where}, which are looked up at deployment`);
    return {
        "aws:cloudformation/getExport:getExport": ({ name }) => {
            asked("CloudFormation exports");
            return { value: values[String(name)] };
        },
        "pulumi:pulumi:readStackOutputs": ({ name }) => {
            asked(`the outputs of ${String(name)}`);
            return { outputs: values, secretOutputNames: [] };
        },
        "aws:ec2/getVpc:getVpc": () => ({
            enableDnsHostnames: true,
            enableDnsSupport: true,
            mainRouteTableId: table,
        }),
        "aws:ec2/getSubnet:getSubnet": ({ id }) => {
            guess(`subnets: parts of ${vpcId}, each in a zone of its own; at deployment AWS is asked, and takes one a zone`);
            return { vpcId, availabilityZone: id, availabilityZoneId: id, cidrBlock: "" };
        },
        "aws:ec2/getRouteTables:getRouteTables": () => ({ ids: [] }),
        "aws:ec2/getRouteTable:getRouteTable": () => ({ vpcId, routes: [] }),
    };
}

/** The children of an awsx VPC, which come from a plugin and not from the program. */
function withChildren(resource: Recorded): Recorded[] {
    if (resource.type !== AWSX_VPC) return [resource];
    const { cidrBlock, availabilityZoneNames, subnetSpecs, natGateways } = resource.inputs;
    const spec = {
        name: resource.name,
        cidrBlock,
        zones: availabilityZoneNames,
        subnets: subnetSpecs,
        natStrategy: (natGateways as { strategy: unknown }).strategy,
    };
    const urns = new Map<string, string>();
    const children = vpcChildren(spec as VpcSpec).map(({ type, name, parent, inputs }): Recorded => {
        const above = (parent && urns.get(idOf(parent.type, parent.name))) ?? resource.urn;
        const urn = above.replace(/::[^:]*$/, `$${type}::${name}`);
        urns.set(idOf(type, name), urn);
        return { ...resource, urn, type, name, parent: above, isComponent: false, inputs, dependencies: [above] };
    });
    return [resource, ...children];
}

/** Resources by the URN of their parent, in the order they were declared in; under `undefined` those without a parent among them. */
export function byParent<T extends Resource>(resources: readonly T[]): ReadonlyMap<string | undefined, readonly T[]> {
    const known = new Set(resources.map(({ urn }) => urn));
    return indexed(resources, ({ parent }) => [parent !== undefined && known.has(parent) ? parent : undefined]);
}

/** Depth first, siblings in the order they were declared in. */
function inTreeOrder<T extends Resource>(resources: readonly T[]): T[] {
    const children = byParent(resources);
    const below = (parent: string | undefined): T[] =>
        (children.get(parent) ?? []).flatMap(resource => [resource, ...below(resource.urn)]);
    return below(undefined);
}

import { GROUP_RULES_QUOTA } from "../../../model/group-rules";
import { declaredGroupRules } from "../../inventory/inventory";
import { EIP, VPC, VPC_ENDPOINT } from "../../inventory/types/ec2";
import { SERVICE } from "../../inventory/types/ecs";
import type { Check, Finding, Subject } from "../check";
import { findingOf } from "../obstacle";
import { Load, Quota, headRoom } from "../quota";
import { Allowed, allowedOf } from "../quota-value";
import { tasksNeeded, vcpusOf } from "../vcpus";

/** A quota, and how to learn how much of it is needed; nothing where the stack needs none. */
interface Asked extends Quota {
    readonly load: (subject: Subject, allowed: Allowed) => Promise<Load | undefined>;
}

export const quotas: Check = {
    name: "quotas",
    asks: "whether the account's quotas have room for the stack: Fargate vCPUs on demand and on Spot at its most tasks, VPCs, elastic IP addresses, interface endpoints, network interfaces, rules of a security group",
    run: async subject => {
        const findings = (await Promise.all(QUOTAS.map(quota => asked(quota, subject)))).flat();
        const good = findings.filter(({ status }) => status === "ok").map(({ found }) => found);
        const others = findings.filter(({ status }) => status !== "ok");
        return good.length === 0 ? others : [...others, { status: "ok", found: good.join(", ") }];
    },
};

const QUOTAS: readonly Asked[] = [
    {
        ...{ service: "fargate", code: "L-3032A538", what: "Fargate vCPUs on demand" },
        load: (subject, allowed) => tasks(vcpusOf(subject.settings).onDemand, subject, allowed),
    },
    {
        ...{ service: "fargate", code: "L-36FBB829", what: "Fargate vCPUs on Spot" },
        load: (subject, allowed) => tasks(vcpusOf(subject.settings).spot, subject, allowed),
    },
    {
        ...{ service: "vpc", code: "L-F678F1CE", what: "VPCs" },
        load: subject => made(subject, VPC, () => true, countVpcs),
    },
    {
        ...{ service: "ec2", code: "L-0263D0A3", what: "elastic IP addresses" },
        load: subject => made(subject, EIP, () => true, countAddresses),
    },
    {
        ...{ service: "vpc", code: "L-29B6F2EB", what: "interface endpoints of the VPC" },
        load: subject => made(subject, VPC_ENDPOINT, ({ vpcEndpointType }) => vpcEndpointType === "Interface", countEndpoints),
    },
    {
        ...{ service: "vpc", code: "L-DF5E4CA3", what: "network interfaces of the region" },
        load: interfaces,
    },
    {
        ...{ service: "vpc", code: GROUP_RULES_QUOTA, what: "rules of a security group in one direction" },
        load: ({ settings }) => {
            const rules = declaredGroupRules(settings)?.rules;
            return Promise.resolve(rules === undefined ? undefined : { need: { least: rules, most: rules }, used: 0 });
        },
    },
];

async function asked(quota: Asked, subject: Subject): Promise<readonly Finding[]> {
    const { aws, signal } = subject;
    try {
        const allowed = allowedOf(quota, aws);
        const load = await quota.load(subject, allowed);
        return load === undefined ? [] : [headRoom(quota, load, await allowed.value(), subject.settings.region)];
    } catch (error) {
        const { found, ...rest } = findingOf(error, signal, await aws.obstacle());
        return [{ ...rest, found: `${quota.what}: ${found}` }];
    }
}

/** What runs now and is not the stack's own: that has its fewest tasks at least. */
async function tasks(need: Load["need"], { own }: Subject, allowed: Allowed): Promise<Load | undefined> {
    if (need.most === 0) return undefined;
    const isDeployed = (await own()).some(({ type }) => type === SERVICE);
    const inUse = (await allowed.inUse()) ?? 0;
    return { need, used: Math.max(0, inUse - (isDeployed ? need.least : 0)) };
}

/** What the update would make beside what is there. Its own that are there already are needed no second time. */
async function made(
    subject: Subject,
    type: string,
    counts: (inputs: Readonly<Record<string, unknown>>) => boolean,
    count: (subject: Subject) => Promise<number>,
): Promise<Load | undefined> {
    const declared = subject.declared.ofType(type).filter(({ inputs }) => counts(inputs)).length;
    const own = (await subject.own()).filter(one => one.type === type && counts(one.outputs ?? {})).length;
    const need = declared - own;
    if (need <= 0) return undefined;
    return { need: { least: need, most: need }, used: await count(subject) };
}

/** One a task: those of endpoints and the load balancer are few beside them, and counted once they are there. */
async function interfaces({ settings, own, aws }: Subject): Promise<Load> {
    const { least, most } = tasksNeeded(settings);
    const { paginateDescribeNetworkInterfaces } = await import("@aws-sdk/client-ec2");
    const pages = paginateDescribeNetworkInterfaces({ client: await aws.ec2(), pageSize: 1000 }, {});
    const used = await counted(pages, ({ NetworkInterfaces }) => NetworkInterfaces);
    const isDeployed = (await own()).some(({ type }) => type === SERVICE);
    return { need: { least, most }, used: Math.max(0, used - (isDeployed ? least : 0)) };
}

async function countVpcs({ aws }: Subject): Promise<number> {
    const { paginateDescribeVpcs } = await import("@aws-sdk/client-ec2");
    return counted(paginateDescribeVpcs({ client: await aws.ec2() }, {}), ({ Vpcs }) => Vpcs);
}

async function countAddresses({ aws }: Subject): Promise<number> {
    const { DescribeAddressesCommand } = await import("@aws-sdk/client-ec2");
    const { Addresses = [] } = await (await aws.ec2()).send(new DescribeAddressesCommand({}));
    return Addresses.length;
}

/** In the VPC that the stack is given; in one of its own there are its own alone. */
async function countEndpoints({ aws, settings, own }: Subject): Promise<number> {
    const { network } = settings;
    const made = network.kind === "created" ? (await own()).find(({ type }) => type === VPC)?.outputs?.["id"] : undefined;
    const vpcId = network.kind === "existing" ? network.vpcId : made;
    if (typeof vpcId !== "string") return 0;
    const { paginateDescribeVpcEndpoints } = await import("@aws-sdk/client-ec2");
    const Filters = [
        { Name: "vpc-id", Values: [vpcId] },
        { Name: "vpc-endpoint-type", Values: ["Interface"] },
    ];
    return counted(paginateDescribeVpcEndpoints({ client: await aws.ec2() }, { Filters }), ({ VpcEndpoints }) => VpcEndpoints);
}

async function counted<T>(pages: AsyncIterable<T>, of: (page: T) => readonly unknown[] | undefined): Promise<number> {
    let count = 0;
    for await (const page of pages) count += of(page)?.length ?? 0;
    return count;
}

import assert from "node:assert/strict";
import { Call } from "../../tools/inventory/recorder";
import { SECRET, WEB } from "../support/given";
import { NAT, STATE, found, refused } from "./found";

const GROUP = "sg-0123456789abcdef0";
const LIST = "pl-0123456789abcdef0";
const ELSEWHERE = "vpc-0123456789abcdef9";
const HOME = "vpc-0123456789abcdef0";
const KEY = "fargate:services.web.outbound[0]";
const web = (...outbound: object[]) => ({ services: { web: { ...WEB, outbound } } });
const toGroup = { ...NAT, ...web({ port: 6379, securityGroupId: GROUP }) };
const toList = (port = 443) => web({ port, prefixListId: LIST });

const groupIn =
    (vpcId: string): Call =>
    inputs => {
        assert.deepEqual(inputs, { id: GROUP });
        return { vpcId };
    };
/** What AWS says: the group's VPC, those that are peered, and the stack's own, which may be none yet. */
const answers = (home: string, { peers = [], own }: { peers?: string[]; own?: string } = {}): Record<string, Call> => ({
    "aws:ec2/getSecurityGroup:getSecurityGroup": groupIn(home),
    "aws:ec2/getVpcPeeringConnections:getVpcPeeringConnections": ({ filters }) => {
        const [vpc, status] = filters as { name: string; values: string[] }[];
        assert.deepEqual([vpc?.values, status], [[HOME], { name: "status-code", values: ["active"] }]);
        return { ids: vpc?.name === "accepter-vpc-info.vpc-id" ? peers : [] };
    },
    "aws:ec2/getVpcPeeringConnection:getVpcPeeringConnection": ({ id }) => ({ vpcId: id, peerVpcId: HOME }),
    [STATE]: () => ({ outputs: own === undefined ? {} : { vpc: { type: "aws:ec2/vpc:Vpc", outputs: { id: own } } } }),
});
const list = (changes: object = {}): Record<string, Call> => ({
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": () => ({
        name: "offices",
        addressFamily: "IPv4",
        maxEntries: 5,
        ...changes,
    }),
});
const ZONES = { network: { zones: ["ap-northeast-2a", "ap-northeast-2b"] } };

describe("a group that tasks reach", () => {
    it("is in their VPC, or in one that is peered with it", async () => {
        await found(toGroup, answers(HOME, { own: HOME }));
        await found(toGroup, answers(ELSEWHERE, { own: HOME, peers: [ELSEWHERE] }));
    });

    it("of another VPC is refused before anything is made", async () => {
        await refused(toGroup, answers(ELSEWHERE, { own: HOME }), [
            `${KEY}.securityGroupId: found ${GROUP}, which is in ${ELSEWHERE}. Allowed: groups of ${HOME}, the tasks' VPC, and of VPCs with an active peering connection to it.`,
            "Nothing was created.",
        ]);
    });

    it("is refused in the update that makes the VPC, with the next step", async () => {
        await refused(toGroup, answers(ELSEWHERE), [
            `${KEY}.securityGroupId: found ${GROUP}, which is in ${ELSEWHERE}. Allowed: groups of the tasks' VPC, which this update is yet to make, so that no group is in it: ` +
                "bring the stack up without it, put what it reaches into that VPC or peer the two, and add it then; or name a VPC that exists under fargate:network.",
            "Nothing was created.",
        ]);
    });

    it("that does not exist is told with the key that names it, a database's too", async () => {
        const absent = {
            "aws:ec2/getSecurityGroup:getSecurityGroup": () => {
                throw new Error(`no matching EC2 Security Group found: ${GROUP}`);
            },
        };
        const told = (key: string) =>
            `${key}.securityGroupId: ${GROUP} was not found. Allowed: ids of security groups of this account and region. ` +
            `AWS or the registry said: no matching EC2 Security Group found: ${GROUP}. Nothing was created.`;
        await refused(toGroup, absent, [told(KEY)]);
        const database = { secretArn: SECRET, port: 5432, securityGroupId: GROUP };
        const services = { web: { ...WEB, database } };
        await refused({ ...NAT, services }, absent, [told("fargate:services.web.database")]);
    });
});

describe("a prefix list that tasks reach", () => {
    it("is one of IPv4", async () => {
        await found({ ...NAT, ...toList() }, list());
        await refused({ ...NAT, ...toList() }, list({ addressFamily: "IPv6" }), [
            `${KEY}.prefixListId: found ${LIST}, a list of IPv6 blocks. Allowed: lists of IPv4 blocks: tasks have no IPv6 address.`,
            "Nothing was created.",
        ]);
    });

    it("is none that a gateway endpoint serves already", async () => {
        const s3 = list({ name: "com.amazonaws.ap-northeast-2.s3", maxEntries: 0 });
        await refused({ ...ZONES, ...toList() }, s3, [
            /no such entry: tasks reach it through its gateway endpoint/,
            "Nothing was created.",
        ]);
        await found({ ...NAT, ...toList() }, s3);
        await found({ ...ZONES, ...toList(80) }, s3);
        await found({ ...ZONES, ...toList() }, list({ name: "com.amazonaws.ap-northeast-2.s3express", maxEntries: 0 }));
    });

    it("counts as many rules as it may have entries", async () => {
        await refused(
            { ...NAT, ...toList() },
            { ...list({ maxEntries: 60 }), "aws:servicequotas/getServiceQuota:getServiceQuota": () => ({ value: 60 }) },
            [/^fargate:services: found 61 rules outwards in the security group of web's tasks, .* Allowed: 60 in this account/],
        );
    });
});

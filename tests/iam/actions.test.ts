import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { previewActions, updateActions } from "../../iam/actions";
import { LIMITS, LOOKS, OPERATIONS, SERVICES } from "../../iam/services";
import { PROJECT_FOLDER } from "../../settings";
import { inventory } from "../../tools/inventory/inventory";
import { StackFiles, readStackFiles } from "../../tools/cli/stack-files";
import { CERTIFICATE, parameters } from "../support/given";
import { sample } from "../support/sample";
import { keysOf, referenceOf, scopeOf, typeArnOf } from "./requests";

const TYPES = SERVICES.flatMap(({ types }) => Object.keys(types));
const LOOK_UPS = SERVICES.flatMap(({ lookUps }) => Object.keys(lookUps));

/** Look-ups that need no permission. */
const NO_PERMISSION = [
    // Service authorization reference, AWS STS.
    "aws:index/getCallerIdentity:getCallerIdentity",
    // Public registries only, without a login.
    "docker:index/getRegistryImage:getRegistryImage",
];

/** Types of a stack's resources that a provider calls AWS for. */
async function typesOf(files: StackFiles, changes: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
    const changed = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, JSON.stringify(value)]));
    const { resources } = await inventory(files.stack, { ...files, config: { ...files.config, ...changed } });
    const custom = resources.filter(({ isComponent, type }) => !isComponent && !type.startsWith("pulumi:"));
    return [...new Set(custom.map(({ type }) => type))].sort();
}

/** Parts that development leaves off, and a job of every kind of resource. */
const JOBS = {
    "fargate:alarms": { email: ["ops@example.com"] },
    "fargate:budget": { monthlyUsd: 500 },
    "fargate:encryption": { customerKey: true },
    "fargate:dashboard": true,
    "fargate:jobs": { nightly: { of: "web", command: ["a"], cron: "@daily" } },
};
/** Of a stack with a domain. */
const CERTIFIED = { "fargate:loadBalancer": { certificateArns: [CERTIFICATE] } };
const FIREWALL = { "fargate:firewall": { blockCidrs: ["203.0.113.0/24"] } };
const LOGS = { "fargate:flowLogs": true, "fargate:loadBalancer": { accessLogs: true } };
const SCALED = {
    "fargate:services": {
        web: {
            build: { context: "./app" },
            scaling: { steps: [{ cpuPercent: 80, add: 1 }], schedules: [{ cron: "@daily", min: 2 }] },
        },
    },
};

/** The text of a source file, or of all in a folder. */
function sourcesBelow(name: string): string[] {
    const place = path.join(PROJECT_FOLDER, name);
    if (name.endsWith(".ts")) return [readFileSync(place, "utf8")];
    return readdirSync(place).map(file => readFileSync(path.join(place, file), "utf8"));
}

describe("the IAM actions of the stacks' resource types", () => {
    for (const stack of ["dev", "prod"]) {
        it(`are known for every type that ${stack} declares`, async () => {
            const unknown = (await typesOf(readStackFiles(PROJECT_FOLDER, stack))).filter(type => !TYPES.includes(type));
            assert.deepEqual(unknown, [], "add to iam/services/*.ts what the provider calls for it");
        });
    }

    it("are kept for types that some stack can declare, and no others", async () => {
        const nat = { "fargate:network": { zones: ["ap-northeast-2a", "ap-northeast-2c"], egress: "nat" } };
        const all = [
            ...(await typesOf(sample("dev"))),
            ...(await typesOf(sample("dev"), nat)),
            ...(await typesOf(sample("prod"), CERTIFIED)),
            ...(await typesOf(sample("dev"), JOBS)),
            ...(await typesOf(sample("dev"), SCALED)),
            ...(await typesOf(sample("dev"), FIREWALL)),
            ...(await typesOf(sample("dev"), {
                "fargate:services": { web: { build: { context: "./app" }, secrets: parameters(60) } },
            })),
        ];
        assert.deepEqual(
            TYPES.filter(type => !all.includes(type)),
            [],
        );
        assert.equal(new Set(TYPES).size, TYPES.length, "one service holds a type");
    });

    it("are known for everything that the program looks up, and nothing else", () => {
        const sources = ["index.ts", "program", "lookups", "components"].flatMap(sourcesBelow);
        const calls = sources.flatMap(text => [...text.matchAll(/\b(aws|docker)\.(?:(\w+)\.)?(get[A-Z]\w*?)(?:Output)?\(/g)]);
        const tokens = calls.map(([, pack = "", module = "index", name = ""]) => `${pack}:${module}/${name}:${name}`);
        assert.deepEqual([...new Set(tokens)].sort(), [...LOOK_UPS, ...NO_PERMISSION].sort());
    });

    it("exist in AWS's service authorization reference", () => {
        for (const action of updateActions(true)) assert.ok(referenceOf(action));
    });

    it("are reads in AWS's words where a preview calls them", () => {
        const others = previewActions(true).filter(action => !["Read", "List"].includes(referenceOf(action).access));
        assert.deepEqual(others, []);
    });

    it("are fewer for a stack without a domain", () => {
        const plain = updateActions(false);
        assert.deepEqual(
            updateActions(true).filter(action => !plain.includes(action)),
            [
                "acm:AddTagsToCertificate",
                "acm:DeleteCertificate",
                "acm:DescribeCertificate",
                "acm:ListTagsForCertificate",
                "acm:RemoveTagsFromCertificate",
                "acm:RequestCertificate",
                "route53:ChangeResourceRecordSets",
                "route53:GetChange",
                "route53:GetHostedZone",
                "route53:ListHostedZones",
                "route53:ListHostedZonesByName",
                "route53:ListResourceRecordSets",
                "route53:ListTagsForResource",
            ],
        );
    });

    it("depend on a domain exactly for the types that dev, which has none, lacks", async () => {
        const dev = await typesOf(sample("dev"), { ...JOBS, ...FIREWALL, ...LOGS });
        const nat = ["aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"];
        const scaling = ["policy:Policy", "scheduledAction:ScheduledAction", "target:Target"].map(
            type => `aws:appautoscaling/${type}`,
        );
        const large = ["aws:iam/policy:Policy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
        const certified = ["aws:lb/listenerCertificate:ListenerCertificate"];
        assert.deepEqual(
            TYPES.filter(type => !dev.includes(type) && ![...nat, ...scaling, ...large, ...certified].includes(type)).sort(),
            SERVICES.flatMap(({ needsDomain, types }) => (needsDomain ? Object.keys(types) : [])).sort(),
        );
    });
});

describe("the limits of actions", () => {
    const used = new Set(updateActions(true));
    const made = scopeOf("dev");
    const given = {
        ...made,
        networks: [{ vpcId: "vpc-1", subnetIds: ["subnet-1"], routeTableIds: ["rtb-1"] }],
        securityGroups: ["sg-1"],
        exec: true,
        internal: true,
        subnets: { own: ["subnet-1"], others: [] },
    };
    const all = [...LIMITS, ...LOOKS, ...OPERATIONS];
    const withResources = all.map(limit => ({ ...limit, arns: [...new Set([made, given].flatMap(limit.on))] }));

    it("limit every action that a stack needs, and none that no stack needs", () => {
        const limited = new Set(LIMITS.flatMap(({ actions }) => actions));
        assert.deepEqual([...limited].sort(), [...used].sort());
    });

    it("give `*` only to actions that know no resource", () => {
        const wide = withResources.filter(({ arns }) => arns.includes("*")).flatMap(({ actions }) => actions);
        assert.deepEqual(
            wide.filter(action => Object.keys(referenceOf(action).on).length > 0),
            // Of a key that is not there yet; those that are there are kept from it (tests/iam/deploy.test.ts).
            ["kms:TagResource"],
        );
    });

    it("name resources of the types that AWS authorizes their actions on, and of no others", () => {
        const isOf = (arn: string, action: string) => {
            const types = Object.keys(referenceOf(action).on).map(type => typeArnOf(action, type));
            const example = arn.replaceAll("*", "x/x/x/x");
            return arn.endsWith(":*") && types.length > 0
                ? true
                : types.some(type => new RegExp(`^${type.replaceAll(/\$\{\w+\}/g, ".*")}$`).test(example));
        };
        for (const { sid, actions, arns } of withResources.filter(limit => !limit.arns.includes("*"))) {
            for (const action of actions)
                assert.ok(
                    arns.some(arn => isOf(arn, action)),
                    `${sid}: ${action} is never on these`,
                );
            for (const arn of arns)
                assert.ok(
                    actions.some(action => isOf(arn, action)),
                    `${sid}: no action is on ${arn}`,
                );
        }
    });

    it("ask for conditions that AWS knows for each of their actions", () => {
        const own = /^(?:(aws:RequestTag|aws:ResourceTag)\/|(kms:EncryptionContext:))/;
        for (const { sid, actions, when } of all)
            for (const keys of [made, given].flatMap(scope => Object.values(when?.(scope) ?? {})))
                for (const key of Object.keys(keys).filter(one => one !== "aws:RequestedRegion"))
                    for (const action of actions) {
                        const [, tag, context] = own.exec(key) ?? [];
                        const wanted = tag ?? context ?? key;
                        assert.ok(keysOf(action).includes(wanted), `${sid}: ${action} knows no ${key}`);
                    }
    });

    it("are one statement where several services add to them, with the actions in one order", () => {
        const rows = SERVICES.flatMap(({ limits }) => limits);
        const shared = LIMITS.filter(({ sid }) => rows.filter(row => row.sid === sid).length > 1);
        assert.deepEqual(
            shared.map(({ sid }) => sid),
            ["ReadNetwork", "ReadInRegion"],
        );
        for (const { sid, actions } of shared)
            assert.deepEqual(actions, rows.flatMap(row => (row.sid === sid ? row.actions : [])).sort());
    });

    it("have names of their own, as IAM wants them", () => {
        for (const limits of [LIMITS, LOOKS, OPERATIONS]) assert.equal(new Set(limits.map(({ sid }) => sid)).size, limits.length);
        assert.deepEqual(
            all.map(({ sid }) => sid).filter(sid => !/^[A-Za-z0-9]+$/.test(sid)),
            [],
        );
    });
});

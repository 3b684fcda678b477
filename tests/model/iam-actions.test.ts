import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { DOMAIN_TOKENS, LOOKUP_ACTIONS, TYPE_ACTIONS, previewActions, updateActions } from "../../model/iam-actions";
import { RULES } from "../../model/iam-roles";
import { PROJECT_FOLDER } from "../../settings";
import { inventory } from "../../tools/inventory";
import { readStackFiles } from "../../tools/stack-files";
import { REFERENCE, referenceOf, requestFor, scopeOf } from "../bootstrap/requests";

/** Types of a stack's resources that a provider calls AWS for. */
async function typesOf(stack: string, changes: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
    const files = readStackFiles(PROJECT_FOLDER, stack);
    const changed = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, JSON.stringify(value)]));
    const { resources } = await inventory(stack, { ...files, config: { ...files.config, ...changed } });
    const custom = resources.filter(({ isComponent, type }) => !isComponent && !type.startsWith("pulumi:"));
    return [...new Set(custom.map(({ type }) => type))].sort();
}

describe("the IAM actions of the stacks' resource types", () => {
    for (const stack of ["dev", "prod"]) {
        it(`are known for every type that ${stack} declares`, async () => {
            const unknown = (await typesOf(stack)).filter(type => !(type in TYPE_ACTIONS));
            assert.deepEqual(unknown, [], "add to model/iam-actions-*.ts what the provider calls for it");
        });
    }

    it("are kept for types that some stack can declare, and no others", async () => {
        const nat = { "fargate:network": { zones: ["ap-northeast-2a", "ap-northeast-2c"], egress: "nat" } };
        const all = [...(await typesOf("dev")), ...(await typesOf("dev", nat)), ...(await typesOf("prod"))];
        assert.deepEqual(
            Object.keys(TYPE_ACTIONS).filter(type => !all.includes(type)),
            [],
        );
    });

    it("are known for everything that the program looks up, and nothing else", () => {
        const folders = [PROJECT_FOLDER, path.join(PROJECT_FOLDER, "components")];
        const files = folders.flatMap(folder => readdirSync(folder).map(name => path.join(folder, name)));
        const sources = files.filter(name => name.endsWith(".ts")).map(name => readFileSync(name, "utf8"));
        const calls = sources.flatMap(text => [...text.matchAll(/\b(aws|docker)\.(?:(\w+)\.)?(get[A-Z]\w*?)(?:Output)?\(/g)]);
        const tokens = calls.map(([, pack = "", module = "index", name = ""]) => `${pack}:${module}/${name}:${name}`);
        assert.deepEqual([...new Set(tokens)].sort(), Object.keys(LOOKUP_ACTIONS).sort());
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
                "route53:ListResourceRecordSets",
                "route53:ListTagsForResource",
            ],
        );
        for (const token of DOMAIN_TOKENS) assert.ok(token in TYPE_ACTIONS || token in LOOKUP_ACTIONS, token);
    });

    it("depend on a domain exactly for the types that dev, which has none, lacks", async () => {
        const dev = await typesOf("dev");
        const nat = ["aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"];
        const scaling = ["aws:appautoscaling/policy:Policy", "aws:appautoscaling/target:Target"];
        assert.deepEqual(
            Object.keys(TYPE_ACTIONS)
                .filter(type => !dev.includes(type) && !nat.includes(type) && !scaling.includes(type))
                .sort(),
            DOMAIN_TOKENS.filter(token => token in TYPE_ACTIONS).sort(),
        );
    });
});

describe("the rules on actions", () => {
    const used = new Set(updateActions(true));
    const scope = scopeOf("dev");
    /** Of the services that a stack uses beside ECS, which the requests of the tests name. */
    const OTHERS = ["aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing", "aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService", "fargate/web", "fargate/api"];

    it("rule every action that a stack needs, and none that no stack needs", () => {
        const ruled = new Set(RULES.flatMap(({ actions }) => actions));
        assert.deepEqual([...ruled].sort(), [...used].sort());
    });

    it("give `*` only to actions that know no resource", () => {
        const wide = RULES.filter(({ on }) => on(scope).includes("*")).flatMap(({ actions }) => actions);
        assert.deepEqual(
            wide.filter(action => Object.keys(referenceOf(action).on).length > 0),
            [],
        );
    });

    it("name resources that AWS authorizes their actions on, and no others", () => {
        const isLike = (arn: string, pattern: string) =>
            pattern === "*" || new RegExp(`^${pattern.replace(/[.+?]/g, "\\$&").replaceAll("*", ".*")}$`).test(arn);
        for (const { sid, actions, on } of RULES) {
            const patterns = on(scopeOf("dev"));
            const touched = actions.map(action => ({ action, arns: requestFor(action, "dev").resources.map(({ arn }) => arn) }));
            for (const { action, arns } of touched)
                assert.ok(patterns.some(pattern => arns.some(arn => isLike(arn, pattern))), `${sid}: ${action} is never on these`);
            const idle = patterns.filter(pattern => !touched.some(({ arns }) => arns.some(arn => isLike(arn, pattern))));
            assert.deepEqual(idle.filter(arn => !OTHERS.includes(arn.split("/").slice(1).join("/"))), [], `${sid} names what no action is on`);
        }
    });

    it("ask for conditions that AWS knows for each of their actions", () => {
        const own = /^(aws:RequestTag|aws:ResourceTag)\//;
        for (const { sid, actions, when } of RULES)
            for (const keys of Object.values(when?.(scope) ?? {}))
                for (const key of Object.keys(keys).filter(one => one !== "aws:RequestedRegion"))
                    for (const action of actions) {
                        const { keys: ofAction, on } = referenceOf(action);
                        const service = action.split(":", 1)[0] ?? "";
                        const ofTypes = Object.keys(on).flatMap(type => REFERENCE.types[`${service}:${type}`]?.keys ?? []);
                        const wanted = own.exec(key)?.[1] ?? key;
                        assert.ok([...ofAction, ...ofTypes].includes(wanted), `${sid}: ${action} knows no ${key}`);
                    }
    });

    it("have names of their own, as IAM wants them", () => {
        const sids = RULES.map(({ sid }) => sid);
        assert.equal(new Set(sids).size, sids.length);
        assert.deepEqual(
            sids.filter(sid => !/^[A-Za-z0-9]+$/.test(sid)),
            [],
        );
    });
});

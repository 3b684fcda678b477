import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { DECLARED_TYPES, Overrides } from "../../components/overridden";
import program from "../../index";
import { overrides } from "../../overrides";
import { PROJECT_FOLDER } from "../../settings";
import { costOf } from "../../tools/cost/estimate";
import { pricesIn } from "../../tools/cost/prices/prices";
import { inventory } from "../../tools/inventory/inventory";
import { describePlan } from "../../tools/plan/text";
import { planOf } from "../../tools/plan/tree";
import { evaluate } from "../../tools/policy/evaluate";
import { overriddenSection } from "../../tools/review/overridden";
import { settings } from "../support/given";
import { sample } from "../support/sample";

const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";

/** What the sample dev declares with these overrides. */
const withOverrides = (given: Overrides) => inventory("dev", sample("dev"), () => program(() => given));

/** What a change ends with that is none, whatever the compiler was told. */
async function refusalOf(given: object, stack = "dev"): Promise<string> {
    const error: unknown = await inventory(stack, sample(stack), () => program(() => given)).catch((reason: unknown) => reason);
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    return error.message;
}

const LONGER: Overrides = { [LOAD_BALANCER]: { "load-balancer": args => ({ ...args, idleTimeout: 120 }) } };

type ArgsOf<Type extends keyof Overrides> = Parameters<NonNullable<Overrides[Type]>[string]>[0];
type Untyped = { [Type in keyof Overrides]-?: [ArgsOf<Type>] extends [never] ? Type : never }[keyof Overrides];

/** Checked by the compiler alone: every type has its class's arguments, and a value of another type is refused. */
export const isTyped: [Untyped] extends [never] ? true : false = true;
export const REFUSED: Overrides = {
    // @ts-expect-error seconds are a number
    [LOAD_BALANCER]: { "load-balancer": args => ({ ...args, idleTimeout: { seconds: 120 } }) },
};

describe("overrides", () => {
    it("are none as shipped", () => {
        assert.deepEqual(overrides(settings()), {});
    });

    it("that are none change nothing, outputs included", async () => {
        const plain = await inventory("dev", sample("dev"));
        const none = await withOverrides({});
        assert.deepEqual(none.resources, plain.resources);
        assert.deepEqual(none.outputs, plain.outputs);
    });

    it("change the arguments of one resource and no other, and say which", async () => {
        const plain = await inventory("dev", sample("dev"));
        const { resources, outputs } = await withOverrides(LONGER);
        const changed = resources.filter(({ overridden }) => overridden !== undefined);
        assert.deepEqual(
            changed.map(({ name, overridden, inputs }) => [name, overridden, inputs["idleTimeout"]]),
            [["load-balancer", ["idleTimeout"], 120]],
        );
        assert.deepEqual(
            resources.filter(resource => !changed.includes(resource)),
            plain.resources.filter(({ type }) => type !== LOAD_BALANCER),
        );
        assert.deepEqual(outputs["overridden"], { [`${LOAD_BALANCER} load-balancer`]: ["idleTimeout"] });
    });

    it("may write into what they are given, which is seen like any change and is nobody else's", async () => {
        const plain = await inventory("dev", sample("dev"));
        const { resources } = await withOverrides({
            [LOAD_BALANCER]: {
                "load-balancer": args => {
                    args.idleTimeout = 120;
                    return args;
                },
            },
            "aws:ec2/securityGroup:SecurityGroup": {
                "web-group": args => Object.assign(args, { tags: Object.assign(args.tags ?? {}, { owner: "network" }) }),
            },
        });
        const changed = resources.filter(({ overridden }) => overridden !== undefined);
        assert.deepEqual(changed.map(({ name, overridden }) => [name, overridden]).sort(), [
            ["load-balancer", ["idleTimeout"]],
            ["web-group", ["tags"]],
        ]);
        const others = (all: typeof resources) => all.filter(({ urn }) => !changed.some(one => one.urn === urn));
        assert.deepEqual(others(resources), others(plain.resources));
    });

    it("that change nothing are told as that, and are nothing to review", async () => {
        const found = await withOverrides({
            [LOAD_BALANCER]: { "load-balancer": args => ({ ...args }) },
            "aws:ec2/securityGroup:SecurityGroup": { "web-group": args => ({ ...args, tags: Object.assign({}, args.tags) }) },
        });
        assert.equal(describePlan(planOf(found)).match(/overridden in overrides\.ts: nothing/g)?.length, 2);
        assert.equal(overriddenSection(found.resources), undefined);
    });

    it("are shown in a plan and in a review", async () => {
        const found = await withOverrides(LONGER);
        assert.match(describePlan(planOf(found)), /load-balancer .*overridden in overrides\.ts: idleTimeout/);
        assert.equal(
            overriddenSection(found.resources)?.text,
            "lb.LoadBalancer load-balancer: overridden in overrides.ts: idleTimeout",
        );
        assert.equal(overriddenSection((await withOverrides({})).resources), undefined);
    });

    it("are judged by the policy like what components declare", async () => {
        const judged = async (given: Overrides) => {
            const { resources } = await withOverrides(given);
            return evaluate(resources, { profile: "development", exceptions: [], today: "2026-11-26" }).findings.map(
                ({ rule }) => rule,
            );
        };
        const before = await judged({});
        const after = await judged({
            "aws:ecr/repository:Repository": {
                "web-registry-repository": args => ({ ...args, imageScanningConfiguration: { scanOnPush: false } }),
            },
        });
        assert.ok(after.length > before.length, after.join());
    });

    it("count in estimates", async () => {
        const fargate = async (given: Overrides) => {
            const { resources, settings } = await withOverrides(given);
            const prices = pricesIn(settings.region) ?? assert.fail(settings.region);
            const { items } = costOf(resources, settings.usage, prices);
            return items.find(({ service }) => service === "AWS Fargate")?.monthly.expected ?? 0;
        };
        const twice = await fargate({ "aws:ecs/service:Service": { web: args => ({ ...args, desiredCount: 2 }) } });
        assert.equal(twice.toFixed(6), (2 * (await fargate({}))).toFixed(6));
    });

    it("of arguments that there are not, or that updates leave alone, are refused, and so is what returns none", async () => {
        const changing = (args: object) => ({ [LOAD_BALANCER]: { "load-balancer": () => args } });
        assert.equal(
            await refusalOf({ [LOAD_BALANCER]: { "load-balancer": (args: object) => ({ ...args, idleTimout: 120 }) } }),
            `overrides.ts: found idleTimout for load-balancer of type ${LOAD_BALANCER}. Allowed: an argument that it has, of which idleTimeout is the nearest.`,
        );
        for (const nothing of [undefined, Promise.resolve({})])
            assert.match(await refusalOf(changing(nothing as unknown as object)), /found no arguments for load-balancer/);
        assert.match(
            await refusalOf({ "aws:ecs/service:Service": { web: (args: object) => ({ ...args, desiredCount: 3 }) } }, "prod"),
            /found desiredCount for web .* something else sets this one while the stack runs/,
        );
    });

    it("of what nothing declares are refused, by name and by type", async () => {
        const change = (args: object) => args;
        assert.equal(
            await refusalOf({ [LOAD_BALANCER]: { balancer: change, "load-balancer": change } }),
            `overrides.ts: found balancer of type ${LOAD_BALANCER}, which nothing declares. Allowed: a resource that this stack has: load-balancer.`,
        );
        assert.match(
            await refusalOf({ "aws:acm/certificate:Certificate": { certificate: change } }),
            /Allowed: a resource that this stack has; it has none of this type\.$/,
        );
        assert.match(
            await refusalOf({ "aws:ec2/vpc:Vpc": { network: change } }),
            /^overrides\.ts: found network of type aws:ec2\/vpc:Vpc, .* Allowed: a type that components declare: aws:acm/,
        );
    });

    it("are typed for every type that a component declares, and for no other", () => {
        const folder = path.join(PROJECT_FOLDER, "components");
        const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(file => file.endsWith(".ts"));
        const made = sources.flatMap(file => [
            ...readFileSync(path.join(folder, file), "utf8").matchAll(/\bnew aws\.(\w+)\.(\w+)\(/g),
        ]);
        const tokens = made.map(
            ([, module = "", name = ""]) => `aws:${module}/${name[0]?.toLowerCase() ?? ""}${name.slice(1)}:${name}`,
        );
        assert.deepEqual([...new Set(tokens)].sort(), [...DECLARED_TYPES]);
    });
});

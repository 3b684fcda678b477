import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { DECLARED_TYPES, Overrides } from "../../components/overridden";
import program from "../../index";
import { overrides } from "../../overrides";
import { PROJECT_FOLDER } from "../../settings";
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

    it("of what nothing declares are refused, by name and by type", async () => {
        const refused = async (given: object) => {
            const error: unknown = await withOverrides(given as Overrides).catch((reason: unknown) => reason);
            assert.ok(pulumi.RunError.isInstance(error), String(error));
            return error.message;
        };
        const change = (args: object) => args;
        assert.equal(
            await refused({ [LOAD_BALANCER]: { balancer: change, "load-balancer": change } }),
            `overrides.ts: found balancer of type ${LOAD_BALANCER}, which nothing declares. Allowed: a resource that this stack has: load-balancer.`,
        );
        assert.match(
            await refused({ "aws:acm/certificate:Certificate": { certificate: change } }),
            /Allowed: a resource that this stack has; it has none of this type\.$/,
        );
        assert.match(
            await refused({ "aws:ec2/vpc:Vpc": { network: change } }),
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

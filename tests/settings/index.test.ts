import assert from "node:assert/strict";
import { readSettings } from "../../settings";
import { record } from "../../tools/inventory/recorder";
import { REGION, WEB, configuration, problems, settings } from "../support/given";

describe("settings", () => {
    it("are frozen through and through", () => {
        const given = settings({ tags: { team: "shop" }, services: { web: { ...WEB, environment: { A: "1" } } } });
        const walk = (value: unknown, at: string): void => {
            if (typeof value !== "object" || value === null) return;
            assert.ok(Object.isFrozen(value), at);
            for (const [key, inner] of Object.entries(value)) walk(inner, `${at}.${key}`);
        };
        walk(given, "settings");
    });

    it("say project, stack and region, and everything found under aws: for the provider", () => {
        const found = settings({
            "aws:profile": "shop",
            "aws:allowedAccountIds": ["123456789012"],
            "aws:skipRegionValidation": true,
        });
        assert.deepEqual([found.project, found.stack, found.region], ["fargate", "dev", REGION]);
        assert.deepEqual(found.aws, {
            region: REGION,
            profile: "shop",
            allowedAccountIds: ["123456789012"],
            skipRegionValidation: true,
        });
    });

    it("come from the namespaces fargate and aws alone", () => {
        assert.deepEqual(settings({ "other:services": "x", "awsx:region": "y" }), settings());
    });

    it("are read from the engine once: project, stack, and which keys are secure", async () => {
        const config = configuration({ tags: { team: "shop" } });
        const read = (secretKeys: string[]) =>
            record(() => Promise.resolve(readSettings()), { project: "fargate", stack: "test", config, secretKeys });
        const { outputs } = await read([]);
        assert.deepEqual([outputs.project, outputs.stack, outputs.tags], ["fargate", "test", { team: "shop" }]);
        await assert.rejects(read(["fargate:tags"]), {
            message: /^Pulumi\.test\.yaml has 1 problem\..*fargate:tags +found a secure value/s,
        });
    });
});

describe("a namespace", () => {
    it("that is mistyped is told, since nobody would miss what it says", () => {
        for (const namespace of ["fargat", "Fargate", "frgate", "fagrate"]) {
            assert.deepEqual(problems({ [`${namespace}:tags`]: {} }), [
                `${namespace}:tags: the namespace ${namespace} | did you mean fargate?`,
            ]);
        }
    });

    it("is aws too: a guard under a mistyped one would be lost", () => {
        for (const namespace of ["AWS", "aw", "awss", "aws ", "asw"])
            assert.deepEqual(problems({ [`${namespace}:allowedAccountIds`]: ["123456789012"] }), [
                `${namespace}:allowedAccountIds: the namespace ${namespace} | did you mean aws?`,
            ]);
        settings({ "awsx:x": "y", "aws-native:region": "us-east-1" });
    });

    it("of another program is its own business", () => {
        settings({ "forge:tags": {}, "gcp:tags": {}, "fargatexyz:tags": {} });
    });
});

describe("the region", () => {
    it("is given in the provider's own key", () => {
        for (const [value, found, allowed] of [
            [undefined, "nothing", "a region, such as ap-northeast-2"],
            ["seoul", "seoul", "a region, such as ap-northeast-2"],
            ["ap-northeast-2a", "ap-northeast-2a", "did you mean ap-northeast-2?"],
            ["1us-east-1", "1us-east-1", "did you mean us-east-1?"],
            ["us-iso-east-1", "us-iso-east-1", "a region of aws, aws-cn, aws-us-gov, aws-eusc; aws-iso is not supported"],
            [5, "5", "a region, such as ap-northeast-2"],
        ] as const) {
            assert.deepEqual(problems({ "aws:region": value }), [
                `aws:region: ${found} | ${allowed} (pulumi config set aws:region <region>)`,
            ]);
        }
        for (const region of ["us-east-1", "us-gov-west-1", "eusc-de-east-1", "ap-southeast-9"])
            assert.equal(settings({ "aws:region": region }).region, region);
    });
});

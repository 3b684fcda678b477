import assert from "node:assert/strict";
import { evaluate } from "../../../../tools/policy/evaluate";
import { inventory } from "../../../../tools/inventory/inventory";
import { STATE_MACHINE } from "../../../../tools/inventory/types/sfn";
import { REPOSITORY, WEB, configuration } from "../../../support/given";
import { sample } from "../../../support/sample";

describe("rules about tasks", () => {
    const found = async (edit: (definition: string) => string) => {
        const jobs = {
            one: { of: "web", command: ["a"] },
            many: { of: "web", command: ["a"], parallel: 2 },
            beside: { of: "web", command: ["a"], sidecars: { proxy: { image: `${REPOSITORY}:1` } } },
        };
        const { resources } = await inventory("dev", {
            ...sample("dev"),
            config: configuration({ services: { web: WEB }, jobs }),
        });
        const edited = resources.map(resource =>
            resource.type === STATE_MACHINE
                ? { ...resource, inputs: { ...resource.inputs, definition: edit(String(resource.inputs["definition"])) } }
                : resource,
        );
        const { findings } = evaluate(edited, { profile: "development", exceptions: [], today: "2026-11-26" });
        return findings.map(({ rule, resource }) => `${rule} ${resource}`).sort();
    };

    it("know the tasks of jobs, one or several at once", async () => {
        assert.deepEqual(await found(text => text), []);
        assert.deepEqual(await found(text => text.replace('"DISABLED"', '"ENABLED"')), [
            "tasks-have-no-public-address beside-workflow",
            "tasks-have-no-public-address many-workflow",
            "tasks-have-no-public-address one-workflow",
        ]);
        assert.deepEqual(await found(text => text.replace('"LATEST"', '"1.3.0"')), [
            "services-run-the-latest-platform beside-workflow",
            "services-run-the-latest-platform many-workflow",
            "services-run-the-latest-platform one-workflow",
        ]);
    });
});

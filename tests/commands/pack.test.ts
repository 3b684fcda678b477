import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { PROJECT_FOLDER } from "../../settings";
import { readStackFiles } from "../../tools/cli/stack-files";
import { told } from "../policy/told";

describe("the policy pack", () => {
    it("has the cost from a process of its own", async () => {
        const { cost } = await told(() => readStackFiles(PROJECT_FOLDER, "dev"));
        assert.match(cost?.join("\n") ?? "", /^[\d.]+( \+ unknown)? USD a month expected; npm run cost -- dev tells what for$/);
    });

    it("has from there also why nobody knows the cost", async () => {
        const { cost } = await told(() => ({ project: "fargate", stack: "dev", config: { "aws:region": "nowhere" } }));
        assert.match(
            cost?.join("\n") ?? "",
            /^unknown: Pulumi\.dev\.yaml has 2 problems\. Nothing was created\.\n {2}aws:region /,
        );
    });

    it("is all that loads the policy SDK: what commands say of policy does not", () => {
        const script = 'require("./tools/policy/section"); console.log(Object.keys(require.cache).join("\\n"))';
        const loaded = execFileSync(process.execPath, ["-r", "sucrase/register/ts", "-e", script], {
            cwd: PROJECT_FOLDER,
            encoding: "utf8",
        }).split("\n");
        assert.ok(loaded.some(file => file.endsWith("tools/policy/rules/services.ts")));
        assert.deepEqual(
            loaded.filter(file => file.includes("@pulumi/policy/")),
            [],
        );
    });
});

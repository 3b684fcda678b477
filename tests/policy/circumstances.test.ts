import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { circumstancesOf } from "../../policy/circumstances";
import { PROJECT_FOLDER } from "../../settings";

const TODAY = "2026-11-22";
const STRICTEST = { profile: "production", exceptions: [], today: TODAY };

describe("the circumstances of a policy pack", () => {
    let folder: string;
    let told: string[];
    const { error } = console;

    const of = (stack: string, project = folder, configuration = {}) =>
        circumstancesOf({ project: "fargate", stack, folder: project, configuration, today: TODAY });

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "policy-"));
        told = [];
        console.error = (text: string) => told.push(text);
        mkdirSync(path.join(folder, "app"));
        writeFileSync(path.join(folder, "app", "Dockerfile"), "FROM scratch\n");
        writeFileSync(path.join(folder, "Pulumi.yaml"), "name: fargate\nruntime: nodejs\n");
    });
    afterEach(() => {
        console.error = error;
        rmSync(folder, { recursive: true });
    });

    it("are those of the stack's file in the project's folder", () => {
        writeFileSync(
            path.join(folder, "Pulumi.trial.yaml"),
            [
                "config:",
                "    aws:region: ap-northeast-2",
                "    fargate:services: { web: { build: { context: ./app } } }",
                "    fargate:policyExceptions:",
                "        - { rule: services-roll-back, reason: A trial., until: 2026-12-31 }",
            ].join("\n"),
        );
        assert.deepEqual(of("trial"), {
            profile: "development",
            exceptions: [{ rule: "services-roll-back", reason: "A trial.", until: "2026-12-31" }],
            today: TODAY,
        });
        assert.deepEqual(told, []);
    });

    it("are those of the configuration that the engine hands over, wherever it comes from", () => {
        const handed = {
            "aws:region": "ap-northeast-2",
            "fargate:services": JSON.stringify({ web: { build: { context: "./app" } } }),
            "fargate:policyExceptions": JSON.stringify([{ rule: "services-roll-back", reason: "Handed.", until: "2026-12-31" }]),
        };
        const { profile, exceptions } = of("dev", PROJECT_FOLDER, handed);
        assert.equal(profile, "development");
        assert.deepEqual(exceptions, [{ rule: "services-roll-back", reason: "Handed.", until: "2026-12-31" }]);
        assert.deepEqual(told, []);
    });

    it("are production's, without exceptions, for a stack without file, and say so", () => {
        assert.deepEqual(of("elsewhere"), STRICTEST);
        assert.match(told.join(), /apply as in production and without exceptions: There is no stack elsewhere/);
    });

    it("are production's, without exceptions, for a file that the settings refuse", () => {
        writeFileSync(path.join(folder, "Pulumi.trial.yaml"), "config:\n    fargate:profil: development\n");
        assert.deepEqual(of("trial"), STRICTEST);
        assert.equal(told.length, 1);
    });

    it("differ for the stacks of this project as their profiles do", () => {
        assert.equal(of("dev", PROJECT_FOLDER).profile, "development");
        assert.equal(of("prod", PROJECT_FOLDER).profile, "production");
    });
});

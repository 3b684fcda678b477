import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Command } from "commander";
import packageJson from "../../package.json";
import { PROJECT_FOLDER } from "../../settings";
import { commandFile } from "../support/command-file";
import { EXERCISES, STARTS } from "./exercises";
import { files, steps } from "./files";

/** What `npm run check` runs on a laptop, and what makes a machine ready for it. */
const CHECKS = ["Lint", "Formatting", "Types", "Tests", "Commands"].map(name => `check.yml code: ${name}`);
const SET_UP = ["setup: Install packages", "check.yml code: Install zizmor"];

describe("the scripts in the workflows", () => {
    const scripts = steps(files).filter(({ step }) => step.run !== undefined);

    for (const { at } of scripts.filter(script => ![...CHECKS, ...SET_UP, ...Object.keys(STARTS)].includes(script.at))) {
        it(`${at} does what the next steps rest on`, async function () {
            const exercise = EXERCISES[at];
            assert.ok(exercise, "nothing runs this script");
            await exercise.call(this);
        });
    }

    it("pass no option that a command does not declare", () => {
        for (const { at, step } of scripts) {
            for (const { groups } of (step.run ?? "").matchAll(CALL)) {
                const { command = "", args = "" } = groups ?? {};
                const declared = [...optionsOf(command, args), ...(PASSED_ON[command] ?? [])];
                for (const [option] of args.matchAll(/(?<![\w-])--[a-z-]+/g))
                    assert.ok(declared.includes(option), `${at}: ${command} ${option}`);
            }
        }
    });

    it("check what `npm run check` checks on a laptop", () => {
        const laptop = packageJson.scripts.check.split(" && ").sort();
        assert.deepEqual(
            scripts.filter(({ at }) => CHECKS.includes(at)).map(({ step }) => step.run),
            CHECKS.map(at => scripts.find(script => script.at === at)?.step.run),
        );
        assert.deepEqual(CHECKS.map(at => scripts.find(script => script.at === at)?.step.run).sort(), laptop);
    });
});

const CALL = /npm run (?:--silent )?(?<command>[\w:-]+) --(?<args>[^\n|)]*)/g;

/** The options of a command, and of its subcommand where the arguments name one. */
function optionsOf(name: string, args: string): (string | undefined)[] {
    const file = path.join(PROJECT_FOLDER, commandFile(name));
    const { command } = createRequire(__filename)(file) as { readonly command: Command };
    const called = command.commands.filter(other => args.trim().split(/\s/)[0] === other.name());
    return [command, ...called].flatMap(({ options }) => options.map(({ long }) => long));
}

/** What `up` hands to `pulumi up`. */
const PASSED_ON: Readonly<Record<string, readonly string[]>> = { up: ["--yes", "--skip-preview"] };

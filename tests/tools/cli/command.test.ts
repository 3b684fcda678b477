import assert from "node:assert/strict";
import { Command } from "commander";
import { SANDBOX_FOLDER_OPTION, repeated } from "../../../tools/cli/options";
import { UserError } from "../../../tools/cli/user-error";
import { command as promote } from "../../../tools/delivery/promote";
import { command as preview } from "../../../tools/delivery/preview";
import { command as up } from "../../../tools/delivery/up";
import { command as comment } from "../../../tools/github/comment";
import { command as stack } from "../../../tools/stack/stack";
import { call } from "../../support/command-line";

describe("what a command needs and was not given", () => {
    it("is told in one message, with the help that lists it", async () => {
        const missing = async (command: Command, ...args: string[]) => (await call(command, args)).errors;
        assert.match(await missing(promote), /^error: missing <from>, <to>\n+Next: npm run promote -- --help\n$/);
        assert.match(await missing(promote, "dev"), /^error: missing <to>\n/);
        assert.match(await missing(comment), /^error: missing --pull-request <number>, --stacks <json>\n/);
        assert.match(await missing(comment, "--stacks", '["dev"]'), /^error: missing --pull-request <number>\n/);
        assert.equal(
            await missing(stack, "add"),
            "Missing: the name of the new stack, --like <stack>, --after <stack> or --beside <stack>. Next: npm run stack -- add --help\n",
        );
        assert.equal(
            await missing(stack, "add", "new", "--like", "dev"),
            "Missing: --after <stack> or --beside <stack>. Next: npm run stack -- add --help\n",
        );
        assert.match(
            await missing(stack, "add", "--lik", "dev"),
            /Did you mean --like\?\)\n+Next: npm run stack -- add --help\n$/,
        );
    });
});

describe("the next step of a command in the sandbox", () => {
    const failing = (message: string) =>
        new Command("test")
            .argument("<stack>")
            .option("--sandbox")
            .addOption(SANDBOX_FOLDER_OPTION)
            .action(() => {
                throw new UserError(message);
            });
    const said = async (message: string, ...args: string[]) => (await call(failing(message), ["dev", ...args])).errors;

    const step = "No task runs. Next: npm run smoke -- dev";

    it("is told to be for AWS, with what stays in the sandbox", async () => {
        const more = "That is for AWS. In the sandbox: npm run sandbox -- up dev, and other commands with --sandbox.";
        assert.equal(await said(step), `${step}\n`);
        assert.equal(await said(step, "--sandbox"), `${step}\n${more}\n`);
        assert.equal(await said(step, "--sandbox-folder", "/tmp/a"), `${step}\n${more}\n`);
    });

    it("is left as it is where it says so already, or names no command", async () => {
        for (const other of ["npm run up -- dev --sandbox", "npm run sandbox -- up dev", "Allowed: web"])
            assert.equal(await said(other, "--sandbox"), `${other}\n`);
    });
});

describe("an option that npm took for itself", () => {
    const REACHED = "reached\n";
    const command = () =>
        new Command("test")
            .argument("[names...]")
            .option("--sandbox")
            .option("--sandbox-folder <folder>")
            .option("--json")
            .addOption(repeated("--allow <urn>", "losses"))
            .action(() => void process.stdout.write(REACHED));
    const taken = (npm: Readonly<Record<string, string>>, ...args: string[]) => call(command(), args, npm);

    it("is refused before anything is done, with the line that hands it over", async () => {
        assert.deepEqual(await taken({ npm_config_sandbox: "true" }, "dev"), {
            code: 1,
            output: "",
            errors: "npm took --sandbox for itself, so nothing was done. Next: npm run test -- dev --sandbox\n",
        });
        const { errors } = await call(up, ["dev"], { npm_config_sandbox: "true", npm_config_retry: "true" });
        assert.match(errors, /^npm took --retry and --sandbox for itself, .* Next: npm run up -- dev --retry --sandbox\n$/);
    });

    it("is refused with its value, where npm has it", async () => {
        const { errors } = await taken({ npm_config_sandbox_folder: "/tmp/a", npm_config_allow: "urn:a\n\nurn:b" }, "dev");
        assert.match(errors, /Next: npm run test -- dev --sandbox-folder \/tmp\/a --allow urn:a --allow urn:b\n$/);
    });

    it("is refused where its value arrived as an argument, in place of what that makes of the command", async () => {
        const { errors } = await call(stack, ["add", "staging", "dev", "prod"], {
            npm_config_after: "true",
            npm_config_like: "true",
        });
        assert.match(errors, /^npm took --like and --after for itself, .* npm run stack -- … --like <stack> --after <stack>\n$/);
    });

    it("is told where npm may have it from elsewhere", async () => {
        const { code, output, errors } = await taken({ npm_config_json: "true" }, "dev");
        assert.deepEqual([code, output], [0, REACHED]);
        assert.equal(errors, "npm has --json for itself. If test was to have it: npm run test -- dev --json\n");
    });

    it("is none where the command has it, or no option of that name", async () => {
        const all = { npm_config_sandbox: "true", npm_config_json: "true", npm_config_allow: "a" };
        const given = await taken(all, "dev", "--sandbox", "--json", "--allow=b");
        assert.deepEqual(given, { code: 0, output: REACHED, errors: "" });
        const other = await taken({ npm_config_cache: "/root", npm_config_sandbox: "", npm_config_yes: "true" }, "dev");
        assert.deepEqual(other, { code: 0, output: REACHED, errors: "" });
    });

    it("is told where it is Pulumi's, beside what the command has", async () => {
        const npm = { npm_config_target: "urn:a", npm_config_yes: "true" };
        const args = ["dev", "--sandbox-folder", "/nonexistent"];
        for (const command of [up, preview]) {
            const { errors } = await call(command, args, npm);
            const next = `npm run ${command.name()} -- dev --sandbox-folder /nonexistent --target urn:a --yes`;
            assert.equal(
                errors.split("\n")[0],
                `npm has --target and --yes for itself. If ${command.name()} was to have it: ${next}`,
            );
        }
        assert.doesNotMatch((await call(promote, args, { npm_config_target: "urn:a" })).errors, /npm has/);
    });
});

import { Command, Option } from "commander";
import { PROJECT_FOLDER } from "../../settings";
import { exitCodes, runCommand } from "../cli/command";
import { say } from "../cli/terminal";
import { UserError } from "../cli/user-error";
import { Added, withStack, write } from "./add";
import type { Position } from "./project-files";
import type { Wish } from "./stack-file";

interface Options {
    readonly like?: string;
    readonly after?: string;
    readonly beside?: string;
    readonly domain?: string;
}

export const command = new Command("stack")
    .description("The stacks of this project: their files, and where bootstrap and workflows name them.")
    .addHelpText("afterAll", exitCodes())
    .showSuggestionAfterError();

command
    .command("add")
    .description(
        "add a stack made from another one's file. Writes files of this project, and nothing in AWS, GitHub or a backend",
    )
    .usage("<stack> --like <stack> (--after <stack> | --beside <stack>) [--domain <name>]")
    .argument("[stack]", "name of the new stack")
    .option("--like <stack>", "the stack whose file it is made from, comments and all")
    .addOption(
        new Option("--after <stack>", "it is deployed after this one, and before what came after that").conflicts("beside"),
    )
    .option("--beside <stack>", "it is deployed when this one is, neither waiting for the other")
    .option("--domain <name>", "the name that it answers under. Default: <stack>.<name of the other>, where that has one")
    .addHelpText("after", "\nExample: npm run stack -- add staging --after dev --like prod")
    .action((stack: string | undefined, { like, after, beside, domain }: Options) => {
        const place = after ?? beside;
        if (stack === undefined || like === undefined || place === undefined) {
            const missing = [
                ...(stack === undefined ? ["the name of the new stack"] : []),
                ...(like === undefined ? ["--like <stack>"] : []),
                ...(place === undefined ? ["--after <stack> or --beside <stack>"] : []),
            ];
            throw new UserError(`Missing: ${missing.join(", ")}. Next: npm run stack -- add --help`);
        }
        const position: Position = { how: after === undefined ? "beside" : "after", stack: place };
        const wish = { stack, like, domain };
        const added = withStack(PROJECT_FOLDER, wish, position);
        if (added === undefined)
            return say(`${stack} is there already, in every file that names the stacks: nothing was changed.`);
        for (const [file, text] of Object.entries(added.texts)) write(PROJECT_FOLDER, file, text);
        say(addedText(wish, position, added));
    });

/** What was written, and what is left to do. */
export function addedText({ stack, like }: Wish, { how, stack: place }: Position, { file, waiting, texts }: Added): string {
    const { domain, left, open } = file;
    const isDomainTold = domain === undefined ? [] : [`  domain and hosts: ${domain.from} → ${domain.to}`];
    return [
        `${stack} is like ${like}, deployed ${how} ${place}${waiting.length === 0 ? "" : `; ${waiting.join(", ")} from now on after ${stack}`}.`,
        "",
        `Written: ${Object.keys(texts).join(", ")}`,
        ...isDomainTold,
        ...(left.length === 0 ? [] : [`  left out, as ${like}'s own: ${left.join(", ")}`]),
        ...(open.length === 0
            ? []
            : [
                  "",
                  `Look at these: they are ${like}'s, and nobody can tell here whether ${stack} wants others`,
                  ...open.map(key => `  ${key}`),
              ]),
        "",
        "Next",
        `  npm run plan -- ${stack}`,
        `  docs/delivery.md, "Another stack": its roles, its GitHub environment, its place in the backend`,
        `  or, without CI: pulumi stack init ${stack}`,
    ].join("\n");
}

if (require.main === module) void runCommand(command);

import { Argument, Command } from "commander";
import type { Settings } from "../../settings";
import { containersOf, tasksOf } from "../../settings/tasks";
import { exitCodes, print, runCommand } from "../cli/command";
import { SANDBOX_FOLDER_OPTION, SANDBOX_OPTION, SandboxOptions } from "../cli/options";
import { UserError } from "../cli/user-error";
import { WrittenSecret, writeSecret } from "../deployed/aws/own-secret";
import { settingsIn } from "../deployed/images";
import { openPlace } from "../deployed/stack";
import { parseSecret } from "../preflight/secret-reference";
import { requireOwnAccount } from "./own-account";
import { readValue } from "./secret-value";

interface Options extends SandboxOptions {
    readonly json?: boolean;
}

export const command = new Command("secret")
    .description(
        "Make or renew a secret of a stack, with the value on standard input; on a terminal it is asked for, and not shown. One line break at its end, as echo adds it, is no part of it.",
    )
    .argument("<stack>", "name of the stack")
    .addArgument(new Argument("<action>", "what to do").choices(["set"]))
    .argument("<name>", "name of the variable that tasks get it in", variable)
    .option("--json", "its name, ARN, version and the line for the stack file as data")
    .addOption(SANDBOX_OPTION)
    .addOption(SANDBOX_FOLDER_OPTION)
    .addHelpText("after", `\nExample: npm run secret -- prod set API_TOKEN < token.txt\n${exitCodes()}`)
    .showSuggestionAfterError()
    .action(async (stack: string, _: string, name: string, { json = false, ...where }: Options) => {
        const place = await openPlace(stack, where);
        const settings = settingsIn(place);
        await requireOwnAccount(settings);
        const value = await readValue(name);
        const written = await writeSecret(settings, name, value);
        const isObject = /^\s*\{/.test(value) && isJson(value);
        const more = where.sandbox === true ? " --sandbox" : "";
        // Unbroken, for the line is there to be copied.
        print({ ...told(settings, name, written, { isObject, more }), exitCode: 0, isVerbatim: true }, json);
    });

/** What variables and secrets may both be called. A hyphen and six characters at the end would be taken for what Secrets Manager puts there. */
function variable(name: string): string {
    if (/^[A-Za-z_]\w{0,127}$/.test(name)) return name;
    // Not told, since it may be the value; commander's own error would.
    throw new UserError(
        "The name is none of a variable. Allowed: up to 128 letters, digits and _, such as API_TOKEN; the value comes on standard input",
    );
}

interface How {
    /** Whether the value is a JSON object, whose keys tasks can be given one by one. */
    readonly isObject: boolean;
    /** Options for the commands that are named; none outside of the sandbox. */
    readonly more: string;
}

/** What was done and what is to be done now, as text and as data. */
export function told(settings: Settings, variableName: string, written: WrittenSecret, { isObject, more }: How) {
    const { name, arn, version, outcome, key } = written;
    const { stack, services, encryption } = settings;
    const line = `secrets: { ${variableName}: ${arn} }`;
    const uses = tasksOf(settings).filter(placed =>
        containersOf(placed).some(({ container }) => Object.values(container.secrets).some(other => bare(other) === arn)),
    );
    const users = uses.map(({ task }) => task.name);
    const restarts = users
        .filter(user => services.some(service => service.name === user))
        .map(service => `npm run restart -- ${stack} ${service}${more}`);
    const under = key === undefined ? "AWS's own key" : key;
    const text = [
        `${outcome === "made" ? "Made" : "Renewed"} ${name}, version ${version}${outcome === "made" ? `, under ${under}` : ""}.`,
        ...(outcome === "made" && typeof encryption?.customerKey === "string" && key === undefined
            ? [`Not under ${encryption.customerKey}: tasks could not decrypt under a key of another account.`]
            : []),
        ...(users.length === 0
            ? [
                  "",
                  `For Pulumi.${stack}.yaml, at each service or job that reads it:`,
                  `    ${line}`,
                  ...(isObject ? [`    secrets: { ${variableName}: "${arn}:<key>::" }  # one value of its JSON`] : []),
                  `Next: ${more === "" ? `npm run up -- ${stack}` : `npm run sandbox -- up ${stack}`}`,
              ]
            : [
                  `${users.join(", ")} ${users.length === 1 ? "reads" : "read"} it, and a task that runs keeps the value that it started with.`,
                  ...restarts.map(restart => `Next: ${restart}`),
              ]),
    ].join("\n");
    return { text, data: { name, arn, version, outcome, line, restarts } };
}

function bare(arn: string): string | undefined {
    const reference = parseSecret(arn);
    return reference.kind === "secret" ? reference.arn : undefined;
}

function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}

if (require.main === module) void runCommand(command);

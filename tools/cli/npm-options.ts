import { Command, Option } from "commander";
import { tell } from "./terminal";
import { UserError } from "./user-error";

/** Options of npm's own as well: an `.npmrc` or the environment may have set them, and meant npm. */
const OF_NPM = ["json", "yes"];

/** What changes an update or a preview of Pulumi's, which get their options handed on. Other tools have some of these names in an `.npmrc`. */
const OF_PULUMI = [
    ...["--target <urn>", "--target-dependents", "--exclude <urn>", "--replace <urn>", "--target-replace <urn>"],
    ...["--refresh", "--yes", "--skip-preview", "--expect-no-changes", "--policy-pack <path>", "--plan <path>"],
    ...["--save-plan <path>", "--diff", "--json", "--config <key=value>", "--parallel <number>", "--message <text>"],
].map(flags => new Option(flags));

/**
 * An option with no `--` before it does not arrive: npm takes it, and sets `npm_config_<name>` for the script. The command would do what nobody asked
 * for: without `--sandbox`, on the account. One that may be npm's or another tool's is told and no more.
 *
 * @throws UserError for an option that nobody but the command has
 */
export function refuseTaken(command: Command, args: readonly string[]): void {
    const called = [command, ...command.commands.filter(other => other.name() === args[0])];
    const own = called.flatMap(({ options }) => options).filter(option => !OF_NPM.includes(option.name()));
    const taken = own.filter(option => valuesOf(option, args).length > 0);
    if (taken.length > 0)
        throw new UserError(
            `npm took ${names(taken)} for itself, so nothing was done. Next: ${commandLine(command, args, taken)}`,
        );
    const others = called.flatMap(({ options }) => options).filter(option => OF_NPM.includes(option.name()));
    const handedOn = ["up", "preview"].includes(command.name()) ? OF_PULUMI : [];
    const told = [...others, ...handedOn].filter(option => valuesOf(option, args).length > 0);
    if (told.length > 0)
        tell(`npm has ${names(told)} for itself. If ${command.name()} was to have it: ${commandLine(command, args, told)}`);
}

const names = (options: readonly Option[]) => options.map(({ long }) => long).join(" and ");

/** What npm was given for an option that the command was not. */
function valuesOf({ long = "" }: Option, args: readonly string[]): readonly string[] {
    const value = process.env[`npm_config_${long.slice(2).replaceAll("-", "_")}`] ?? "";
    const isGiven = args.some(arg => arg === long || arg.startsWith(`${long}=`));
    // Several are one text with empty lines between.
    return isGiven || value === "" ? [] : value.split("\n\n");
}

/** The command line as it arrives. Where npm says `true` for a value, that stands among the arguments, and nobody knows which it is. */
function commandLine(command: Command, args: readonly string[], taken: readonly Option[]): string {
    const isLost = (option: Option) => !option.isBoolean() && valuesOf(option, args).includes("true");
    const words = taken.flatMap(option => {
        if (option.isBoolean() || isLost(option)) return option.flags;
        return valuesOf(option, args).map(value => `${option.long ?? ""} ${value}`);
    });
    return [`npm run ${command.name()} --`, ...(taken.some(isLost) ? ["…"] : args), ...words].join(" ");
}

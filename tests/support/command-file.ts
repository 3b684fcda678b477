import packageJson from "../../package.json";

const scripts: Readonly<Record<string, string>> = packageJson.scripts;

/** Every `npm run <name>` that runs a file of this project; scripts of mocha have no arguments of their own. */
export const COMMANDS: readonly string[] = Object.keys(scripts).filter(name => fileIn(name) !== undefined);

/** The file behind `npm run <name>`, from the project's folder. */
export function commandFile(name: string): string {
    const file = fileIn(name);
    if (file === undefined) throw new RangeError(`npm run ${name} runs no file`);
    return file;
}

function fileIn(name: string): string | undefined {
    return /^node -r \S+ (\S+\.ts)$/.exec(scripts[name] ?? "")?.[1];
}

import packageJson from "../../package.json";

/** The file behind `npm run <name>`, from the project's folder. */
export function commandFile(name: string): string {
    const file = /\S+\.ts$/.exec((packageJson.scripts as Readonly<Record<string, string>>)[name] ?? "")?.[0];
    if (file === undefined) throw new RangeError(`npm run ${name} runs no file`);
    return file;
}

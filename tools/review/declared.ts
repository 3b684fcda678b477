import { readFileSync } from "node:fs";
import type { StackFiles } from "../cli/stack-files";
import { inventory } from "../inventory/inventory";
import { toText } from "./declared-text";

type Program = NonNullable<Parameters<typeof inventory>[2]>;

/** The process that judged.ts starts: a stack's files in, what the program of another folder declares for them out, both as JSON. */
async function main(program: string): Promise<void> {
    const files = JSON.parse(readFileSync(0, "utf8")) as StackFiles;
    const loaded = (await import(program)) as { readonly default: Program };
    const { resources } = await inventory(files.stack, files, loaded.default);
    process.stdout.write(toText(resources));
}

if (require.main === module)
    main(process.argv[2] ?? "").catch((error: unknown) => {
        process.stderr.write(error instanceof Error ? error.message : String(error));
        process.exitCode = 1;
    });

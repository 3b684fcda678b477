import { PROJECT_FOLDER } from "../settings";
import { inventory } from "../tools/inventory";
import { readStackFiles } from "../tools/stack-files";
import { Declared, cached } from "./components/declared";
import { Given } from "./settings/given";

/** What `pulumi up` would create for a shipped stack, with changes to its configuration; `undefined` takes a key away. */
export const stack = cached(async (name: string, changes: Given = {}) => {
    const files = readStackFiles(PROJECT_FOLDER, name);
    const config: Record<string, string> = { ...files.config };
    for (const [key, value] of Object.entries(changes)) {
        const full = key.includes(":") ? key : `fargate:${key}`;
        if (value === undefined) Reflect.deleteProperty(config, full);
        else config[full] = typeof value === "string" ? value : JSON.stringify(value);
    }
    const { resources, outputs } = await inventory(name, { ...files, config });
    return new Declared(resources, outputs);
});

export const WEB = { build: { context: "./app" }, port: 8080, route: { paths: ["/*"] } };
export const WORKER = { build: { context: "./app" } };

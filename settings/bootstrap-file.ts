import { readFileSync, readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { UnreadableFile, readYaml } from "./yaml";

/** What the bootstrap of a stack's account is told about it. */
export interface BootstrapFile {
    /** Relative to the project. */
    readonly name: string;
    readonly services: readonly string[];
    /** What the stack's tasks may do at most, beside what every task may. */
    readonly permissions: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[];
    /** Ids of groups that the stack may add rules to. */
    readonly securityGroups: readonly string[];
    /** Whether the stack's deploy role starts services with ECS Exec. */
    readonly exec: boolean;
}

/** Folder of the account's bootstrap, in the project's. */
const FOLDER = "bootstrap";

const texts = z.array(z.string());

/** Of a file that the bootstrap checks itself: what is not of this form is left to it. */
const bootstrapFile = z.object({
    config: z.object({
        "fargate-bootstrap:services": texts.catch([]),
        "fargate-bootstrap:environments": z.record(
            z.string(),
            z
                .object({
                    permissions: z.array(z.object({ actions: texts, resources: texts })).catch([]),
                    securityGroups: texts.catch([]),
                    exec: z.boolean().catch(false),
                })
                .nullable(),
        ),
    }),
});

/** The file of the bootstrap that names this stack, or none. */
export function bootstrapFileOf(root: string, stack: string): BootstrapFile | undefined {
    const folder = path.join(root, FOLDER);
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
    const names = readdirSync(folder).filter(name => /^Pulumi\..+\.yaml$/.test(name));
    for (const name of names.sort()) {
        const { data } = bootstrapFile.safeParse(contentOf(path.join(folder, name)));
        const environments = data?.config["fargate-bootstrap:environments"] ?? {};
        const environment = Object.hasOwn(environments, stack) ? environments[stack] : undefined;
        if (data === undefined || environment === undefined) continue;
        return {
            name: `${FOLDER}/${name}`,
            services: data.config["fargate-bootstrap:services"],
            permissions: environment?.permissions ?? [],
            securityGroups: environment?.securityGroups ?? [],
            exec: environment?.exec ?? false,
        };
    }
    return undefined;
}

/** Nothing where it is no YAML: the bootstrap tells. */
function contentOf(file: string): unknown {
    try {
        return readYaml(readFileSync(file)).value;
    } catch (error) {
        if (error instanceof UnreadableFile) return undefined;
        throw error;
    }
}

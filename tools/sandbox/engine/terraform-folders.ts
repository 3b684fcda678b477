import { readFileSync } from "node:fs";
import * as path from "node:path";

/** What decides on where Terraform looks for providers. */
export interface Machine {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly home: string;
    /** As Terraform names it: `linux_amd64`. */
    readonly target: string;
    /** Folders for software that is added to a system. */
    readonly addOns: readonly string[];
}

/** Folders in which Terraform itself looks for providers on this machine, without a project. */
export function terraformFolders({ environment, home }: Machine): string[] {
    const configured = readConfiguration(environment["TF_CLI_CONFIG_FILE"] ?? path.join(home, ".terraformrc"));
    const dataHome = environment["XDG_DATA_HOME"] ?? path.join(home, ".local", "share");
    const dataFolders = (environment["XDG_DATA_DIRS"] ?? "/usr/local/share:/usr/share").split(":");
    return [
        ...filesystemMirrors(configured),
        ...[environment["TF_PLUGIN_CACHE_DIR"] ?? pluginCache(configured, environment)].filter(folder => folder !== undefined),
        path.join(home, ".terraform.d", "plugins"),
        ...[dataHome, ...dataFolders].map(folder => path.join(folder, "terraform", "plugins")),
    ].filter(folder => path.isAbsolute(folder));
}

/** Without its comments; empty where there is none. */
function readConfiguration(file: string): string {
    try {
        // A comment begins at the beginning of a line or after a blank: `#` and `//` may be part of a path.
        return readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)(#|\/\/).*$/gm, "");
    } catch {
        return "";
    }
}

function filesystemMirrors(configuration: string): string[] {
    const blocks = [...configuration.matchAll(/filesystem_mirror\s*\{([^}]*)\}/g)].map(([, block = ""]) => block);
    return blocks.flatMap(block => /\bpath\s*=\s*"([^"]*)"/.exec(block)?.[1] ?? []);
}

/** Terraform puts variables of the environment into this path, and into no other. */
function pluginCache(configuration: string, environment: Machine["environment"]): string | undefined {
    const written = /^\s*plugin_cache_dir\s*=\s*"([^"]*)"/m.exec(configuration)?.[1];
    return written?.replaceAll(
        /\$(?:\{(\w+)\}|(\w+))/g,
        (_, braced?: string, bare?: string) => environment[braced ?? bare ?? ""] ?? "",
    );
}

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import { UserError } from "../cli/user-error";

/** What of Docker's configuration is read here; whoever has it may have put anything else beside. */
interface DockerConfig {
    readonly auths?: Readonly<Record<string, unknown>>;
    readonly credHelpers?: Readonly<Record<string, string>>;
}

const FILE = "config.json";

/**
 * Lets `docker` be logged in to one more registry, in a copy of its configuration that is removed afterwards. `docker login` would leave the login
 * behind, and take the place of one that is there.
 *
 * @param authorization base64 of `<user>:<password>`
 * @param use gets the environment to run `docker` with
 */
export async function withLogin<T>(
    host: string,
    authorization: string,
    use: (environment: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
    const own = process.env["DOCKER_CONFIG"] ?? path.join(homedir(), ".docker");
    const folder = mkdtempSync(path.join(tmpdir(), "fargate-docker-"));
    try {
        // Plugins, contexts and builders.
        for (const entry of existsSync(own) ? readdirSync(own, { withFileTypes: true }) : [])
            if (entry.isDirectory() || entry.isSymbolicLink())
                symlinkSync(path.join(own, entry.name), path.join(folder, entry.name), "junction");
        const config = loggedIn(configIn(path.join(own, FILE)), host, authorization);
        writeFileSync(path.join(folder, FILE), JSON.stringify(config), { mode: 0o600 });
        return await use({ ...process.env, DOCKER_CONFIG: folder });
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** A configuration with one login more, which comes from the file itself wherever the others are kept: an empty helper is none. */
export function loggedIn(config: DockerConfig, host: string, auth: string): DockerConfig {
    return {
        ...config,
        auths: { ...config.auths, [host]: { auth } },
        credHelpers: { ...config.credHelpers, [host]: "" },
    };
}

function configIn(file: string): DockerConfig {
    if (!existsSync(file)) return {};
    try {
        return JSON.parse(readFileSync(file, "utf8")) as DockerConfig;
    } catch {
        // The error would tell a part of what is there.
        throw new UserError(`${file} is no JSON that can be read. Nothing was copied. Next: mend it, it is Docker's own`);
    }
}

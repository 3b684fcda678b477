import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import * as path from "node:path";
import { buildkitd } from "../../tools/sandbox/engine/built";

/** A loopback registry and a BuildKit daemon that may push to it over plain HTTP. */
export interface BuildTools {
    /** `127.0.0.1:<port>` */
    readonly registry: string;
    /** In which the docker-build plugin finds the daemon. */
    readonly environment: Readonly<Record<string, string>>;
    /** Tags of a repository; empty where it does not exist. */
    tags(repository: string): Promise<string[]>;
    manifest(repository: string, reference: string): Promise<{ readonly digest: string; readonly body: string }>;
    readonly close: () => void;
}

/** As buildx names a daemon. */
const BUILDER = "engine";

/** Programs that the image suite needs beside the engine. */
export const PROGRAMS = ["docker-registry", "runc"];

export async function startBuildTools(folder: string): Promise<BuildTools> {
    mkdirSync(folder, { recursive: true });
    const port = await freePort();
    const registry = `127.0.0.1:${port}`;
    const config = path.join(folder, "registry.yml");
    writeFileSync(
        config,
        JSON.stringify({
            version: "0.1",
            log: { level: "error" },
            storage: { filesystem: { rootdirectory: path.join(folder, "registry") } },
            http: { addr: registry },
        }),
    );
    const children: ChildProcess[] = [
        spawn("docker-registry", ["serve", config], { stdio: "ignore" }),
        startBuildKit(await buildkitd({ folder, tell: () => undefined, done: () => undefined }), folder, registry),
    ];
    await untilAnswers(`http://${registry}/v2/`);
    const ask = async (route: string) => {
        const accept = ["application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json"].join(", ");
        return fetch(`http://${registry}/v2/${route}`, { headers: { accept } });
    };
    return {
        registry,
        environment: { BUILDX_CONFIG: path.join(folder, "buildx"), BUILDX_BUILDER: BUILDER },
        tags: async repository => {
            const response = await ask(`${repository}/tags/list`);
            return response.ok ? (((await response.json()) as { tags: string[] | null }).tags ?? []).sort() : [];
        },
        manifest: async (repository, reference) => {
            const response = await ask(`${repository}/manifests/${reference}`);
            return { digest: response.headers.get("docker-content-digest") ?? "", body: await response.text() };
        },
        close: () => children.forEach(child => child.kill("SIGTERM")),
    };
}

/** Runs the daemon with its data in a folder, and writes where builds find it. */
function startBuildKit(daemon: string, folder: string, registry: string): ChildProcess {
    const address = `unix://${folder}/buildkit.socket`;
    const nodes = [{ Name: `${BUILDER}0`, Endpoint: address }];
    mkdirSync(path.join(folder, "buildx", "instances"), { recursive: true });
    writeFileSync(
        path.join(folder, "buildx", "instances", BUILDER),
        JSON.stringify({ Name: BUILDER, Driver: "remote", Nodes: nodes }),
    );
    writeFileSync(path.join(folder, "buildkitd.toml"), `[registry."${registry}"]\n  http = true\n`);
    const args = ["--config", path.join(folder, "buildkitd.toml"), "--addr", address, "--root", path.join(folder, "buildkit")];
    return spawn(daemon, [...args, "--containerd-worker=false"], { stdio: "ignore" });
}

async function untilAnswers(url: string): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
        const answers = await fetch(url).then(
            () => true,
            () => false,
        );
        if (answers) return;
        await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error(`${url} did not answer within 10 s`);
}

async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    server.close();
    if (address === null || typeof address === "string") throw new Error("no port");
    return address.port;
}

import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { UserError } from "../cli/user-error";
import { environmentFor } from "./emulator-environment";
import { SOURCES, prepareVenv, pythonWithVenv } from "./emulator-venv";

/** The AWS emulator of a sandbox: moto, patched, on a loopback port. Control plane only, with its state in memory. */
export interface Emulator {
    readonly url: string;
    /** Environment in which the Pulumi engine and its plugins speak to the emulator and to nothing else. */
    readonly environment: Readonly<Record<string, string>>;
    /** Everything that exists in the account. */
    resources(): Promise<readonly Existing[]>;
    /** What was asked for in vain since the emulator started. */
    lacking(): Promise<readonly Lacking[]>;
    /** Takes away what nobody knows of. */
    remove(things: readonly Existing[]): Promise<void>;
    /** Makes what a stack takes for granted, and says what was made. */
    seed(wishes: Seeds): Promise<Seeded>;
    readonly stop: () => Promise<void>;
}

/** An operation that the emulator does not have, or fails at. */
export interface Lacking {
    readonly service: string;
    readonly operation: string;
    readonly count: number;
    /** Empty where there is no such operation at all. */
    readonly why: string;
}

export interface Existing {
    readonly service: string;
    readonly type: string;
    readonly id: string;
}

/** What a stack file takes for granted in an account. */
export interface Seeds {
    readonly region: string;
    /** Public Route 53 zones. */
    readonly zones: readonly string[];
    readonly secretArns: readonly string[];
    readonly images: readonly { readonly repository: string; readonly digest: string; readonly tag?: string }[];
    /** A certificate for this name. */
    readonly certificate?: string;
    /** Ids of the security groups that tasks reach, and ids or names of prefix lists. */
    readonly reached?: { readonly groups: readonly string[]; readonly lists: readonly string[] };
    /** The stack whose VPC the groups are in, once it is made; absent where the VPC exists already. */
    readonly owner?: { readonly project: string; readonly stack: string };
    /** A VPC with this many public and private subnets. */
    readonly network?: { readonly publicSubnets: number; readonly privateSubnets: number };
    /** CloudFormation exports of parts of that VPC: so many ids of a key, from one on. */
    readonly exports?: readonly { readonly name: string; readonly key: string; readonly from: number; readonly count: number }[];
}

export interface Seeded {
    readonly certificateArn?: string;
    readonly network?: {
        readonly vpcId: string;
        readonly publicSubnetIds: readonly string[];
        readonly privateSubnetIds: readonly string[];
        readonly privateRouteTableIds: readonly string[];
    };
}

/** The emulator's one account. */
export const ACCOUNT = "123456789012";

/** The same version as in requirements.txt. */
const CONTAINER_IMAGE = "motoserver/moto:5.2.1";

/** What the emulator inherits: no token of the shell, and nothing that changes what Python or moto do. */
const INHERITED = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"];

/** How a running emulator is found again: by the next command. */
interface Running {
    readonly port: number;
    readonly pid?: number;
    readonly container?: string;
}

const run = promisify(execFile);

/** The emulator that a sandbox folder left running; undefined where there is none any more. */
export async function findEmulator(folder: string): Promise<Emulator | undefined> {
    const file = stateFile(folder);
    if (!existsSync(file)) return undefined;
    const running = JSON.parse(readFileSync(file, "utf8")) as Running;
    const emulator = connect(folder, running);
    const answers = await emulator.resources().then(
        () => true,
        () => false,
    );
    return answers ? emulator : undefined;
}

/** Starts an emulator that outlives this process. `progress` is told what takes long. */
export async function startEmulator(folder: string, progress: (what: string) => void = () => undefined): Promise<Emulator> {
    mkdirSync(folder, { recursive: true });
    const python = await pythonWithVenv();
    const running =
        python === undefined
            ? await startContainer(progress)
            : await startProcess(folder, await prepareVenv(folder, python, progress));
    // Whole or not at all: this command may be killed at any time.
    writeFileSync(`${stateFile(folder)}.new`, JSON.stringify(running));
    renameSync(`${stateFile(folder)}.new`, stateFile(folder));
    return connect(folder, running);
}

function connect(folder: string, running: Running): Emulator {
    const url = `http://localhost:${running.port}`;
    return {
        url,
        environment: environmentFor(running.port),
        resources: async () => (await ask(url, "GET", "/sandbox/resources")) as Existing[],
        lacking: async () => (await ask(url, "GET", "/sandbox/lacking")) as Lacking[],
        remove: async things => {
            await ask(url, "POST", "/sandbox/remove", things);
        },
        seed: async wishes => (await ask(url, "POST", "/sandbox/seed", wishes)) as Seeded,
        stop: async () => {
            if (running.container !== undefined) await run("docker", ["rm", "--force", running.container]);
            else if (running.pid !== undefined) await endProcess(running.pid);
            rmSync(stateFile(folder), { force: true });
        },
    };
}

async function ask(url: string, method: string, route: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}${route}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`the emulator answered ${method} ${route} with ${response.status}: ${text}`);
    return JSON.parse(text);
}

async function startProcess(folder: string, python: string): Promise<Running> {
    const log = path.join(folder, "emulator.log");
    const child = spawn(python, [path.join(SOURCES, "serve.py"), "--log", log], {
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: Object.fromEntries(INHERITED.flatMap(name => (name in process.env ? [[name, process.env[name]]] : []))),
    });
    const answer = await new Promise<string>((resolve, reject) => {
        let line = "";
        let errors = "";
        child.stderr.on("data", data => (errors += String(data)));
        child.stdout.on("data", data => {
            line += String(data);
            if (line.endsWith("\n")) resolve(line);
        });
        child.once("error", reject);
        child.once("exit", code =>
            reject(new UserError(`The AWS emulator ended with exit code ${code ?? "none"}: ${errors.trim()}`)),
        );
    });
    child.removeAllListeners();
    child.stdout.destroy();
    child.stderr.destroy();
    child.unref();
    return { port: (JSON.parse(answer) as { port: number }).port, pid: child.pid };
}

/** The same sources in moto's own image, for a machine without Python. */
async function startContainer(progress: (what: string) => void): Promise<Running> {
    progress(`starting the AWS emulator in ${CONTAINER_IMAGE}`);
    const inside = 5000;
    const args = [
        "run",
        "--detach",
        "--rm",
        "--publish",
        `127.0.0.1:0:${inside}`,
        "--volume",
        `${SOURCES}:/emulator:ro`,
        "--entrypoint",
        "python",
    ];
    try {
        const { stdout } = await run("docker", [
            ...args,
            CONTAINER_IMAGE,
            "/emulator/serve.py",
            "--host",
            "0.0.0.0",
            "--port",
            String(inside),
        ]);
        const container = stdout.trim();
        const published = await run("docker", ["port", container, String(inside)]);
        const running = { container, port: Number(published.stdout.trim().split(":").pop()) };
        await untilReady(running.port);
        return running;
    } catch (error) {
        const reason = (error as { stderr?: string }).stderr?.trim().split("\n").pop() ?? String(error);
        throw new UserError(
            `The AWS emulator needs Python 3.10 or newer, or Docker. Python was not found, and Docker said: ${reason}`,
        );
    }
}

async function untilReady(port: number): Promise<void> {
    for (let attempt = 0; attempt < 60; attempt++) {
        const answers = await ask(`http://localhost:${port}`, "GET", "/sandbox/resources").then(
            () => true,
            () => false,
        );
        if (answers) return;
        await new Promise(resolve => setTimeout(resolve, 500));
    }
    throw new Error("the container did not answer within 30 s");
}

async function endProcess(pid: number): Promise<void> {
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
        try {
            process.kill(pid, signal);
            for (let attempt = 0; attempt < 50; attempt++) {
                process.kill(pid, 0);
                await new Promise(resolve => setTimeout(resolve, 100));
            }
        } catch {
            return;
        }
    }
}

function stateFile(folder: string): string {
    return path.join(folder, "emulator.json");
}

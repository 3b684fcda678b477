import { ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import * as services from "@pulumi/pulumi/proto/language_grpc_pb";
import {
    AboutResponse,
    GetProgramDependenciesResponse,
    GetRequiredPackagesResponse,
    GetRequiredPluginsResponse,
    LanguageHandshakeResponse,
    ProgramInfo,
    RunPluginRequest,
    RunPluginResponse,
    RunRequest,
    RunResponse,
    RuntimeOptionsResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/version";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/**
 * The language host of an engine that is built here: what `pulumi-language-nodejs` does for preview, up, refresh and destroy, for policy packs and for
 * plugins written in Node. It starts the program with the SDK's own runner. Not here: `pulumi new`, `pulumi install`, debugging, code generation.
 */

/** The runner's exit code for "the user has been told already". */
const ALREADY_REPORTED = 32;

/** The engine says where it listens as the last argument, or in a handshake. */
let engineAddress =
    process.argv
        .slice(2)
        .filter(argument => !argument.startsWith("-"))
        .pop() ?? "";
const children = new Set<ChildProcess>();

interface Start {
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly onOutput: (stream: "stdout" | "stderr", data: Buffer) => void;
    /** The engine's call, which it may take back. */
    readonly call: { on(event: "cancelled", end: () => void): unknown };
}

/** Runs Node. @returns its exit code, once all that it printed has been handed on */
function runNode({ args, cwd, env, onOutput, call }: Start): Promise<number> {
    return new Promise(resolve => {
        const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
        const end = (code: number | null) => {
            children.delete(child);
            resolve(code ?? 1);
        };
        children.add(child);
        call.on("cancelled", () => child.kill("SIGINT"));
        child.stdout.on("data", (data: Buffer) => onOutput("stdout", data));
        child.stderr.on("data", (data: Buffer) => onOutput("stderr", data));
        child.on("close", end).on("error", () => end(1));
    });
}

/** A module of the program's own SDK, so that program and runner are of one version. */
function fromProgram(directory: string, module: string): string {
    return createRequire(path.join(directory, "package.json")).resolve(module);
}

/** The runtime's options in `Pulumi.yaml`, as environment and as arguments for Node. */
function runtimeOptions(info: ProgramInfo): { readonly env: Record<string, string>; readonly nodeArgs: readonly string[] } {
    const { typescript, tsconfig, nodeargs } = (info.getOptions()?.toJavaScript() ?? {}) as Record<string, unknown>;
    return {
        env: {
            ...(typescript !== false && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
            ...(typeof tsconfig === "string" && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
        },
        nodeArgs: typeof nodeargs === "string" ? nodeargs.split(/\s+/) : [],
    };
}

function infoOf(request: RunRequest | RunPluginRequest): ProgramInfo {
    return request.getInfo() ?? new ProgramInfo();
}

/** `fargate:services` as the SDK reads it: `fargate:config:services`. */
function configOf(request: RunRequest): Record<string, string> {
    return Object.fromEntries([...request.getConfigMap().toArray()].map(([key, value]) => [key.replace(":", ":config:"), value]));
}

function runnerFlags(request: RunRequest, info: ProgramInfo): string[] {
    const flags = {
        monitor: request.getMonitorAddress(),
        engine: engineAddress,
        organization: request.getOrganization(),
        project: request.getProject(),
        "root-directory": info.getRootDirectory(),
        stack: request.getStack(),
        pwd: info.getProgramDirectory(),
        parallel: String(request.getParallel()),
    };
    const given = Object.entries(flags).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value]));
    return request.getDryrun() ? [...given, "--dry-run"] : given;
}

async function runProgram(call: grpc.ServerUnaryCall<RunRequest, RunResponse>): Promise<RunResponse> {
    const { request } = call;
    const info = infoOf(request);
    const directory = info.getProgramDirectory();
    const { env, nodeArgs } = runtimeOptions(info);
    const runner = [...nodeArgs, fromProgram(directory, "@pulumi/pulumi/cmd/run")];
    const code = await runNode({
        args: [...runner, ...runnerFlags(request, info), info.getEntryPoint(), ...request.getArgsList()],
        cwd: directory,
        env: {
            ...process.env,
            ...env,
            PULUMI_CONFIG: JSON.stringify(configOf(request)),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        },
        onOutput: (stream, data) => process[stream].write(data),
        call,
    });
    const response = new RunResponse();
    if (code === ALREADY_REPORTED) response.setBail(true);
    else if (code !== 0) response.setError(`the program ended with exit code ${code}`);
    return response;
}

async function runPlugin(call: grpc.ServerWritableStream<RunPluginRequest, RunPluginResponse>): Promise<void> {
    const { request } = call;
    const info = infoOf(request);
    const directory = info.getProgramDirectory();
    const { env, nodeArgs } = runtimeOptions(info);
    const isPack = request.getKind() === "analyzer";
    const runner = fromProgram(directory, `@pulumi/pulumi/cmd/${isPack ? "run-policy-pack" : "run-plugin"}`);
    const code = await runNode({
        args: isPack
            ? [runner, ...nodeArgs, ...request.getArgsList(), directory]
            : [runner, ...nodeArgs, directory, ...request.getArgsList()],
        cwd: isPack ? directory : request.getPwd(),
        env: { ...Object.fromEntries(request.getEnvList().map(variable)), ...env },
        onOutput: (stream, data) => {
            const response = new RunPluginResponse();
            call.write(stream === "stdout" ? response.setStdout(data) : response.setStderr(data));
        },
        call,
    });
    call.write(new RunPluginResponse().setExitcode(code));
    call.end();
}

/** A method that answers at once. */
function answer<T>(response: () => T) {
    return (_: unknown, callback: grpc.sendUnaryData<T>) => callback(null, response());
}

const host = {
    handshake: (call, callback) => {
        engineAddress = call.request.getEngineAddress() || engineAddress;
        callback(null, new LanguageHandshakeResponse());
    },
    // What the program needs is on the PATH: there is nothing to install.
    getRequiredPlugins: answer(() => new GetRequiredPluginsResponse()),
    getRequiredPackages: answer(() => new GetRequiredPackagesResponse()),
    installDependencies: call => void call.end(),
    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
    runtimeOptionsPrompts: answer(() => new RuntimeOptionsResponse()),
    getProgramDependencies: answer(() => new GetProgramDependenciesResponse()),
    about: answer(() => new AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    run: (call, callback) => {
        runProgram(call).then(
            response => callback(null, response),
            (error: unknown) => callback(null, new RunResponse().setError(String(error))),
        );
    },
    runPlugin: call => {
        runPlugin(call).catch((error: unknown) => call.destroy(error instanceof Error ? error : new Error(String(error))));
    },
    cancel: (_, callback) => {
        for (const child of children) child.kill("SIGINT");
        callback(null, new Empty());
    },
} satisfies Partial<services.ILanguageRuntimeServer>;

const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
server.addService(services.LanguageRuntimeService, host);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
});

/** `NAME=value`, in which the value may have further signs of equality. */
function variable(pair: string): [name: string, value: string] {
    const [name = "", value = ""] = pair.split(/=(.*)/s, 2);
    return [name, value];
}

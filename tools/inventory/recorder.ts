import * as pulumi from "@pulumi/pulumi";
import type {
    RegisterResourceOutputsRequest,
    RegisterResourceRequest,
    RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import { idOf, outputsOf } from "./resource-outputs";

export { idOf };

/** A resource as the program declared it. */
export interface Recorded {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** URN; undefined for the stack. */
    readonly parent?: string;
    readonly isComponent: boolean;
    /** Resolved; values marked secret are replaced by `SECRET`. */
    readonly inputs: Readonly<Record<string, unknown>>;
    /** What a component registers, resolved; undefined where it registers nothing. */
    readonly outputs?: Readonly<Record<string, unknown>>;
    /** URNs of everything that comes before it, by data or by `dependsOn`. */
    readonly dependencies: readonly string[];
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges: readonly string[];
    /** URNs of resources that it is replaced with. */
    readonly replaceWith: readonly string[];
    readonly retainOnDelete: boolean;
    /** Undefined where the provider decides. */
    readonly deleteBeforeReplace?: boolean;
    /** URNs of the explicit providers it uses or hands down. */
    readonly providers: readonly string[];
    readonly timeouts: { readonly create: string; readonly update: string; readonly delete: string };
}

/** Stands for a secret value. */
export const SECRET = "[secret]";

/** What a provider function answers; throws where it would fail. `provider` is the URN of the explicit one, or empty. */
export type Call = (inputs: Readonly<Record<string, unknown>>, provider: string) => Record<string, unknown>;

export interface RecorderOptions {
    readonly project: string;
    readonly stack: string;
    /** Full keys; values as text. */
    readonly config?: Readonly<Record<string, string>>;
    readonly secretKeys?: readonly string[];
    /** Provider functions by token. Any other call throws. */
    readonly calls?: Readonly<Record<string, Call>>;
}

const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * Runs a program on Pulumi's mocks and records what it declares. Ids come from type and logical name, so that crossed wires show; an unknown call
 * and a second resource of the same type and name throw.
 *
 * @throws the first error of the program or of any resource, also of one that nobody awaits.
 */
export function record<T>(program: () => Promise<T>, options: RecorderOptions): Promise<Recording<T>> {
    const recording = last.then(() => withPlainTraces(() => recordAlone(program, options)));
    last = recording.catch(() => undefined);
    return recording;
}

export interface Recording<T> {
    /** In the order of the program. */
    readonly resources: Recorded[];
    readonly outputs: T;
}

/** The SDK has one set of mocks and one stack a process, so that a run waits for the one before. */
let last: Promise<unknown> = Promise.resolve();

/** The SDK has this function and leaves it out of its types. */
const internals = debuggable as unknown as {
    debuggablePromise: (promise: Promise<unknown>, context: unknown) => Promise<unknown>;
};
const { debuggablePromise } = internals;

/** The SDK takes a stack trace for every promise, to tell of one that never ends: half of a run's time. */
internals.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
        return debuggablePromise(promise, context);
    } finally {
        Error.stackTraceLimit = limit;
    }
};

/**
 * The SDK takes a stack trace for every resource too, and ts-node would map each of them to its source. A trace is formatted when it is read, so
 * that an error of the program has a mapped one all the same.
 */
async function withPlainTraces<T>(run: () => Promise<T>): Promise<T> {
    const mapping: unknown = Reflect.get(Error, "prepareStackTrace");
    Reflect.deleteProperty(Error, "prepareStackTrace");
    try {
        return await run();
    } finally {
        Reflect.set(Error, "prepareStackTrace", mapping);
    }
}

async function recordAlone<T>(program: () => Promise<T>, options: RecorderOptions): Promise<Recording<T>> {
    const { project, stack, config = {}, secretKeys = [], calls = {} } = options;
    const resources: Recorded[] = [];
    const failures: unknown[] = [];
    const fail = (error: unknown) => failures.push(error);

    // Transforms are asked for on this very machine: gRPC's client would ask a proxy of the user's for it, for ever.
    process.env["no_grpc_proxy"] ??= [process.env["no_proxy"], "127.0.0.1", "localhost"].filter(Boolean).join(",");
    await pulumi.runtime.setMocks(
        {
            call: ({ token, inputs, provider = "" }) => {
                const call = calls[token];
                if (call === undefined) throw withDetails(new Error(`unknown call ${token} with ${JSON.stringify(inputs)}`));
                try {
                    return call(inputs as Record<string, unknown>, urnOf(provider));
                } catch (error) {
                    throw withDetails(error);
                }
            },
            newResource: ({ type, name, inputs }) => ({
                id: idOf(type, name),
                state: outputsOf(type, name, inputs as Record<string, unknown>),
            }),
        },
        project,
        stack,
        false,
        "organization",
    );
    pulumi.runtime.setAllConfig(config, [...secretKeys]);
    const registered = new Map<string, Recorded["outputs"]>();
    watch(resources, registered);

    process.on("unhandledRejection", fail);
    try {
        const order = new Map<string, number>();
        const outputs = (await pulumi.runtime.runInPulumiStack(() => {
            // Requests arrive in the order their inputs resolve; constructors run in the order of the program.
            pulumi.runtime.registerStackTransformation(({ type, name }) => void order.set(`${type} ${name}`, order.size));
            return program();
        })) as T;
        await pulumi.runtime.disconnect();
        await rejectionsTold();
        if (failures.length > 0) throw failures[0];
        const position = ({ type, name }: Recorded) => order.get(`${type} ${name}`) ?? -1;
        const declared = resources.filter(({ type }) => type !== STACK_TYPE).sort((a, b) => position(a) - position(b));
        return { resources: declared.map(resource => ({ ...resource, outputs: registered.get(resource.urn) })), outputs };
    } finally {
        // The error of a program rejects more than one promise, and none of them may reach the next run.
        await rejectionsTold();
        process.off("unhandledRejection", fail);
    }
}

/** Node tells of rejections that nobody handles once all promises of a turn are done. */
function rejectionsTold(): Promise<void> {
    return new Promise(setImmediate);
}

/** The SDK reads an error of a call as gRPC's. */
function withDetails(error: unknown): unknown {
    return error instanceof Error ? Object.assign(error, { details: error.message }) : error;
}

interface Monitor {
    registerResource: (request: RegisterResourceRequest, callback: Callback) => void;
    registerResourceOutputs: (request: RegisterResourceOutputsRequest, callback: unknown) => void;
}

type Callback = (error: unknown, response: RegisterResourceResponse | undefined) => void;

/** Mocks are not told of parents, dependencies, options and outputs; the monitor they sit behind is. */
function watch(resources: Recorded[], registered: Map<string, Recorded["outputs"]>): void {
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const register = monitor.registerResource.bind(monitor);
    const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
    monitor.registerResourceOutputs = (request, callback) => {
        registered.set(request.getUrn(), plainObject(request.getOutputs()));
        registerOutputs(request, callback);
    };
    const seen = new Set<string>();
    monitor.registerResource = (request, callback) => {
        const id = `${request.getType()} ${request.getName()}`;
        if (seen.has(id)) return callback(new Error(`duplicate resource ${id}`), undefined);
        seen.add(id);
        register(request, (error, response) => {
            if (response !== undefined) resources.push(fromRequest(request, response.getUrn()));
            callback(error, response);
        });
    };
}

function fromRequest(request: RegisterResourceRequest, urn: string): Recorded {
    const timeouts = request.getCustomtimeouts();
    return {
        urn,
        type: request.getType(),
        name: request.getName(),
        parent: request.getParent() || undefined,
        isComponent: !request.getCustom(),
        inputs: plainObject(request.getObject()),
        dependencies: request.getDependenciesList(),
        ignoreChanges: request.getIgnorechangesList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        replaceWith: request.getReplaceWithList(),
        retainOnDelete: request.getRetainondelete() ?? false,
        ...(request.getDeletebeforereplacedefined() && { deleteBeforeReplace: request.getDeletebeforereplace() }),
        providers: [
            request.getProvider(),
            ...request
                .getProvidersMap()
                .toObject()
                .map(([, reference]) => reference),
        ]
            .filter(reference => reference !== "")
            .map(urnOf),
        timeouts: {
            create: timeouts?.getCreate() ?? "",
            update: timeouts?.getUpdate() ?? "",
            delete: timeouts?.getDelete() ?? "",
        },
    };
}

/** A reference to a provider is a URN and an id. */
function urnOf(reference: string): string {
    return reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
}

function plainObject(sent: { toJavaScript: () => unknown } | undefined): Readonly<Record<string, unknown>> {
    return plain(sent?.toJavaScript() ?? {}) as Record<string, unknown>;
}

/** A value as it was sent, with secrets hidden. */
function plain(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    const record = value as Record<string, unknown>;
    if (record[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig) return SECRET;
    return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, plain(inner)]));
}

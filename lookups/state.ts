import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { ResourceInvokeRequest, ResourceInvokeResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A resource as the stack's state holds it. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** The SDK has it and leaves it out of its types. */
interface Monitor {
    invoke(request: ResourceInvokeRequest, callback: (error: Error | null, response?: ResourceInvokeResponse) => void): void;
}

/** The run's one reading, by the monitor that it was asked of. */
const readings = new WeakMap<object, Promise<readonly StateResource[]>>();

/**
 * What the stack's own state holds: what the last update left, whether it ended well or not. Nothing for a new stack, and in a plan.
 *
 * Read once, since the engine writes the state while it makes the first resources, and tells a half-written one as an error.
 */
export function stateResources(): Promise<readonly StateResource[]> {
    const monitor = pulumi.runtime.getMonitor() as object;
    const reading = readings.get(monitor) ?? readResources();
    readings.set(monitor, reading);
    return reading;
}

/** Milliseconds before a state is asked for again that was just being written, in the order of the attempts. */
const PAUSES = [50, 100, 200, 400, 800, 1600];

async function readResources(attempt = 0): Promise<readonly StateResource[]> {
    try {
        return await ownResources();
    } catch (error) {
        const pause = PAUSES[attempt];
        if (pause === undefined || !/failed to load checkpoint/.test(String(error))) throw error;
        await sleep(pause);
        return readResources(attempt + 1);
    }
}

async function ownResources(): Promise<readonly StateResource[]> {
    const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    const state = (await askEngine("pulumi:pulumi:readStackResourceOutputs", { stackName })) as {
        outputs: Record<string, Omit<StateResource, "urn">>;
    };
    return Object.entries(state.outputs).map(([urn, resource]) => ({ urn, ...resource }));
}

/** What another stack has as outputs. */
export interface StackOutputs {
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly secretOutputNames: readonly string[];
}

/**
 * What `pulumi.StackReference` asks the engine too, which would leave a resource of its own in the state: a look-up leaves none.
 *
 * @param name `<organization>/<project>/<stack>`
 * @throws where the backend has no such stack, or does not show it.
 */
export async function stackOutputs(name: string): Promise<StackOutputs> {
    return (await askEngine("pulumi:pulumi:readStackOutputs", { name })) as StackOutputs;
}

/**
 * Asked below the SDK's `invoke`, which takes outputs that are resources, such as those of awsx's VPC, for resources of this run: it looks them up before
 * the program has declared them, and the run fails.
 */
async function askEngine(token: string, args: Record<string, string>): Promise<unknown> {
    const request = new ResourceInvokeRequest();
    request.setTok(token);
    request.setArgs(Struct.fromJavaScript(args));
    request.setAcceptresources(false);
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const response = await new Promise<ResourceInvokeResponse | undefined>((resolve, reject) =>
        monitor.invoke(request, (error, answer) => (error === null ? resolve(answer) : reject(error))),
    );
    return response?.getReturn()?.toJavaScript();
}

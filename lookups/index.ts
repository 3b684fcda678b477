import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Caller } from "../model/callers";
import type { ImageSource } from "../model/image-reference";
import type { Settings, TaskSettings } from "../settings";
import { containersOf, imageOwners, tasksOf } from "../settings/tasks";
import { alarmedServices } from "./alarmed";
import { allowedCallers } from "./callers";
import { reachedLists } from "./connections";
import { requireDelegation } from "./delegation";
import { digestReference, imageSource, isTagElsewhere } from "./images";
import { hasForeignInsights } from "./insights";
import { requireFreeLoadBalancer } from "./load-balancer";
import { FoundNetwork, findNetwork } from "./network";
import { allOf, asked, notFound } from "./not-found";
import { FoundListener, findListener } from "./priorities";
import { requireQuotas } from "./quotas";
import { hadSessions } from "./sessions";

/** What the program asks AWS before it declares anything. */
export interface Lookups extends FoundNetwork {
    readonly account: string;
    /** Present where the domain has a zone. */
    readonly hostedZoneId?: string;
    /** Of every image: of services, and of jobs that have one of their own. */
    readonly sources: readonly { readonly task: TaskSettings; readonly source: ImageSource }[];
    /** By digest, as they are written. */
    readonly sidecarImages: ReadonlyMap<string, string>;
    readonly listener: FoundListener;
    /** Services that ECS was told of alarms for. */
    readonly alarmed: ReadonlySet<string>;
    /** Whether ECS was told where sessions of ECS Exec are logged. */
    readonly hadSessions: boolean;
    /** Whether Container Insights made its log group itself. */
    readonly hasForeignInsights: boolean;
    /** Whose connections the load balancer takes. */
    readonly callers: readonly Caller[];
}

/** @throws pulumi.RunError that says which name in the configuration stands for nothing in AWS. */
export async function lookUp(settings: Settings, provider: aws.Provider): Promise<Lookups> {
    const options = { provider };
    const tasks = imageOwners(settings);
    const sidecars = sidecarsOf(settings);
    const images = [...tasks.map(({ image }) => image), ...sidecars.keys()];
    const needsRegistry = images.some(image => image !== undefined && isTagElsewhere(image));
    const registry = needsRegistry ? new docker.Provider("docker", { disableDockerDaemonCheck: true }) : undefined;
    const finding = findNetwork(settings, options);
    const calling = allowedCallers(settings, options);
    const [account, network, hostedZoneId, sources, sidecarImages, listener, alarmed, sessions, insights, callers] =
        await Promise.all([
            asked("which account these credentials are for", aws.getCallerIdentity({}, options)).then(
                identity => identity.accountId,
            ),
            finding,
            hostedZoneIdOf(settings, options),
            allOf(
                tasks.map(async task => ({
                    task,
                    source: await imageSource(settings, task, options, registry),
                })),
            ),
            allOf(
                [...sidecars].map(async ([image, key]) => [image, await digestReference(key, image, options, registry)] as const),
            ),
            findListener(settings),
            alarmedServices(),
            hadSessions(),
            hasForeignInsights(settings, options),
            calling,
            Promise.all([finding.then(found => reachedLists(settings, found, options)), calling]).then(([lists, callers]) =>
                requireQuotas(settings, { lists, callers }, options),
            ),
            requireFreeLoadBalancer(settings),
        ]);
    return {
        ...{ account, ...network, hostedZoneId, sources, sidecarImages: new Map(sidecarImages), listener, alarmed, callers },
        hadSessions: sessions,
        hasForeignInsights: insights,
    };
}

/** The images of sidecars, each with a key that names it. */
function sidecarsOf(settings: Settings): ReadonlyMap<string, string> {
    const sidecars = tasksOf(settings)
        .flatMap(containersOf)
        .filter(({ is }) => is !== "own");
    return new Map(sidecars.map(({ container, at }) => [String(container.image), `fargate:${at("image").join(".")}`]));
}

async function hostedZoneIdOf(
    { domain, aws: configuration }: Settings,
    options: pulumi.InvokeOptions,
): Promise<string | undefined> {
    if (domain?.zone === undefined) return undefined;
    const name = domain.zone;
    const zone = await aws.route53.getZone({ name, privateZone: false }, options).catch((error: unknown) => {
        throw notFound("fargate:domain.zone", name, "a public Route 53 hosted zone of this account", error);
    });
    if (isOnInternet(configuration)) await requireDelegation(name, zone.nameServers);
    return zone.zoneId;
}

/** A plan has no engine and asks nobody; of an emulator's zones the world knows nothing. */
function isOnInternet({ endpoints }: Settings["aws"]): boolean {
    const isEmulated =
        ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_ROUTE_53"].some(name => process.env[name]) || endpoints !== undefined;
    return pulumi.runtime.getEngine() !== undefined && !isEmulated;
}

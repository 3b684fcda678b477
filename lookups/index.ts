import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { ImageSource } from "../model/image-reference";
import type { Settings, TaskSettings } from "../settings";
import { requireDelegation } from "./delegation";
import { imageSource, isTagElsewhere } from "./images";
import { FoundNetwork, findNetwork } from "./network";
import { allOf, asked, notFound } from "./not-found";
import { rulePriorities } from "./priorities";
import { requireQuotas } from "./quotas";

/** What the program asks AWS before it declares anything. */
export interface Lookups extends FoundNetwork {
    readonly account: string;
    /** Present where the domain has a zone. */
    readonly hostedZoneId?: string;
    /** Of every image: of services, and of jobs that have one of their own. */
    readonly sources: readonly { readonly task: TaskSettings; readonly source: ImageSource }[];
    /** Of listener rules, by the name of the service. */
    readonly priorities: ReadonlyMap<string, number>;
}

/** @throws pulumi.RunError that says which name in the configuration stands for nothing in AWS. */
export async function lookUp(settings: Settings, provider: aws.Provider): Promise<Lookups> {
    const options = { provider };
    const tasks = [...settings.services, ...settings.jobs.filter(({ of }) => of === undefined)];
    const needsRegistry = tasks.some(({ image }) => image !== undefined && isTagElsewhere(image));
    const registry = needsRegistry ? new docker.Provider("docker", { disableDockerDaemonCheck: true }) : undefined;
    const [account, network, hostedZoneId, sources, priorities] = await Promise.all([
        asked("which account these credentials are for", aws.getCallerIdentity({}, options)).then(identity => identity.accountId),
        findNetwork(settings, options),
        hostedZoneIdOf(settings, options),
        allOf(
            tasks.map(async task => ({
                task,
                source: await imageSource(settings, task, options, registry),
            })),
        ),
        rulePriorities(settings),
        requireQuotas(settings, options),
    ]);
    return { account, ...network, hostedZoneId, sources, priorities };
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

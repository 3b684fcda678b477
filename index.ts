import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "./components/certificate";
import { Cluster } from "./components/cluster";
import { Endpoints } from "./components/endpoints";
import type { Egress } from "./components/group-rules";
import { Image } from "./components/image";
import { Job } from "./components/job";
import { LoadBalancer } from "./components/load-balancer";
import { Network } from "./components/network";
import { override } from "./components/overridden";
import { Registry } from "./components/registry";
import { waitsEnd } from "./components/rollout";
import { Service } from "./components/service";
import { Topic } from "./components/topic";
import { watchStack, watchTasks } from "./components/watch";
import { lookUp } from "./lookups";
import { clientsFor } from "./lookups/aws-clients";
import { releaseRunner } from "./lookups/release";
import { rolloutWatch } from "./lookups/rollout";
import { endpointServices, gatewaysOf } from "./model/endpoints";
import { OWN_NAME, logicalName, serviceName, stackPrefix } from "./model/names";
import { providerArgs } from "./model/tags";
import type { RunRelease } from "./model/task-run";
import type { Watch } from "./model/verdict";
import { overrides } from "./overrides";
import { ServiceSettings, Settings, TaskSettings, readSettings } from "./settings";

/** The architecture, in the order data flows. */
async function program(overridesOf = overrides) {
    const settings = readSettings();
    const overriddenIn = override(overridesOf(settings));
    const provider = new aws.Provider("aws", providerArgs(settings));
    // A plan has no engine, and rolls nothing out.
    const onEcs = pulumi.runtime.getEngine() && {
        watch: rolloutWatch(() => clientsFor(settings.aws)),
        runRelease: settings.releases === "skip" ? undefined : releaseRunner(() => clientsFor(settings.aws)),
    };
    const given: Given = { settings, found: await lookUp(settings, provider), onAws: { provider }, onEcs };

    const ground = network(given);
    const front = entrance(given, ground.network);
    const built = images(given);
    const topicArn = alarmTopic(given);
    const running = workloads(given, ground, built, front.loadBalancer, topicArn);
    watch(given, front, running, topicArn);
    const overridden = overriddenIn();
    await waitsEnd(running.services.map(({ made }) => made.revision));
    return {
        ...(front.url && { url: front.url }),
        ...outputs(given, ground.network, built, running),
        ...(topicArn !== undefined && { alarmTopic: topicArn }),
        ...(Object.keys(overridden).length > 0 && { overridden }),
    };
}

/** What every part is made from. */
interface Given {
    readonly settings: Settings;
    /** What AWS said before anything was declared. */
    readonly found: Awaited<ReturnType<typeof lookUp>>;
    readonly onAws: { readonly provider: aws.Provider };
    /** How ECS is asked what became of a rollout, and told to run a release. */
    readonly onEcs: { readonly watch: Watch; readonly runRelease: RunRelease | undefined } | undefined;
}

/** Where tasks run, and their way to AWS. */
function network({ settings, found, onAws }: Given) {
    const { network: vpc, services, jobs, region } = settings;
    const made = new Network(OWN_NAME.network, found.network, onAws);
    const doors = endpointServices(vpc.egress, [...services, ...jobs]);
    const endpoints =
        doors &&
        new Endpoints(
            OWN_NAME.endpoints,
            {
                region,
                account: found.account,
                ...doors,
                vpcId: made.vpcId,
                subnetIds: found.endpointSubnetIds
                    ? [...found.endpointSubnetIds]
                    : made.privateSubnetIds.apply(ids => ids.slice(0, vpc.endpointZones)),
                routeTableIds: made.privateRouteTableIds,
            },
            onAws,
        );
    return { network: made, endpoints };
}

/** How requests come in, where any service has a route. */
function entrance({ settings, found, onAws }: Given, { vpcId, publicSubnetIds }: Network) {
    const { services, domain, deletionProtection } = settings;
    const hostedZone = domain && found.hostedZoneId ? { domainName: domain.name, hostedZoneId: found.hostedZoneId } : undefined;
    const certificateArn = hostedZone ? new Certificate(OWN_NAME.certificate, hostedZone, onAws).arn : domain?.certificateArn;
    if (!services.some(service => service.route)) return { certificateArn };
    const loadBalancer = new LoadBalancer(
        OWN_NAME.loadBalancer,
        { vpcId, subnetIds: publicSubnetIds, certificateArn, records: hostedZone, deletionProtection },
        onAws,
    );
    return {
        certificateArn,
        loadBalancer,
        url: domain ? `https://${domain.name}` : pulumi.interpolate`http://${loadBalancer.dnsName}`,
    };
}

/** What tasks are started from: an image for each that has one of its own, in a repository where it is built. */
function images({ settings, found, onAws }: Given) {
    const { deletionProtection } = settings;
    const credentials = found.sources.some(({ source }) => source.kind === "build") ? registryCredentials(onAws) : undefined;
    const made = found.sources.map(({ task: { name, build }, source }) => {
        const repository = { repositoryName: serviceName(settings, name), deletionProtection, tags: { service: name } };
        const registry = build && new Registry(`${name}-registry`, repository, onAws);
        return { name, registry, image: new Image(logicalName.image(name), { source, registry, credentials }, onAws) };
    });
    return {
        of: ({ name, of = name }: TaskSettings) => {
            const owner = made.find(each => each.name === of);
            if (owner === undefined) throw new Error(`nothing says where the image of ${name} comes from`);
            return { image: owner.image.reference, repositoryArn: owner.image.repositoryArn };
        },
        ready: made.flatMap(({ image }) => image.ready),
        repositories: Object.fromEntries(made.flatMap(({ name, registry }) => (registry ? [[name, registry.url]] : []))),
    };
}

/** What runs: a service and its tasks for each entry under `fargate:services`, and a job for each under `fargate:jobs`. */
function workloads(
    { settings, found, onAws, onEcs }: Given,
    { network: vpc, endpoints }: ReturnType<typeof network>,
    image: ReturnType<typeof images>,
    loadBalancer: LoadBalancer | undefined,
    topicArn: pulumi.Input<string> | undefined,
) {
    const { logRetentionDays, permissionsBoundary, containerInsights } = settings;
    const cluster = new Cluster(OWN_NAME.cluster, { clusterName: stackPrefix(settings), containerInsights }, onAws);
    const argsOf = (task: TaskSettings) => ({
        ...image.of(task),
        imagesReady: image.ready,
        sidecarImages: found.sidecarImages,
        place: { region: settings.region, account: found.account },
        network: vpc,
        egress: egressOf(task, endpoints),
        cluster,
        deployment: settings,
        logRetentionDays,
        permissionsBoundary,
        after: [...cluster.ready, ...vpc.egressReady, ...(endpoints?.ready ?? [])],
    });
    const run = (service: ServiceSettings, afterReleases: pulumi.Output<pulumi.Resource>[] = []) => {
        const rulePriority = found.priorities.get(service.name);
        const thresholds = settings.alarms?.services[service.name];
        const alarms = topicArn !== undefined && thresholds !== undefined ? { thresholds, topicArn } : undefined;
        const watched = { alarms, rollbackOnAlarms: settings.rollbackOnAlarms };
        const args = { ...argsOf(service), service, loadBalancer, rulePriority, ...watched, afterReleases, ...onEcs };
        return { service, made: new Service(service.name, args, onAws) };
    };
    const owners = settings.services.filter(({ of }) => of === undefined).map(service => run(service));
    // A worker of the same image must not meet a database that is still to be migrated.
    const releasesOf = (wanted: string | undefined) =>
        owners
            .filter(({ service: { name, release } }) => name === wanted && release !== undefined)
            .map(({ made: { released } }) => released);
    const others = settings.services.filter(({ of }) => of !== undefined).map(service => run(service, releasesOf(service.of)));
    const services = [...owners, ...others];
    const jobs = settings.jobs.map(job => ({
        job,
        made: new Job(job.name, { ...argsOf(job), job, ...(topicArn !== undefined && { alarms: { topicArn } }) }, onAws),
    }));
    return { cluster, services, jobs };
}

function egressOf(task: TaskSettings, endpoints: Endpoints | undefined): Egress {
    if (endpoints?.securityGroupId === undefined) return { to: "internet" };
    const prefixListIds = pick(endpoints.prefixListIds, gatewaysOf(task));
    return { to: "endpoints", securityGroupId: endpoints.securityGroupId, prefixListIds };
}

/** Who is told, where anything is watched. */
function alarmTopic({ settings, found, onAws }: Given): pulumi.Input<string> | undefined {
    const { alarms, region } = settings;
    if (alarms === undefined) return undefined;
    const place = { region, account: found.account };
    return alarms.topicArn ?? new Topic(OWN_NAME.topic, { deployment: settings, place, email: alarms.email }, onAws).arn;
}

/** What is watched beside requests, which are their service's own affair. */
function watch(
    { settings, found, onAws }: Given,
    { loadBalancer, certificateArn }: ReturnType<typeof entrance>,
    { cluster, services }: ReturnType<typeof workloads>,
    topicArn: pulumi.Input<string> | undefined,
) {
    const { alarms } = settings;
    if (alarms === undefined || topicArn === undefined) return;
    const told = { deployment: settings, topicArn };
    const place = { region: settings.region, account: found.account };
    const ofStack = { loadBalancer: loadBalancer?.arnSuffix, certificateArn };
    watchStack({ ...told, place, thresholds: alarms.stack }, ofStack, onAws);
    for (const { service, made } of services) {
        const ofService = { cluster, ecsService: made.serviceName, front: made.front };
        watchTasks({ ...told, service, thresholds: alarms.services[service.name] ?? {} }, ofService, onAws);
    }
}

/** What commands find again. */
function outputs(
    { settings }: Given,
    { privateSubnetIds }: Network,
    { of: imageOf, repositories }: ReturnType<typeof images>,
    { cluster: { clusterName }, services, jobs }: ReturnType<typeof workloads>,
) {
    const taskOf = ({ job: { name }, made }: (typeof jobs)[number]) => ({
        taskDefinition: made.definitionArn,
        cluster: clusterName,
        subnetIds: privateSubnetIds,
        securityGroupId: made.securityGroupId,
        logGroup: made.logGroupName,
        container: name,
    });
    const byName = <T>(of: (made: Service) => T) =>
        Object.fromEntries(services.map(({ service, made }) => [service.name, of(made)]));
    return {
        cluster: clusterName,
        services: byName(made => made.serviceName),
        images: Object.fromEntries([...settings.services, ...settings.jobs].map(task => [task.name, imageOf(task).image])),
        logGroups: byName(made => made.logGroupName),
        repositories,
        ...(jobs.length > 0 && { jobs: Object.fromEntries(jobs.map(each => [each.job.name, taskOf(each)])) }),
    };
}

function pick<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
    return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}

function registryCredentials(options: pulumi.InvokeOptions) {
    const token = aws.ecr.getAuthorizationTokenOutput({}, options);
    return token.apply(({ proxyEndpoint, userName, password }) => ({ address: proxyEndpoint, username: userName, password }));
}

export = program;

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Answers } from "./components/answers";
import { Certificate } from "./components/certificate";
import { Cluster } from "./components/cluster";
import { Dashboard } from "./components/dashboard";
import { Endpoints } from "./components/endpoints";
import { Firewall } from "./components/firewall";
import { FlowLogs } from "./components/flow-logs";
import type { Egress } from "./components/group-rules";
import { Image } from "./components/image";
import { Job } from "./components/job";
import { Key } from "./components/key";
import { LoadBalancer } from "./components/load-balancer";
import { LogBucket } from "./components/log-bucket";
import { Network } from "./components/network";
import { override } from "./components/overridden";
import { Registry } from "./components/registry";
import { waitsEnd } from "./components/rollout";
import { Service } from "./components/service";
import { lookUp } from "./lookups";
import { clientsFor } from "./lookups/aws-clients";
import { releaseRunner } from "./lookups/release";
import { rolloutWatch } from "./lookups/rollout";
import { answerRules } from "./model/answers";
import { endpointServices, gatewaysOf } from "./model/endpoints";
import { OWN_NAME, logBucketPrefix, logFolders, logicalName, serviceName, stackPrefix } from "./model/names";
import { providerArgs } from "./model/tags";
import type { RunRelease } from "./model/task-run";
import type { Watch } from "./model/verdict";
import { overrides } from "./overrides";
import { ServiceSettings, Settings, TaskSettings, readSettings } from "./settings";
import { keepsKey } from "./settings/encryption";

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
    const found = await lookUp(settings, provider);
    const onAws = { provider };
    const given: Given = { settings, found, onAws, onEcs, kmsKeyArn: keyArn(settings, found, onAws) };

    const ground = network(given);
    const kept = logs(given, ground.network);
    const { loadBalancer, url } = entrance(given, ground.network, kept);
    const built = images(given);
    const running = workloads(given, ground, built, loadBalancer);
    watch(given, running, loadBalancer);
    const overridden = overriddenIn();
    await waitsEnd(running.services.map(({ made }) => made.revision));
    return {
        ...(url && { url }),
        ...outputs(given, ground.network, built, running),
        ...(kept && { logBucket: kept.bucketName }),
        ...(Object.keys(overridden).length > 0 && { overridden }),
    };
}

/** What every part is made from. */
interface Given {
    readonly settings: Settings;
    /** What AWS said before anything was declared. */
    readonly found: Awaited<ReturnType<typeof lookUp>>;
    readonly onAws: { readonly provider: aws.Provider };
    /** What the stack keeps is under this key, or AWS's own. */
    readonly kmsKeyArn: pulumi.Input<string> | undefined;
    /** How ECS is asked what became of a rollout, and told to run a release. */
    readonly onEcs: { readonly watch: Watch; readonly runRelease: RunRelease | undefined } | undefined;
}

function keyArn(settings: Settings, { account }: Given["found"], onAws: Given["onAws"]) {
    const customerKey = settings.encryption?.customerKey;
    if (customerKey !== true) return customerKey;
    const args = { deployment: settings, place: { region: settings.region, account }, kept: keepsKey(settings) };
    return new Key(OWN_NAME.key, args, onAws).arn;
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

/** Where AWS's services write their logs, and the VPC's, where any are kept. */
function logs({ settings, found, onAws }: Given, { vpcId }: Network) {
    const { logs: wanted, region, logRetentionDays, deletionProtection } = settings;
    if (wanted === undefined) return undefined;
    const folders = logFolders(settings);
    const place = { region, account: found.account };
    const own = { ...place, ...wanted, namePrefix: logBucketPrefix(settings), folders, logRetentionDays, deletionProtection };
    const bucketName = wanted.bucket ?? new LogBucket(OWN_NAME.logBucket, own, onAws).bucketName;
    if (wanted.flowLogs) new FlowLogs(OWN_NAME.flowLogs, { vpcId, region, bucketName, folder: folders.flows }, onAws);
    return { bucketName, ...(wanted.accessLogs && { ofLoadBalancer: { bucketName, ...folders } }) };
}

/** How requests come in, where any service has a route. */
function entrance(
    { settings, found, onAws, kmsKeyArn }: Given,
    { vpcId, publicSubnetIds, privateSubnetIds }: Network,
    kept: ReturnType<typeof logs>,
) {
    const { services, domain, deletionProtection, firewall, logRetentionDays } = settings;
    const { internal, idleTimeoutSeconds, certificateArns } = settings.loadBalancer ?? {};
    const hostedZone =
        domain && found.hostedZoneId
            ? { domainName: domain.name, otherNames: domain.otherNames, hostedZoneId: found.hostedZoneId }
            : undefined;
    const certificateArn = hostedZone ? new Certificate(OWN_NAME.certificate, hostedZone, onAws).arn : domain?.certificateArn;
    if (!services.some(service => service.route)) return {};
    const zoneSubnetIds = found.zoneSubnetIds ? [...found.zoneSubnetIds] : privateSubnetIds;
    const loadBalancer = new LoadBalancer(
        OWN_NAME.loadBalancer,
        {
            vpcId,
            subnetIds: internal ? zoneSubnetIds : publicSubnetIds,
            internal,
            callers: found.callers,
            certificateArn,
            furtherCertificateArns: certificateArns,
            records: hostedZone,
            idleTimeoutSeconds,
            deletionProtection,
            logs: kept?.ofLoadBalancer,
        },
        onAws,
    );
    const rules = answerRules(settings.loadBalancer);
    const { priorities } = found.listener;
    if (rules.length > 0)
        new Answers(
            logicalName.answers(OWN_NAME.loadBalancer),
            { listenerArn: loadBalancer.listenerArn, rules, priorities },
            onAws,
        );
    if (firewall) {
        const args = { aclName: stackPrefix(settings), firewall, loadBalancerArn: loadBalancer.arn, logRetentionDays, kmsKeyArn };
        new Firewall(OWN_NAME.firewall, args, onAws);
    }
    return { loadBalancer, url: domain ? `https://${domain.name}` : pulumi.interpolate`http://${loadBalancer.dnsName}` };
}

/** What tasks are started from: an image for each that has one of its own, in a repository where it is built. */
function images({ settings, found, onAws, kmsKeyArn }: Given) {
    const { deletionProtection } = settings;
    const credentials = found.sources.some(({ source }) => source.kind === "build") ? registryCredentials(onAws) : undefined;
    const made = found.sources.map(({ task: { name, build }, source }) => {
        const repository = {
            repositoryName: serviceName(settings, name),
            deletionProtection,
            // Images may be needed for as long as there is a repository.
            ...(kmsKeyArn !== undefined && keepsKey(settings) && { kmsKeyArn }),
            tags: { service: name },
        };
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
    { settings, found, onAws, onEcs, kmsKeyArn }: Given,
    { network: vpc, endpoints }: ReturnType<typeof network>,
    image: ReturnType<typeof images>,
    loadBalancer: LoadBalancer | undefined,
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
        kmsKeyArn,
        permissionsBoundary,
        after: [...cluster.ready, ...vpc.egressReady, ...(endpoints?.ready ?? [])],
    });
    const run = (service: ServiceSettings, afterReleases: pulumi.Output<pulumi.Resource>[] = []) => {
        const { priorities, sticky } = found.listener;
        const rule = { rulePriority: priorities.get(service.name), ...(sticky.has(service.name) && { wasSticky: true }) };
        const args = { ...argsOf(service), service, loadBalancer, ...rule, afterReleases, ...onEcs };
        return { service, made: new Service(service.name, args, onAws) };
    };
    const owners = settings.services.filter(({ of }) => of === undefined).map(service => run(service));
    // A worker or job of the same image must not meet a database that is still to be migrated.
    const releasesOf = (image: string | undefined, services: readonly ReturnType<typeof run>[]) =>
        services
            .filter(({ service: { name, of = name, release } }) => of === image && release !== undefined)
            .map(({ made: { released } }) => released);
    const others = settings.services
        .filter(({ of }) => of !== undefined)
        .map(service => run(service, releasesOf(service.of, owners)));
    const services = [...owners, ...others];
    const jobs = settings.jobs.map(job => {
        const args = { ...argsOf(job), job, afterReleases: releasesOf(job.of, services) };
        return { job, made: new Job(job.name, args, onAws) };
    });
    return { cluster, services, jobs };
}

function egressOf(task: TaskSettings, endpoints: Endpoints | undefined): Egress {
    if (endpoints?.securityGroupId === undefined) return { to: "internet" };
    const prefixListIds = pick(endpoints.prefixListIds, gatewaysOf(task));
    return { to: "endpoints", securityGroupId: endpoints.securityGroupId, prefixListIds };
}

/** How people see what the stack does. */
function watch(
    { settings, onAws }: Given,
    { cluster, services, jobs }: ReturnType<typeof workloads>,
    loadBalancer: LoadBalancer | undefined,
) {
    if (!settings.dashboard) return;
    const bounds = ({ tasks }: ServiceSettings) => {
        if (typeof tasks === "number") return { min: tasks, max: tasks };
        const { min, max, cpuPercent, memoryPercent } = tasks;
        return { min, max, cpuPercent, memoryPercent };
    };
    const args = {
        dashboardName: stackPrefix(settings),
        region: settings.region,
        clusterName: cluster.clusterName,
        loadBalancer: loadBalancer?.arnSuffix,
        services: services.map(({ service, made: { serviceName: physical, targetGroup } }) => ({
            name: service.name,
            serviceName: physical,
            targetGroup,
            ...bounds(service),
        })),
        hasInsights: settings.containerInsights !== "disabled",
        logGroups: [...services, ...jobs].map(({ made }) => made.logGroupName),
    };
    new Dashboard(OWN_NAME.dashboard, args, onAws);
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

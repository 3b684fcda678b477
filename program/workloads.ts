import type * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../components/cluster";
import type { Endpoints } from "../components/endpoints";
import type { Egress } from "../components/group-rules";
import { Job } from "../components/job";
import type { LoadBalancer } from "../components/load-balancer";
import { Service } from "../components/service";
import { gatewaysOf } from "../model/endpoints";
import { OWN_NAME, insightsLogGroup, sessionLogGroup, stackPrefix } from "../model/names";
import type { ServiceSettings, TaskSettings } from "../settings";
import type { Given, Kept } from "./given";
import type { images } from "./images";
import type { network } from "./network";

/** What runs: a service and its tasks for each entry under `fargate:services`, and a job for each under `fargate:jobs`. */
export function workloads(
    { settings, found, onAws, onEcs }: Given,
    { kmsKeyArn, topicArn }: Kept,
    { network: vpc, endpoints }: ReturnType<typeof network>,
    image: ReturnType<typeof images>,
    loadBalancer: LoadBalancer | undefined,
) {
    const { logRetentionDays, permissionsBoundary, containerInsights } = settings;
    const logsSessions = settings.services.some(({ exec }) => exec);
    const cluster = new Cluster(
        OWN_NAME.cluster,
        {
            clusterName: stackPrefix(settings),
            containerInsights,
            ...(logsSessions && { sessions: { logGroupName: sessionLogGroup(settings), logRetentionDays, kmsKeyArn } }),
            hadSessions: found.hadSessions,
            ...(containerInsights !== "disabled" && {
                insights: {
                    logGroupName: insightsLogGroup(settings),
                    isForeign: found.hasForeignInsights,
                    logRetentionDays,
                    kmsKeyArn,
                },
            }),
        },
        onAws,
    );
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
        const thresholds = settings.alarms?.services[service.name];
        const alarms = topicArn !== undefined && thresholds !== undefined ? { thresholds, topicArn } : undefined;
        const { rollbackOnAlarms } = settings;
        const watched = { alarms, rollbackOnAlarms, wasToldOfAlarms: found.alarmed.has(service.name) };
        const args = { ...argsOf(service), service, loadBalancer, ...rule, ...watched, afterReleases, ...onEcs };
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
        const alarms = topicArn === undefined ? undefined : { topicArn };
        const args = { ...argsOf(job), job, alarms, afterReleases: releasesOf(job.of, services) };
        return { job, made: new Job(job.name, args, onAws) };
    });
    return { cluster, services, jobs };
}

function egressOf(task: TaskSettings, endpoints: Endpoints | undefined): Egress {
    if (endpoints?.securityGroupId === undefined) return { to: "internet" };
    const prefixListIds = pick(endpoints.prefixListIds, gatewaysOf(task));
    return { to: "endpoints", securityGroupId: endpoints.securityGroupId, prefixListIds };
}

function pick<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
    return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}

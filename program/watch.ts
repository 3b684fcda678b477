import { Budget } from "../components/budget";
import { Dashboard } from "../components/dashboard";
import { watchStack, watchTasks } from "../components/watch";
import { OWN_NAME, stackPrefix } from "../model/names";
import type { ServiceSettings } from "../settings";
import type { entrance } from "./entrance";
import type { Given, Kept } from "./given";
import type { workloads } from "./workloads";

type Front = ReturnType<typeof entrance>;
type Running = ReturnType<typeof workloads>;

/** How people see what the stack does, and are told what goes wrong; what a service's requests are watched by is part of it. */
export function watch(given: Given, kept: Kept, front: Front, running: Running): void {
    alarms(given, kept, front, running);
    dashboard(given, front, running);
    budget(given, kept);
}

function alarms(
    { settings, found, onAws }: Given,
    { topicArn }: Kept,
    { loadBalancer, certificateArn }: Front,
    { cluster, services }: Running,
): void {
    const { alarms: wanted, region } = settings;
    if (wanted === undefined || topicArn === undefined) return;
    const told = { deployment: settings, topicArn };
    const ofStack = { loadBalancer: loadBalancer?.arnSuffix, certificateArn };
    watchStack({ ...told, place: { region, account: found.account }, thresholds: wanted.stack }, ofStack, onAws);
    for (const { service, made } of services) {
        const ofService = { cluster, ecsService: made.serviceName, front: made.front };
        watchTasks({ ...told, service, thresholds: wanted.services[service.name] ?? {} }, ofService, onAws);
    }
}

function dashboard({ settings, onAws }: Given, { loadBalancer }: Front, { cluster, services, jobs }: Running): void {
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
        services: services.map(({ service, made: { serviceName: physical, front } }) => ({
            name: service.name,
            serviceName: physical,
            targetGroup: front?.targetGroup,
            ...bounds(service),
        })),
        hasInsights: settings.containerInsights !== "disabled",
        logGroups: [...services, ...jobs].map(({ made }) => made.logGroupName),
    };
    new Dashboard(OWN_NAME.dashboard, args, onAws);
}

function budget({ settings, onAws }: Given, { topicArn }: Kept): void {
    const { budget: wanted } = settings;
    if (wanted?.alerts !== true || topicArn === undefined) return;
    new Budget(OWN_NAME.budget, { deployment: settings, monthlyUsd: wanted.monthlyUsd, topicArn }, onAws);
}

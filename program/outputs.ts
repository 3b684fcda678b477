import type { Network } from "../components/network";
import type { Service } from "../components/service";
import type { Given } from "./given";
import type { images } from "./images";
import type { workloads } from "./workloads";

/** What commands find again. */
export function outputs(
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

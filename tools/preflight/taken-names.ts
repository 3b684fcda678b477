import { DASHBOARD, LOG_GROUP, METRIC_ALARM } from "../inventory/types/cloudwatch";
import { REPOSITORY } from "../inventory/types/ecr";
import { CLUSTER } from "../inventory/types/ecs";
import { ROLE } from "../inventory/types/iam";
import type { Subject } from "./check";

/** A type of resource whose name is the stack's to choose, and one account's alone once. */
export interface NamedType {
    readonly type: string;
    /** As a person says it. */
    readonly noun: string;
    readonly property: string;
    /** What becomes of a name that is there already: an update that ends, or one that takes over what somebody else has. */
    readonly then: "refused" | "taken over" | "overwritten";
    /** Which of these names are there. */
    readonly taken: (names: readonly string[], subject: Subject) => Promise<readonly string[]>;
    readonly remove: (name: string) => string;
}

export const NAMED_TYPES: readonly NamedType[] = [
    {
        ...{ type: CLUSTER, noun: "cluster", property: "name", then: "taken over" },
        taken: async (names, { aws }) => {
            const { DescribeClustersCommand } = await import("@aws-sdk/client-ecs");
            const { clusters = [] } = await (await aws.ecs()).send(new DescribeClustersCommand({ clusters: [...names] }));
            return clusters.flatMap(({ clusterName = "", status }) => (status === "INACTIVE" ? [] : clusterName));
        },
        remove: name => `aws ecs delete-cluster --cluster ${name}`,
    },
    {
        ...{ type: REPOSITORY, noun: "repository", property: "name", then: "refused" },
        taken: (names, { aws, settings }) =>
            each(names, async name => {
                const { DescribeRepositoriesCommand, RepositoryNotFoundException } = await import("@aws-sdk/client-ecr");
                const question = new DescribeRepositoriesCommand({ repositoryNames: [name] });
                return found((await aws.ecr(settings.region)).send(question), RepositoryNotFoundException);
            }),
        remove: name => `aws ecr delete-repository --repository-name ${name}`,
    },
    {
        ...{ type: LOG_GROUP, noun: "log group", property: "name", then: "refused" },
        taken: (names, { aws }) =>
            each(names, async name => {
                const { DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
                // In the order of their names: the very one comes first.
                const question = new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 });
                const { logGroups = [] } = await (await aws.logs()).send(question);
                return logGroups.some(({ logGroupName }) => logGroupName === name);
            }),
        remove: name => `aws logs delete-log-group --log-group-name ${name}`,
    },
    {
        ...{ type: ROLE, noun: "role", property: "name", then: "refused" },
        taken: (names, { aws }) =>
            each(names, async RoleName => {
                const { GetRoleCommand, NoSuchEntityException } = await import("@aws-sdk/client-iam");
                return found((await aws.iam()).send(new GetRoleCommand({ RoleName })), NoSuchEntityException);
            }),
        remove: name => `aws iam delete-role --role-name ${name}`,
    },
    {
        ...{ type: METRIC_ALARM, noun: "alarm", property: "name", then: "overwritten" },
        taken: async (names, { aws }) => {
            const { DescribeAlarmsCommand } = await import("@aws-sdk/client-cloudwatch");
            const client = await aws.cloudwatch();
            const answers = chunks(names, 100).map(AlarmNames => client.send(new DescribeAlarmsCommand({ AlarmNames })));
            return (await Promise.all(answers)).flatMap(({ MetricAlarms = [] }) =>
                MetricAlarms.flatMap(({ AlarmName }) => AlarmName ?? []),
            );
        },
        remove: name => `aws cloudwatch delete-alarms --alarm-names ${name}`,
    },
    {
        ...{ type: DASHBOARD, noun: "dashboard", property: "dashboardName", then: "overwritten" },
        taken: (names, { aws }) =>
            each(names, async DashboardName => {
                const { DashboardNotFoundError, GetDashboardCommand, ResourceNotFound } =
                    await import("@aws-sdk/client-cloudwatch");
                const answer = (await aws.cloudwatch()).send(new GetDashboardCommand({ DashboardName }));
                return found(answer, DashboardNotFoundError, ResourceNotFound);
            }),
        remove: name => `aws cloudwatch delete-dashboards --dashboard-names ${name}`,
    },
];

/** Those of the names that are there. */
async function each(names: readonly string[], isThere: (name: string) => Promise<boolean>): Promise<readonly string[]> {
    const asked = await Promise.all(names.map(async name => ((await isThere(name)) ? [name] : [])));
    return asked.flat();
}

type Thrown = abstract new (...args: never[]) => Error;

/** Whether an answer came that is none of these errors, by which a service says that there is no such thing. */
async function found(answer: Promise<unknown>, ...errors: readonly Thrown[]): Promise<boolean> {
    try {
        await answer;
        return true;
    } catch (error) {
        if (errors.some(known => error instanceof known)) return false;
        throw error;
    }
}

function chunks<T>(list: readonly T[], size: number): T[][] {
    return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}

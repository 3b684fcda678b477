import type { Service, Task } from "@aws-sdk/client-ecs";
import { revisionOf } from "../model/rollout-state";
import { DeclaredRun, RunRelease, verdictOfRun } from "../model/task-run";
import type { Clients } from "./aws-clients";
import { obstacleOf } from "./aws-connection";
import { stoppedTask } from "./rollout-questions";
import { CLOCK, Clock, reasonOf } from "./rollout";
import { follow, start, unplaced } from "./run-task";

/** Services, and tasks, that ECS describes at a time; revisions likewise. */
const SERVICES = 10;
const TASKS = 100;
const REVISIONS = 20;

const RIGHTS =
    "check credentials and the rights to ecs:RunTask, ecs:StopTask and ecs:ListServices; a deploy role has them after an update of bootstrap/";

/**
 * Runs a release once for each revision. Whether that was done, ECS itself remembers: by the service that runs the revision or ever rolled it out,
 * which it remembers for 90 days, or by the task of the release, which it remembers for an hour at least. Nothing of it is in the stack's state.
 */
export function releaseRunner(connect: () => Promise<Clients>, clock: Clock = CLOCK): RunRelease {
    let connecting: Promise<Clients> | undefined;
    return async (declared, tell) => {
        let clients: Clients | undefined;
        try {
            connecting ??= connect();
            clients = await connecting;
            if (await isRolledOut(clients, declared)) return undefined;
            const before = await releaseTasks(clients, declared);
            if (before.some(task => verdictOfRun(stoppedTask(task), declared.container).kind === "succeeded")) return undefined;
            // Of an update that was cut off: two at once may not do what one after the other does.
            const running = before.find(({ lastStatus }) => lastStatus !== "STOPPED");
            const task = running ?? (await start(clients, declared));
            if (typeof task === "string") return unplaced(task, declared);
            return await follow(clients, declared, task, { tell, write: () => undefined }, clock);
        } catch (error) {
            throw new Error(
                `The release of ${revisionOf(declared.taskDefinition)} cannot be run, or it is not known whether it was: ${reasonOf(error)}. ` +
                    `${declared.name} stays as it was. Next: ${obstacleOf(error, clients) ?? RIGHTS}, then run the same update again.`,
                { cause: error },
            );
        }
    };
}

/** Whether a service runs the revision, or ever tried to: its release came before that. */
async function isRolledOut(clients: Clients, declared: DeclaredRun): Promise<boolean> {
    const services = await servicesOf(clients, declared);
    const { taskDefinition } = declared;
    if (services.some(({ deployments = [] }) => deployments.some(one => one.taskDefinition === taskDefinition))) return true;
    if (services.length === 0) return false;
    const after = await registeredAt(clients, taskDefinition);
    for (const service of services) if (await hasTried(clients, declared, service, after)) return true;
    return false;
}

/** The services that run revisions of the same family: Pulumi adds to their names what nobody knows before they exist. */
async function servicesOf({ ecs }: Clients, { cluster, taskDefinition }: DeclaredRun): Promise<Service[]> {
    const { DescribeServicesCommand, ListServicesCommand } = await import("@aws-sdk/client-ecs");
    const arns = await pages(async nextToken => {
        const answer = await ecs.send(new ListServicesCommand({ cluster, maxResults: SERVICES, nextToken }));
        return { items: answer.serviceArns, nextToken: answer.nextToken };
    });
    const found = await inParts(arns, SERVICES, async services => {
        const answer = await ecs.send(new DescribeServicesCommand({ cluster, services }));
        return answer.services ?? [];
    });
    return found.filter(service => familyOf(service.taskDefinition ?? "") === familyOf(taskDefinition));
}

/** Since then there may have been rollouts of it: none before has to be looked through. */
async function registeredAt({ ecs }: Clients, taskDefinition: string): Promise<Date | undefined> {
    const { DescribeTaskDefinitionCommand } = await import("@aws-sdk/client-ecs");
    const answer = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    return answer.taskDefinition?.registeredAt;
}

async function hasTried(
    { ecs }: Clients,
    { cluster, taskDefinition }: DeclaredRun,
    { serviceArn: service = "" }: Service,
    after: Date | undefined,
): Promise<boolean> {
    const { DescribeServiceRevisionsCommand, ListServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
    const arns = await pages(async nextToken => {
        const createdAt = after && { after };
        const answer = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service, createdAt, nextToken }));
        const items = answer.serviceDeployments?.flatMap(({ targetServiceRevisionArn: arn }) => arn ?? []);
        return { items, nextToken: answer.nextToken };
    });
    const revisions = await inParts([...new Set(arns)], REVISIONS, async serviceRevisionArns => {
        const answer = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
        return answer.serviceRevisions ?? [];
    });
    return revisions.some(revision => revision.taskDefinition === taskDefinition);
}

/** The tasks of this release, as far as ECS remembers them. Its filter `startedBy` allows none beside it, and stopped ones need one. */
async function releaseTasks({ ecs }: Clients, { cluster, taskDefinition, startedBy }: DeclaredRun): Promise<Task[]> {
    const { DescribeTasksCommand, ListTasksCommand } = await import("@aws-sdk/client-ecs");
    const family = familyOf(taskDefinition);
    const listed = await Promise.all(
        (["RUNNING", "STOPPED"] as const).map(desiredStatus =>
            pages(async nextToken => {
                const answer = await ecs.send(new ListTasksCommand({ cluster, family, desiredStatus, nextToken }));
                return { items: answer.taskArns, nextToken: answer.nextToken };
            }),
        ),
    );
    const found = await inParts([...new Set(listed.flat())], TASKS, async tasks => {
        const answer = await ecs.send(new DescribeTasksCommand({ cluster, tasks }));
        return answer.tasks ?? [];
    });
    return found.filter(task => task.startedBy === startedBy);
}

async function pages<T>(
    page: (nextToken?: string) => Promise<{ readonly items?: readonly T[]; readonly nextToken?: string }>,
): Promise<T[]> {
    const all: T[] = [];
    let nextToken: string | undefined;
    do {
        const answer = await page(nextToken);
        all.push(...(answer.items ?? []));
        ({ nextToken } = answer);
    } while (nextToken !== undefined);
    return all;
}

async function inParts<T, R>(all: readonly T[], size: number, ask: (part: T[]) => Promise<readonly R[]>): Promise<R[]> {
    const found: R[] = [];
    for (let start = 0; start < all.length; start += size) found.push(...(await ask(all.slice(start, start + size))));
    return found;
}

/** `arn:…:task-definition/<family>:<revision>` */
function familyOf(taskDefinition: string): string {
    return revisionOf(taskDefinition).replace(/:\d+$/, "");
}

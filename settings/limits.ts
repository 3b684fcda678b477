import { MANAGED_ROOM, isCarried } from "../iam/packing";
import { executionPolicies, ownRepositoryArn, taskPolicies } from "../iam/tasks";
import { registryHost, repositoriesOf } from "../model/image-reference";
import { AWS_LIMIT } from "../model/limits";
import { serviceName } from "../model/names";
import { STOP_TIMEOUT } from "../model/rollout";
import { containerDefinitions } from "../model/sidecars";
import type { At, Context } from "./check";
import type { Finding } from "./problems";
import { containersOf, findingsOfTasks } from "./tasks";
import type { Settings, TaskSettings } from "./types";

/** What no other form can carry, so that AWS would refuse it in the middle of an update (model/limits.ts). */
export function awsLimits(context: Context): readonly Finding[] {
    const ofTasks = findingsOfTasks(context, ({ task, at }) => TASK_LIMITS.flatMap(limit => limit(task, at, context.settings)));
    return [...ofTasks, ...subnetsFit(context)];
}

export function subnetsFit({ settings: { network } }: Context): readonly Finding[] {
    const subnets = network.kind === "existing" ? network.privateSubnetIds.length : 0;
    return most(["network", "privateSubnetIds"], subnets, AWS_LIMIT.serviceSubnets, "subnets", "that a service's tasks can have");
}

type TaskLimit = (task: TaskSettings, at: At, settings: Settings) => readonly Finding[];

const TASK_LIMITS: readonly TaskLimit[] = [containersFit, secretsFit, permissionsFit, definitionFits];

function containersFit(task: TaskSettings, at: At): readonly Finding[] {
    const count = containersOf({ task, at }).length;
    return most(
        at("sidecars"),
        count,
        AWS_LIMIT.containers,
        "containers",
        "the task's own and a collector of tracing among them",
    );
}

const POLICIES = `${MANAGED_ROOM} policies of ${AWS_LIMIT.managedPolicy} characters, half of the ${AWS_LIMIT.managedPolicies} that a role has, since old ones stay until a rollout ends`;

function secretsFit(task: TaskSettings, at: At, settings: Settings): readonly Finding[] {
    const containers = containersOf({ task, at }).map(({ container }) => container);
    const secretArns = containers.flatMap(({ secrets }) => Object.values(secrets));
    const environmentFiles = containers.flatMap(container => container.environmentFiles ?? []);
    const { image } = task;
    const own = { region: settings.region, account: ACCOUNT, logGroup: serviceName(settings, task.name) };
    const repositoryArn = image === undefined ? ownRepositoryArn(own) : repositoriesOf([image])[0];
    const sidecarRepositoryArns = repositoriesOf(Object.values(task.sidecars ?? {}).map(sidecar => sidecar.image));
    if (isCarried(executionPolicies({ ...own, repositoryArn, sidecarRepositoryArns, secretArns, environmentFiles }))) return [];
    const allowed = `what fits ${POLICIES}: keep several values in one secret of Secrets Manager, by JSON key`;
    return [{ path: at("secrets"), found: `${secretArns.length} secrets`, allowed, because: [at("secrets")] }];
}

function permissionsFit({ permissions }: TaskSettings, at: At): readonly Finding[] {
    if (isCarried(taskPolicies(permissions))) return [];
    const resources = permissions.flatMap(permission => permission.resources).length;
    const allowed = `what fits ${POLICIES}: name patterns of resources`;
    return [
        {
            path: at("permissions"),
            found: resources === 1 ? "1 resource" : `${resources} resources`,
            allowed,
            because: [at("permissions")],
        },
    ];
}

/** What ECS keeps beside the container: names, roles, size, and the attributes that it works out. */
const BESIDE_CONTAINER = 2048;

function definitionFits(task: TaskSettings, at: At, settings: Settings): readonly Finding[] {
    const { region } = settings;
    const family = serviceName(settings, task.name);
    const containers = containerDefinitions({
        ...task,
        image: task.image ?? `${registryHost({ account: ACCOUNT, region })}/${family}@sha256:${"0".repeat(64)}`,
        stopTimeoutSeconds: STOP_TIMEOUT.longest,
        logGroup: family,
        region,
    });
    const bytes = bytesOf(containers) + BESIDE_CONTAINER;
    const parts = containersOf({ task, at }).flatMap(({ container, at: below }): [string[], unknown][] => [
        [below("environment"), container.environment],
        [below("secrets"), container.secrets],
        [below("health", "command"), container.health?.command],
        [below("command"), container.command],
        [below("entryPoint"), container.entryPoint],
    ]);
    const [largest] = parts.map(([path, value]) => ({ path, size: bytesOf(value) })).sort((a, b) => b.size - a.size);
    const what = "of a task definition: keep long values in a file of the image, in S3 or in Parameter Store";
    return most(largest?.path ?? at(), bytes, AWS_LIMIT.taskDefinition, "bytes", what);
}

function bytesOf(value: unknown): number {
    return Buffer.byteLength(JSON.stringify(value ?? null));
}

function most(path: readonly string[], count: number, limit: number, unit: string, what: string): Finding[] {
    if (count <= limit) return [];
    return [{ path, found: `${count} ${unit}`, allowed: `at most ${limit}, ${what}`, because: [path] }];
}

/** Of the length that every account's has. */
const ACCOUNT = "000000000000";

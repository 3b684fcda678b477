/** How often health is asked for, by the container's own check and by the load balancer. */
export interface HealthTimings {
    readonly intervalSeconds: number;
    /** Smaller than the interval. */
    readonly timeoutSeconds: number;
    /** Failures do not count for this long after the start. */
    readonly gracePeriodSeconds: number;
}

export interface ContainerHealth extends HealthTimings {
    /**
     * The container's own check in ECS's form: `CMD` or `CMD-SHELL` first.
     *
     * @default it has none
     */
    readonly command?: readonly string[];
}

/** Has a container that ended started again in its task, instead of the task going down with it. */
export interface RestartPolicy {
    /** Exit codes after which it stays down. */
    readonly ignoredExitCodes: readonly number[];
    /** How long it must have run before it is started again, in seconds. */
    readonly attemptPeriodSeconds: number;
}

/** How a container is started, where it is not as its image and ECS have it. */
export interface StartOptions {
    /**
     * In place of the image's `CMD`.
     *
     * @default the image's
     */
    readonly command?: readonly string[];
    /**
     * In place of the image's `ENTRYPOINT`.
     *
     * @default the image's
     */
    readonly entryPoint?: readonly string[];
    /**
     * In place of the image's `WORKDIR`.
     *
     * @default the image's
     */
    readonly workingDirectory?: string;
    /**
     * Open files and sockets, the only limit that Fargate lets a task set.
     *
     * @default Fargate's: 65535
     */
    readonly nofile?: number;
    /**
     * Whether ECS puts an init process at PID 1, which hands signals on and reaps children.
     *
     * @default true
     */
    readonly init?: boolean;
    /**
     * ARNs of files in S3 with lines of `NAME=value`, for variables that are not set otherwise.
     *
     * @default none
     */
    readonly environmentFiles?: readonly string[];
    /**
     * Whether it is started again when it ends.
     *
     * @default the task ends with it
     */
    readonly restart?: RestartPolicy;
}

/** What a container waits for before it starts: that another one runs, passes its check, has ended, has ended well. It stops before that one. */
export const CONDITIONS = ["started", "healthy", "complete", "successful"] as const;
export type Condition = (typeof CONDITIONS)[number];

/** Conditions by the name of the container that is waited for. */
export type Dependencies = Readonly<Record<string, Condition>>;

export interface ContainerArgs<Text> extends StartOptions {
    readonly name: string;
    /** Always by digest. */
    readonly image: Text;
    /** What it can have at most: the task's, or less where it has a limit of its own. */
    readonly memoryMiB: number;
    /**
     * Whether `memoryMiB` is its own limit.
     *
     * @default it shares the task's
     */
    readonly hasMemoryLimit?: boolean;
    /**
     * CPU units that it has of the task's, at least, where others want them too.
     *
     * @default containers share alike
     */
    readonly cpuShare?: number;
    /**
     * Whether the task ends with it.
     *
     * @default true
     */
    readonly essential?: boolean;
    /**
     * What it waits for.
     *
     * @default nothing
     */
    readonly dependsOn?: Dependencies;
    readonly user: string;
    readonly port?: number;
    readonly writablePaths: readonly string[];
    /**
     * Whether ECS Exec reaches it: its agent writes to the root file system (Amazon ECS developer guide, "Monitor Amazon ECS containers with ECS Exec").
     *
     * @default it does not, and the root file system is read-only
     */
    readonly exec?: true;
    readonly environment: Readonly<Record<string, string>>;
    /** ARNs by the name of the variable. */
    readonly secrets: Readonly<Record<string, string>>;
    readonly health?: ContainerHealth;
    readonly stopTimeoutSeconds: number;
    readonly logGroup: string;
    readonly region: string;
}

/** Failed checks in a row before a container or a target counts as unhealthy. */
export const UNHEALTHY_AFTER = 3;

/** ECS's own limit for `startPeriod`, in seconds. */
const MAX_START_PERIOD = 300;

/** Log lines that wait in memory before new ones are dropped; a full buffer never blocks the application. */
const LOG_BUFFER = "25m";

/**
 * One container in the form that ECS returns it (defaults filled in, lists sorted), or every preview would show a difference.
 *
 * Writable paths are tmpfs mounts: unlike a bind mount they belong to nobody's root, so a non-root user can write, and nothing is left on disk
 * (Fargate has them since 2026-01, aws/containers-roadmap#736). Each may take a quarter of the task's memory, and counts against it when used.
 */
export function containerDefinition<Text>(args: ContainerArgs<Text>): object {
    return {
        name: args.name,
        image: args.image,
        cpu: args.cpuShare ?? 0,
        ...(args.hasMemoryLimit === true && { memory: args.memoryMiB }),
        essential: args.essential ?? true,
        ...(Object.keys(args.dependsOn ?? {}).length > 0 && { dependsOn: dependencies(args.dependsOn ?? {}) }),
        ...(args.entryPoint && { entryPoint: args.entryPoint }),
        ...(args.command && { command: args.command }),
        ...(args.workingDirectory !== undefined && { workingDirectory: args.workingDirectory }),
        ...(args.environmentFiles && { environmentFiles: args.environmentFiles.map(value => ({ value, type: "s3" })) }),
        environment: byName(args.environment).map(([name, value]) => ({ name, value })),
        secrets: byName(args.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
        portMappings: args.port === undefined ? [] : [{ containerPort: args.port, hostPort: args.port, protocol: "tcp" }],
        user: args.user,
        readonlyRootFilesystem: args.exec !== true,
        linuxParameters: {
            capabilities: { add: [], drop: ["ALL"] },
            initProcessEnabled: args.init ?? true,
            ...(args.writablePaths.length > 0 && { tmpfs: args.writablePaths.map(path => tmpfs(path, args.memoryMiB)) }),
        },
        ...(args.health?.command !== undefined && { healthCheck: healthCheck(args.health.command, args.health) }),
        ...(args.restart && { restartPolicy: restartPolicy(args.restart) }),
        ...(args.nofile !== undefined && { ulimits: [{ name: "nofile", softLimit: args.nofile, hardLimit: args.nofile }] }),
        stopTimeout: args.stopTimeoutSeconds,
        logConfiguration: {
            logDriver: "awslogs",
            options: {
                "awslogs-group": args.logGroup,
                "awslogs-region": args.region,
                "awslogs-stream-prefix": args.name,
                mode: "non-blocking",
                "max-buffer-size": LOG_BUFFER,
            },
        },
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
    };
}

/** ECS's words (API reference, `ContainerDependency`). */
const CONDITION: Readonly<Record<Condition, string>> = {
    started: "START",
    healthy: "HEALTHY",
    complete: "COMPLETE",
    successful: "SUCCESS",
};

function dependencies(dependsOn: Dependencies): object[] {
    return byName(dependsOn).map(([containerName, condition]) => ({ containerName, condition: CONDITION[condition] }));
}

function healthCheck(command: readonly string[], health: HealthTimings): object {
    return {
        command,
        interval: health.intervalSeconds,
        timeout: health.timeoutSeconds,
        retries: UNHEALTHY_AFTER,
        startPeriod: Math.min(health.gracePeriodSeconds, MAX_START_PERIOD),
    };
}

function restartPolicy({ ignoredExitCodes, attemptPeriodSeconds }: RestartPolicy): object {
    return { enabled: true, ignoredExitCodes, restartAttemptPeriod: attemptPeriodSeconds };
}

function tmpfs(containerPath: string, memoryMiB: number): object {
    return { containerPath, size: Math.floor(memoryMiB / 4), mountOptions: ["mode=1777", "nosuid", "nodev", "noexec"] };
}

function byName<Value>(values: Readonly<Record<string, Value>>): [string, Value][] {
    return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

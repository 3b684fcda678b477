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

export interface ContainerArgs<Text> {
    readonly name: string;
    /** Always by digest. */
    readonly image: Text;
    readonly memoryMiB: number;
    /**
     * What it runs, in place of its image's CMD.
     *
     * @default the image's
     */
    readonly command?: readonly string[];
    readonly user: string;
    readonly port?: number;
    readonly writablePaths: readonly string[];
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
        cpu: 0,
        essential: true,
        ...(args.command && { command: [...args.command] }),
        environment: byName(args.environment).map(([name, value]) => ({ name, value })),
        secrets: byName(args.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
        portMappings: args.port === undefined ? [] : [{ containerPort: args.port, hostPort: args.port, protocol: "tcp" }],
        user: args.user,
        readonlyRootFilesystem: true,
        linuxParameters: {
            capabilities: { add: [], drop: ["ALL"] },
            initProcessEnabled: true,
            ...(args.writablePaths.length > 0 && { tmpfs: args.writablePaths.map(path => tmpfs(path, args.memoryMiB)) }),
        },
        ...(args.health?.command !== undefined && { healthCheck: healthCheck(args.health.command, args.health) }),
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

function healthCheck(command: readonly string[], health: HealthTimings): object {
    return {
        command,
        interval: health.intervalSeconds,
        timeout: health.timeoutSeconds,
        retries: UNHEALTHY_AFTER,
        startPeriod: Math.min(health.gracePeriodSeconds, MAX_START_PERIOD),
    };
}

function tmpfs(containerPath: string, memoryMiB: number): object {
    return { containerPath, size: memoryMiB / 4, mountOptions: ["mode=1777", "nosuid", "nodev", "noexec"] };
}

function byName(values: Readonly<Record<string, string>>): [string, string][] {
    return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

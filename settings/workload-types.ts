import type { Permission } from "../iam/tasks";
import type { Connection } from "../model/connections";
import type { Dependencies, HealthTimings, StartOptions } from "../model/container";
import type { Database } from "../model/database";
import type { Sidecar } from "../model/sidecars";
import type { Schedule } from "../model/schedule";
import type { Route } from "../model/routes";
import type { ScalingSettings } from "./scaling";

/** What a container is started with. */
export interface ContainerSettings extends StartOptions {
    readonly user: string;
    readonly writablePaths: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
    /** ARNs by the name of the variable. */
    readonly secrets: Readonly<Record<string, string>>;
}

/** A further container of a task. */
export interface SidecarSettings extends Sidecar {
    /**
     * Names of variables that look like secrets and are none.
     *
     * @default none
     */
    readonly plain?: readonly string[];
}

/** What a task is, whatever starts it. */
export interface TaskSettings extends ContainerSettings {
    readonly name: string;
    readonly build?: BuildSettings;
    /** The image to run where one is named; otherwise it is built. */
    readonly image?: string;
    /**
     * Service whose image it runs.
     *
     * @default it has an image of its own
     */
    readonly of?: string;
    readonly port?: number;
    /** CPU units; 1024 are one vCPU. */
    readonly cpu: number;
    readonly memoryMiB: number;
    readonly architecture: "arm64" | "x86_64";
    /**
     * How the container shows that it is healthy.
     *
     * @default it is while it runs
     */
    readonly health?: HealthSettings;
    /**
     * Names of variables and build arguments that look like secrets and are none.
     *
     * @default none
     */
    readonly plain?: readonly string[];
    readonly permissions: readonly Permission[];
    /**
     * Further containers by name; with `tracing` the collector is one.
     *
     * @default none
     */
    readonly sidecars?: Readonly<Record<string, SidecarSettings>>;
    /**
     * What its own container waits for, by the sidecar's name.
     *
     * @default nothing
     */
    readonly dependsOn?: Dependencies;
    /**
     * Whether a collector sends its traces to X-Ray, and of which image.
     *
     * @default it has none
     */
    readonly tracing?: boolean | { readonly image: string };
    /**
     * Storage of a task in GiB, 21 to 200.
     *
     * @default 20, which come with every task
     */
    readonly ephemeralGiB?: number;
    /**
     * Whether the application may protect its task from being stopped by scaling and rollouts.
     *
     * @default it may not
     */
    readonly taskProtection?: true;
    /**
     * Whether commands can be run in its own container by ECS Exec; a job's cannot.
     *
     * @default none can, and its root file system is read-only
     */
    readonly exec?: true;
    /**
     * What tasks reach beside AWS, the database's arrow last.
     *
     * @default nothing
     */
    readonly outbound?: readonly Connection[];
    /**
     * A database, whose variables are in `environment` and `secrets`, and whose arrow is in `outbound`.
     *
     * @default none
     */
    readonly database?: Database;
}

export interface ServiceSettings extends TaskSettings {
    readonly tasks: number | ScalingSettings;
    readonly route?: RouteSettings;
    readonly health: HealthSettings;
    readonly spotPercent: number;
    /**
     * Tasks that run on demand before the share of Spot begins.
     *
     * @default none
     */
    readonly spotBase?: number;
    readonly drainSeconds: number;
    /**
     * Share of the tasks that a rollout keeps running, in percent.
     *
     * @default 100: old tasks go when as many new ones are healthy
     */
    readonly minHealthyPercent?: number;
    /**
     * What each new revision runs once, before the service moves to it.
     *
     * @default nothing
     */
    readonly release?: ReleaseSettings;
}

export interface RouteSettings extends Route {
    /**
     * How long a client stays with the task that answered it first.
     *
     * @default each request may meet another task
     */
    readonly sticky?: { readonly seconds: number };
    /**
     * Seconds in which a new task's share of the requests grows to a full one.
     *
     * @default it gets a full share at once
     */
    readonly slowStartSeconds?: number;
}

export interface ReleaseSettings {
    readonly command: readonly string[];
    readonly timeoutMinutes: number;
}

/** A task that runs and ends. */
export interface JobSettings extends TaskSettings {
    /**
     * When it runs.
     *
     * @default on demand
     */
    readonly schedule?: JobSchedule;
    /** Of one attempt, from the request to start it. */
    readonly timeoutMinutes: number;
    readonly retries: number;
    /** How many tasks run at once. */
    readonly parallel: number;
    readonly spot: boolean;
}

export interface JobSchedule extends Schedule {
    /**
     * Minutes that a run may start later.
     *
     * @default none
     */
    readonly flexibleMinutes?: number;
}

export interface BuildSettings {
    /** Relative to the project, as written: an absolute path would differ from machine to machine. */
    readonly context: string;
    readonly dockerfile: string;
    readonly args: Readonly<Record<string, string>>;
    readonly target?: string;
}

export interface HealthSettings extends HealthTimings {
    readonly path: string;
    /** In ECS's form: `CMD` or `CMD-SHELL` first. */
    readonly command?: readonly string[];
}

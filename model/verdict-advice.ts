import type { StoppedTask, TargetHealth } from "./rollout-state";
import { ServiceFacts, key } from "./verdict-facts";

/** What there is to see of one failure. */
export interface Evidence {
    readonly task?: StoppedTask;
    /** @default none */
    readonly targets?: readonly TargetHealth[];
    /** What ECS tells of the service since its rollout began. */
    readonly events?: readonly string[];
    /** The last lines of the container. */
    readonly log?: readonly string[];
}

/** A known reason why tasks fail. */
export interface Cause {
    /** Whether a later attempt may succeed without a change. */
    readonly mayPass: boolean;
    /** One line: what is wrong, and what to do. */
    readonly advice: (service: ServiceFacts) => string;
}

/** Texts are matched loosely: they are AWS's, differ by platform version, and are cut off when long. */
interface Known extends Cause {
    /** What ECS says of the task, of its containers, or of the service. */
    readonly ecs?: RegExp;
    /** What a container writes that ended by itself. */
    readonly log?: RegExp;
    readonly stopCode?: RegExp;
    /** Codes and descriptions of targets that are not healthy, where ECS stopped the task for them. */
    readonly target?: RegExp;
}

const NO_PATH =
    "(connection issue between the task and|i/o timeout|dial tcp|no such host|deadline exceeded|request canceled|signal: killed)";
const REACH = "check fargate:network.egress, the routes of the tasks' subnets, and that their group may reach port 443";
const platform = ({ architecture }: ServiceFacts) => (architecture === "arm64" ? "linux/arm64" : "linux/amd64");
const where = ({ port, health }: ServiceFacts) => `${health.path} on port ${port ?? "none"}`;

/**
 * The first that fits counts. Sources: "Stopped tasks error messages", "CannotPullContainer task errors", "TaskFailedToStart errors" and "Service
 * event messages" of the Amazon ECS developer guide, and "Target health reason codes" of the guide for Application Load Balancers.
 */
const KNOWN: readonly Known[] = [
    {
        ecs: /descriptor matching platform|no match for platform|exec format error/i,
        log: /exec format error/i,
        mayPass: false,
        advice: service =>
            `The image is built for another processor than the task's: build it for ${platform(service)}, or set ${key(service, "architecture")}, which is ${service.architecture}.`,
    },
    {
        ecs: new RegExp(`logger args.*${NO_PATH}`, "is"),
        mayPass: false,
        advice: () => `Tasks have no path to CloudWatch Logs: ${REACH}; without internet they need the endpoint logs.`,
    },
    {
        ecs: new RegExp(`(Secrets Manager|secret from asm|secrets? from ssm|Systems Manager).*${NO_PATH}`, "is"),
        mayPass: false,
        advice: () =>
            `Tasks have no path to Secrets Manager or SSM: ${REACH}; without internet they need the endpoint secretsmanager or ssm.`,
    },
    {
        ecs: new RegExp(`(CannotPull|registry auth|pull image).*${NO_PATH}`, "is"),
        mayPass: false,
        advice: () =>
            `Tasks have no path to the image's registry: ${REACH}; without internet they need the endpoints ecr.api, ecr.dkr and s3.`,
    },
    {
        ecs: /logger args/i,
        mayPass: false,
        advice: () =>
            "The log group is gone, or the execution role may not write to it: pulumi up --refresh makes it again; a permissions boundary must allow logs:CreateLogStream and logs:PutLogEvents.",
    },
    {
        ecs: /secretsmanager:|ssm:GetParameter|kms:Decrypt|secret from asm|secrets? from ssm|retrieve secrets?|fetch secret/i,
        mayPass: false,
        advice: service =>
            `The execution role cannot read a secret: check that every ARN under ${key(service, "secrets")} exists in this region, with a value and any JSON key that is named, and that its own policy and its KMS key allow the role.`,
    },
    {
        ecs: /toomanyrequests|pull rate limit/i,
        mayPass: true,
        advice: service =>
            `The image's registry lets nobody pull so often: copy the image to ECR, and name that as ${key(service, "image")}.`,
    },
    {
        ecs: /(CannotPull|registry auth).*(not found|not exist|denied|not authorized|failed to resolve|unknown|permission)/is,
        mayPass: false,
        advice: service =>
            `The image is not in its registry, or the execution role may not pull it: check ${service.sidecar === undefined ? `fargate:images.${service.name} or ` : ""}${key(service, "image")}, whether a lifecycle rule deleted it, and the repository's policy.`,
    },
    {
        ecs: /unable to assume the role|trust relationship|IAM permissions policies have been/i,
        mayPass: false,
        advice: () =>
            "ECS cannot take a role of the task: pulumi up --refresh makes it again where it is gone; its trust policy must name ecs-tasks.amazonaws.com and this account.",
    },
    {
        ecs: /reached the limit on the number of|above your limit|LimitExceeded|quota/i,
        mayPass: true,
        advice: () =>
            "A quota of the account is used up: ask for more of Fargate's vCPU resource count in Service Quotas, or run fewer or smaller tasks. A rollout needs room for old and new tasks at once.",
    },
    {
        ecs: /Spot Task was interrupted|Capacity is unavailable|insufficient capacity/i,
        stopCode: /^(SpotInterruption|TerminationNotice)$/,
        mayPass: true,
        advice: service =>
            service.spotPercent > 0
                ? `AWS has no Spot capacity to spare at the moment: try again later, or lower ${key(service, "spotPercent")}, which is ${service.spotPercent}.`
                : "AWS has no Fargate capacity to spare in these zones at the moment: try again later, or add subnets in other zones.",
    },
    {
        ecs: /Insufficient ?Free ?Addresses|Create Network Interface (?!.*(AuthFailure|RequestLimit|Rate))/i,
        mayPass: true,
        advice: () =>
            "The private subnets have no free address: a rollout needs one for each old and each new task. Use larger subnets or more of them, or run fewer tasks.",
    },
    {
        ecs: /OutOfMemory|OOMKilled|killed due to memory/i,
        mayPass: false,
        advice: service =>
            `The task needs more memory than it has: raise ${key(service, "memoryMiB")}, which is ${service.memoryMiB}. Files under writablePaths count as memory.`,
    },
    {
        log: /^(?=.*(EACCES|permission denied))(?=.*(listen|bind))(?=.*:(\d{1,3}|10[01]\d|102[0-3])(?![\d.]))/i,
        mayPass: false,
        advice: service =>
            `The application listens on a port below 1024, which its user ${service.user} may not: let it listen on 1024 or above, and name that as ${key(service, "port")}.`,
    },
    {
        ecs: /read-?only file system/i,
        log: /read-?only file ?system|EROFS/i,
        mayPass: false,
        advice: service =>
            `The application writes to its root file system, which is read-only: name the folder under ${key(service, "writablePaths")}.`,
    },
    {
        ecs: /unable to find (user|group)|no matching entries in passwd/i,
        mayPass: false,
        advice: service =>
            `The image has no such user: set ${key(service, "user")}, which is ${service.user}, to one of its own, or to a number.`,
    },
    {
        ecs: /executable file not found|exec: .*(no such file|permission denied)/i,
        mayPass: false,
        advice: () =>
            "The command that starts the container is not in the image, or is not executable: check ENTRYPOINT and CMD of its Dockerfile.",
    },
    {
        log: /EACCES|permission denied|EPERM|operation not permitted/i,
        mayPass: false,
        advice: service =>
            `The application may not use a file as user ${service.user}: give it the file in the Dockerfile (COPY --chown), or set ${key(service, "user")}.`,
    },
    {
        // Of the agent (amazon-ecs-agent, agent/engine/dependencygraph/graph.go).
        ecs: /container ordering dependency/i,
        mayPass: false,
        advice: ({ name }) =>
            `A container waited in vain for another one of its task: see fargate:services.${name}.dependsOn and that of its sidecars; ECS waits three minutes for it to start, to be healthy or to end as asked.`,
    },
    {
        ecs: /failed container health checks/i,
        mayPass: false,
        advice: service =>
            `The container's own check fails: try ${key(service, "health.command")} in the image, which may have no shell; a slow start needs ${key(service, "health.gracePeriodSeconds")} above ${service.health.gracePeriodSeconds}.`,
    },
    {
        ecs: /checks failed with these codes/i,
        target: /ResponseCodeMismatch/,
        mayPass: false,
        advice: service =>
            `The application answers at ${where(service)}, but not with 200 to 399: set ${key(service, "health.path")} to a path that a healthy task answers so.`,
    },
    {
        ecs: /reason Request timed out/i,
        target: /Target\.Timeout/,
        mayPass: false,
        advice: service =>
            `Nothing answers the load balancer at ${where(service)} in time: the application must listen there on 0.0.0.0, within ${key(service, "health.gracePeriodSeconds")}, which is ${service.health.gracePeriodSeconds}.`,
    },
    {
        ecs: /ELB health checks|is unhealthy in/i,
        target: /FailedHealthChecks/,
        mayPass: false,
        advice: service =>
            `The load balancer gets no answer at ${where(service)}: the application must listen on 0.0.0.0 and on the port that ${key(service, "port")} names.`,
    },
];

/** A container that ended by itself, whatever it wrote. */
const ENDED: Cause = {
    mayPass: false,
    advice: service =>
        service.sidecar === undefined
            ? "The application ended by itself, which a service must not: its log says why; with exit code 0 it ran in the background or had nothing to do."
            : `The sidecar ${service.sidecar} ended by itself, and the task with it: its log says why; where the service can do without it, set ${key(service, "essential")} to false.`,
};

/** A rollout that ECS took back though its tasks run, since an alarm about their answers went on. */
const ALARMED: Cause = {
    mayPass: true,
    advice: service =>
        `Tasks run, but their answers are worse than an alarm allows: see which one it was in CloudWatch, and the log. What is usual for this service is set in fargate:alarms.services.${service.name}: errorPercent, latencySeconds.`,
};

/** The cause that ECS's own reason names; undefined where it names none. */
export function causeOfReason(reason = ""): Cause | undefined {
    return /\balarms?\b/i.test(reason) ? ALARMED : undefined;
}

/** The known cause that fits what is to be seen of a service; undefined where none does. */
export function causeOf(evidence: Evidence): Cause | undefined {
    return knownCause(evidence) ?? (isEnded(evidence.task) ? ENDED : undefined);
}

function isEnded(task: StoppedTask | undefined): boolean {
    return task?.stopCode === "EssentialContainerExited";
}

/** The same of a task that may end by itself. */
export function knownCause({ task, targets = [], events = [], log = [] }: Evidence): Cause | undefined {
    // A task that ECS stopped for its health says only that; what was wrong with it is told of the service.
    const isUnhealthy = task === undefined || /health checks/i.test(task.reason);
    const ofTask = task === undefined ? [] : [task.reason, ...task.containers.map(({ reason = "" }) => reason)];
    const said = [...ofTask, ...(isUnhealthy ? events : [])];
    const sick = isUnhealthy ? targets.filter(({ state }) => state === "unhealthy") : [];
    return KNOWN.find(
        known =>
            said.some(text => known.ecs?.test(text)) ||
            (task?.stopCode !== undefined && known.stopCode?.test(task.stopCode)) ||
            (isEnded(task) && log.some(line => known.log?.test(line))) ||
            sick.some(({ code = "" }) => known.target?.test(code)),
    );
}

import type { Observation, StoppedTask } from "../../model/rollout-state";
import { block, exited, log, stopped, unhealthy, wentBack } from "./verdict-fixture";

/** What ECS, ELB and the container say of a cause, in AWS's words, and what follows `ECS says` in the block. */
export interface Case {
    readonly lines: string[];
    readonly expected: readonly string[];
}

const IMAGE = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web@sha256:0123";
const PULL = "CannotPullContainerError: pull image manifest has been retried 1 time(s): ";
const INIT = "ResourceInitializationError: ";
const SECRETS = `${INIT}unable to pull secrets or registry auth: `;
const ASM = `${SECRETS}execution resource retrieval failed: unable to retrieve secret from asm: `;
const FETCH = "failed to fetch secret arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:db-AbCdEf from secrets manager: ";
const LOGGER = `${INIT}failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: `;
const TIMEOUT = "dial tcp 10.0.0.10:443: i/o timeout";
const ELB = "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:…:targetgroup/web/1)";
const REACH = "check fargate:network.egress, the routes of the tasks' subnets, and that their group may reach port 443";

const notStarted = (reason: string, cause: string): Case => ({
    lines: block(wentBack(stopped({ reason, containers: [{ name: "web", reason }] }))),
    expected: [`cause       ${cause}`, "failed      1 task:", `            task-10 TaskFailedToStart: ${reason}`],
});

const ended = (task: StoppedTask, line: string, container: string, cause: string): Case => ({
    lines: block(wentBack(task), log(line)),
    expected: [
        `cause       ${cause}`,
        "failed      1 task:",
        "            task-10 EssentialContainerExited: Essential container in task exited",
        `                container web: ${container}`,
        "log         container web of task task-10, its last line:",
        `            | ${line}`,
    ],
});

const sick = (code: string, description: string, cause: string): Case => {
    const target = { address: "10.0.1.20:8080", state: "unhealthy", code, description };
    return {
        lines: block(wentBack(unhealthy(ELB), { targets: [target] }), log("listening")),
        expected: [
            `cause       ${cause}`,
            "failed      1 task:",
            `            task-10 ServiceSchedulerInitiated: ${ELB}`,
            "                container web: exit code 143",
            "targets     0 of 1 healthy",
            `            10.0.1.20:8080 unhealthy, ${code}, ${description}`,
            "log         container web of task task-10, its last line:",
            "            | listening",
        ],
    };
};

const unplaced = (event: string, cause: string, spotPercent = 0): Case => {
    const observation: Observation = wentBack(undefined, {}, ["has reached a steady state.", event]);
    return {
        lines: block(observation, undefined, { spotPercent }),
        expected: [`cause       ${cause}`, `events      (service web-1a2b3c4) ${event}`],
    };
};

const ARCHITECTURE =
    "The image is built for another processor than the task's: build it for linux/arm64, or set fargate:services.web.architecture, " +
    "which is arm64.";
const NO_IMAGE =
    "The image is not in its registry, or the execution role may not pull it: check fargate:images.web or fargate:services.web.image, " +
    "whether a lifecycle rule deleted it, and the repository's policy.";
const NO_REGISTRY = `Tasks have no path to the image's registry: ${REACH}; without internet they need the endpoints ecr.api, ecr.dkr and s3.`;
const NO_SECRET =
    "The execution role cannot read a secret: check that every ARN under fargate:services.web.secrets exists in this region, with a value " +
    "and any JSON key that is named, and that its own policy and its KMS key allow the role.";
const NO_ADDRESS =
    "The private subnets have no free address: a rollout needs one for each old and each new task. Use larger subnets or more of them, or " +
    "run fewer tasks.";

export const CASES: Readonly<Record<string, Case>> = {
    "an image that is not in its registry": notStarted(`${PULL}failed to resolve ref ${IMAGE}: not found`, NO_IMAGE),
    "an image that the role may not pull": notStarted(
        `${PULL}failed to resolve ref ${IMAGE}: pull access denied, repository does not exist or may require authorization`,
        NO_IMAGE,
    ),
    "an image without a variant for the processor": notStarted(
        `${PULL}image Manifest does not contain descriptor matching platform 'linux/arm64'`,
        ARCHITECTURE,
    ),
    "an image whose program is another processor's": ended(
        exited(255),
        "exec /nodejs/bin/node: exec format error",
        "exit code 255",
        ARCHITECTURE,
    ),
    "a registry that lets nobody pull so often": notStarted(
        `${PULL}toomanyrequests: You have reached your unauthenticated pull rate limit`,
        "The image's registry lets nobody pull so often: copy the image to ECR, and name that as fargate:services.web.image.",
    ),
    "no path to ECR's API": notStarted(
        `${SECRETS}The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. ${TIMEOUT}`,
        NO_REGISTRY,
    ),
    "no path to the registry or the layers": notStarted(`${PULL}failed to do request: Head "https://x": ${TIMEOUT}`, NO_REGISTRY),
    "no path to logs": notStarted(
        `${LOGGER}operation error CloudWatch Logs: CreateLogStream, ${TIMEOUT} : exit status 1`,
        `Tasks have no path to CloudWatch Logs: ${REACH}; without internet they need the endpoint logs.`,
    ),
    "no path to secrets": notStarted(
        `${ASM}${FETCH}RequestCanceled: request context canceled caused by: context deadline exceeded.`,
        `Tasks have no path to Secrets Manager or SSM: ${REACH}; without internet they need the endpoint secretsmanager or ssm.`,
    ),
    "a log group that is gone": notStarted(
        `${LOGGER}ResourceNotFoundException: The specified log group does not exist. : exit status 1`,
        "The log group is gone, or the execution role may not write to it: pulumi up --refresh makes it again; a permissions boundary must " +
            "allow logs:CreateLogStream and logs:PutLogEvents.",
    ),
    "a secret that the role may not read": notStarted(
        `${ASM}${FETCH}AccessDeniedException: User: x is not authorized to perform: secretsmanager:GetSecretValue`,
        NO_SECRET,
    ),
    "a secret that does not exist": notStarted(
        `${ASM}${FETCH}ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
        NO_SECRET,
    ),
    "a parameter that the role may not read": notStarted(
        `${SECRETS}execution resource retrieval failed: unable to retrieve secrets from ssm: AccessDeniedException: ssm:GetParameters`,
        NO_SECRET,
    ),
    "too little memory": ended(
        exited(137, "OutOfMemoryError: Container killed due to memory usage"),
        "loading",
        "exit code 137, OutOfMemoryError: Container killed due to memory usage",
        "The task needs more memory than it has: raise fargate:services.web.memoryMiB, which is 512. Files under writablePaths count as memory.",
    ),
    "a health path that answers otherwise": sick(
        "Target.ResponseCodeMismatch",
        "Health checks failed with these codes: [404]",
        "The application answers at /healthz on port 8080, but not with 200 to 399: set fargate:services.web.health.path to a path that a " +
            "healthy task answers so.",
    ),
    "a port that nothing answers at in time": sick(
        "Target.Timeout",
        "Request timed out",
        "Nothing answers the load balancer at /healthz on port 8080 in time: the application must listen there on 0.0.0.0, within " +
            "fargate:services.web.health.gracePeriodSeconds, which is 30.",
    ),
    "a wrong port": sick(
        "Target.FailedHealthChecks",
        "Health checks failed",
        "The load balancer gets no answer at /healthz on port 8080: the application must listen on 0.0.0.0 and on the port that " +
            "fargate:services.web.port names.",
    ),
    "a check of the container's own that fails": {
        lines: block(wentBack(unhealthy("Task failed container health checks"))),
        expected: [
            "cause       The container's own check fails: try fargate:services.web.health.command in the image, which may have no shell; a slow " +
                "start needs fargate:services.web.health.gracePeriodSeconds above 30.",
            "failed      1 task:",
            "            task-10 ServiceSchedulerInitiated: Task failed container health checks",
            "                container web: exit code 143",
        ],
    },
    "an application that ends at once": ended(
        exited(1),
        "Error: cannot start",
        "exit code 1",
        "The application ended by itself, which a service must not: its log says why; with exit code 0 it ran in the background or had " +
            "nothing to do.",
    ),
    "a command that is not in the image": ended(
        exited(127, 'CannotStartContainerError: exec: "serve": executable file not found in $PATH'),
        "starting",
        'exit code 127, CannotStartContainerError: exec: "serve": executable file not found in $PATH',
        "The command that starts the container is not in the image, or is not executable: check ENTRYPOINT and CMD of its Dockerfile.",
    ),
    "a file system that is read-only": ended(
        exited(1),
        "Error: EROFS: read-only file system, open '/app/cache/state.json'",
        "exit code 1",
        "The application writes to its root file system, which is read-only: name the folder under fargate:services.web.writablePaths.",
    ),
    "a user who may not use a file": ended(
        exited(1),
        "Error: EACCES: permission denied, mkdir '/data'",
        "exit code 1",
        "The application may not use a file as user 65532: give it the file in the Dockerfile (COPY --chown), or set fargate:services.web.user.",
    ),
    "a user whom the image does not know": ended(
        exited(126, "CannotStartContainerError: unable to find user app: no matching entries in passwd file"),
        "starting",
        "exit code 126, CannotStartContainerError: unable to find user app: no matching entries in passwd file",
        "The image has no such user: set fargate:services.web.user, which is 65532, to one of its own, or to a number.",
    ),
    "a port below 1024": ended(
        exited(1),
        "Error: listen EACCES: permission denied 0.0.0.0:80",
        "exit code 1",
        "The application listens on a port below 1024, which its user 65532 may not: let it listen on 1024 or above, and name that as " +
            "fargate:services.web.port.",
    ),
    "no free address": notStarted(
        "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet 'subnet-1': " +
            "InsufficientFreeAddressesInSubnet",
        NO_ADDRESS,
    ),
    "a Spot task that was taken back": {
        lines: block(wentBack(stopped({ stopCode: "SpotInterruption", reason: "Your Spot Task was interrupted." })), undefined, {
            spotPercent: 100,
        }),
        expected: [
            "cause       AWS has no Spot capacity to spare at the moment: try again later, or lower fargate:services.web.spotPercent, which is 100.",
            "failed      1 task:",
            "            task-10 SpotInterruption: Your Spot Task was interrupted.",
        ],
    },
    "no Spot capacity": unplaced(
        "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.",
        "AWS has no Spot capacity to spare at the moment: try again later, or lower fargate:services.web.spotPercent, which is 50.",
        50,
    ),
    "no capacity": unplaced(
        "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.",
        "AWS has no Fargate capacity to spare in these zones at the moment: try again later, or add subnets in other zones.",
    ),
    "a quota": unplaced(
        "was unable to place a task. Reason: You’ve reached the limit on the number of vCPUs you can run concurrently.",
        "A quota of the account is used up: ask for more of Fargate's vCPU resource count in Service Quotas, or run fewer or smaller tasks. A " +
            "rollout needs room for old and new tasks at once.",
    ),
    "a role that cannot be assumed": unplaced(
        "failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::123456789012:role/shop-dev-web-execution' that was " +
            "provided for this task. Please verify that the role being passed has the proper trust relationship and permissions).",
        "ECS cannot take a role of the task: pulumi up --refresh makes it again where it is gone; its trust policy must name " +
            "ecs-tasks.amazonaws.com and this account.",
    ),
};

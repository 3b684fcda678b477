"""Why a task fails: what ECS, the load balancer and the container's log say in each case, in AWS's own words.

The words in braces are filled in from the task: see `facts` in tasks.py.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Health:
    """What the load balancer says of a target: a reason code and its description."""

    reason: str
    description: str


@dataclass(frozen=True)
class Cause:
    stopped_reason: str
    stop_code: str = "TaskFailedToStart"
    exit_code: int | None = None
    container_reason: str | None = None
    runs: bool = False
    """The container starts before the task fails."""
    logs: tuple[str, ...] = ()
    health: Health | None = None
    placed: bool = True
    """There is a task at all. Otherwise only an event of the service tells: its text is `stopped_reason`."""


PULL = "CannotPullContainerError: pull image manifest has been retried 1 time(s): "
INIT = "ResourceInitializationError: "
SECRET = (
    INIT
    + "unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: "
)
LOGGER = (
    INIT
    + "failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: "
)
PLACE = "was unable to place a task. Reason: "
SEE = " For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."


def exited(code: int, *logs: str, reason: str | None = None) -> Cause:
    return Cause("Essential container in task exited", "EssentialContainerExited", code, reason, runs=True, logs=logs)


def unhealthy(reason: str, description: str, *logs: str) -> Cause:
    text = "Task failed ELB health checks in (target-group {targetGroup})"
    return Cause(text, "ServiceSchedulerInitiated", 143, None, True, logs, Health(reason, description))


def unpullable(text: str) -> Cause:
    return Cause(PULL + text, container_reason=PULL + text)


def unplaced(text: str) -> Cause:
    return Cause(text, placed=False)


CAUSES: dict[str, Cause] = {
    "image-missing": unpullable("failed to resolve ref {image}: {image}: not found"),
    "image-denied": unpullable(
        "failed to resolve ref {image}: pull access denied, repository does not exist or may require authorization: "
        "server message: insufficient_scope: authorization failed"
    ),
    "image-platform": unpullable("image Manifest does not contain descriptor matching platform '{platform}'"),
    "image-unreachable": unpullable(
        'failed to resolve ref {image}: failed to do request: Head "https://{registry}/v2/{repository}/manifests/{tag}": '
        "dial tcp 10.0.0.10:443: i/o timeout"
    ),
    "exec-format": exited(255, "exec {command}: exec format error"),
    "ecr-unreachable": Cause(
        INIT
        + "unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a "
        "connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: "
        "GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , "
        'request send failed, Post "https://api.ecr.{region}.amazonaws.com/": dial tcp 10.0.0.10:443: i/o timeout'
    ),
    "secret-unreachable": Cause(
        SECRET + "service call has been retried 5 time(s): failed to fetch secret {secret} from secrets manager: "
        "RequestCanceled: request context canceled caused by: context deadline exceeded. Please check your task network "
        "configuration."
    ),
    "secret-denied": Cause(
        SECRET
        + "service call has been retried 1 time(s): failed to fetch secret {secret} from secrets manager: operation "
        "error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: {request}, api error "
        "AccessDeniedException: User: arn:aws:sts::{account}:assumed-role/{executionRoleName}/{task} is not authorized to "
        "perform: secretsmanager:GetSecretValue on resource: {secret} because no identity-based policy allows the "
        "secretsmanager:GetSecretValue action"
    ),
    "secret-missing": Cause(
        SECRET
        + "service call has been retried 1 time(s): failed to fetch secret {secret} from secrets manager: operation "
        "error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: {request}, "
        "ResourceNotFoundException: Secrets Manager can't find the specified secret."
    ),
    "logs-unreachable": Cause(
        LOGGER
        + "operation error CloudWatch Logs: CreateLogStream, exceeded maximum number of attempts, 3, https response "
        'error StatusCode: 0, RequestID: , request send failed, Post "https://logs.{region}.amazonaws.com/": dial tcp '
        "10.0.0.10:443: i/o timeout : exit status 1"
    ),
    "log-group-missing": Cause(
        LOGGER + "operation error CloudWatch Logs: CreateLogStream, https response error StatusCode: 400, RequestID: "
        "{request}, ResourceNotFoundException: The specified log group does not exist. : exit status 1"
    ),
    "out-of-memory": exited(
        137, "Killing process: memory limit reached", reason="OutOfMemoryError: Container killed due to memory usage"
    ),
    "exits": exited(1, "Error: cannot start", "    at main (server.js:1:1)"),
    "port-denied": exited(1, "Error: listen EACCES: permission denied 0.0.0.0:{port}"),
    "read-only": exited(1, "Error: EROFS: read-only file system, open '/app/cache/state.json'"),
    "user-denied": exited(1, "Error: EACCES: permission denied, mkdir '/data'"),
    "health-code": unhealthy(
        "Target.ResponseCodeMismatch", "Health checks failed with these codes: [404]", "listening"
    ),
    "health-timeout": unhealthy("Target.Timeout", "Request timed out", "listening"),
    "health-refused": unhealthy("Target.FailedHealthChecks", "Health checks failed", "listening on another port"),
    "container-unhealthy": Cause(
        "Task failed container health checks", "ServiceSchedulerInitiated", 143, runs=True, logs=("listening",)
    ),
    "no-address": Cause(
        "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet "
        "'{subnet}': InsufficientFreeAddressesInSubnet"
    ),
    "spot-interrupted": Cause("Your Spot Task was interrupted.", "SpotInterruption", 143, runs=True),
    "no-capacity": unplaced(
        PLACE
        + "Capacity is unavailable at this time. Please try again later or in a different availability zone."
        + SEE
    ),
    "vcpu-quota": unplaced(PLACE + "You’ve reached the limit on the number of vCPUs you can run concurrently." + SEE),
    "role-denied": unplaced(
        "failed to launch a task with (error ECS was unable to assume the role '{executionRole}' that was provided for "
        "this task. Please verify that the role being passed has the proper trust relationship and permissions and that "
        "your IAM user has permissions to pass this role.)."
    ),
}


def cause_of(stopped_reason: str) -> Cause:
    """What goes with a reason that is in no table."""
    if stopped_reason.startswith("Essential container"):
        return CAUSES["exits"]
    if stopped_reason.startswith("Task failed ELB health checks"):
        return CAUSES["health-refused"]
    if stopped_reason.startswith("Task failed container health checks"):
        return CAUSES["container-unhealthy"]
    return Cause(stopped_reason)

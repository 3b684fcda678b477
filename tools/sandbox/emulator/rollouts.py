"""Rollouts of ECS services: what each one was told to end in, and what the service shows while and after it.

moto runs nothing, so a rollout ends at once: in SUCCESSFUL, or in the outcome that a test asked for beforehand.
"""

from __future__ import annotations

import copy
import fnmatch
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.core.utils import utcnow
from moto.ecs.models import Cluster, Container, EC2ContainerServiceBackend, Service, Task, ecs_backends
from moto.moto_api._internal import mock_random

STATUSES = ("SUCCESSFUL", "IN_PROGRESS", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")

# What a service revision holds, by the names of moto's Service. A rollback brings all of it back.
REVISION = (
    "task_definition",
    "capacity_provider_strategy",
    "launch_type",
    "platform_version",
    "load_balancers",
    "service_registries",
    "network_configuration",
    "service_connect_configuration",
    "volume_configurations",
)

FAILED_TASKS = 3  # the circuit breaker's smallest threshold

_outcomes: list[Outcome] = []
_lock = threading.RLock()


@dataclass(frozen=True)
class Outcome:
    service: str = "*"
    status: str = "SUCCESSFUL"
    status_reason: str | None = None
    stopped_reason: str | None = None
    exit_code: int | None = None


@dataclass
class Revision:
    service: Service
    id: str = field(default_factory=lambda: str(mock_random.randint(10**18, 10**19 - 1)))
    created_at: datetime = field(default_factory=utcnow)

    def __post_init__(self) -> None:
        self.settings = {name: copy.deepcopy(getattr(self.service, name)) for name in REVISION}

    @property
    def arn(self) -> str:
        return self.service.arn.replace(":service/", ":service-revision/") + f"/{self.id}"

    @property
    def deployment_id(self) -> str:
        return f"ecs-svc/{self.id}"


@dataclass
class Rollout:
    target: Revision
    source: Revision | None
    status: str = "IN_PROGRESS"
    reason: str | None = None
    failed_tasks: int = 0
    created_at: datetime = field(default_factory=utcnow)
    finished_at: datetime | None = None
    id: str = field(default_factory=lambda: mock_random.get_random_string(length=21))

    @property
    def arn(self) -> str:
        return self.target.service.arn.replace(":service/", ":service-deployment/") + f"/{self.id}"


def expect(outcome: Outcome) -> None:
    """Sets the outcome of the next rollout of a service whose name matches."""
    with _lock:
        _outcomes.append(outcome)


def finish(outcome: Outcome) -> list[str]:
    """Ends the unfinished rollouts of the services that match, and returns their names."""
    with _lock:
        running = [service for service in services() if _unfinished(service) and _matches(outcome, service)]
        for service in running:
            _settle(service, outcome)
        return [service.name for service in running]


def services() -> Iterator[Service]:
    for account in list(ecs_backends.values()):
        for backend in list(account.values()):
            yield from list(backend.services.values())


def start(service: Service) -> None:
    """Rolls out what the service's attributes now say."""
    with _lock:
        _stop_unfinished(service, "The service deployment was stopped because a new one started.")
        service.rollouts.append(Rollout(Revision(service), service.live))
        outcome = next((o for o in _outcomes if _matches(o, service)), None)
        if outcome:
            _outcomes.remove(outcome)
        _settle(service, outcome or Outcome())


def scale(service: Service, desired_count: int) -> None:
    with _lock:
        if desired_count != service.desired_count:
            service.desired_count = desired_count
            _show(service)


def delete(service: Service) -> None:
    with _lock:
        service.deployments = []
        service.running_count = service.pending_count = 0
        for task in _running(service):
            _scale_in(task)
        _stop_unfinished(service, "The service was deleted.")
        _count(service._backend._get_cluster(service.cluster_arn))


def _unfinished(service: Service) -> bool:
    return bool(service.rollouts) and service.rollouts[-1].status == "IN_PROGRESS"


def _stop_unfinished(service: Service, reason: str) -> None:
    if _unfinished(service):
        last = service.rollouts[-1]
        last.status, last.reason, last.finished_at = "STOPPED", reason, utcnow()


def _matches(outcome: Outcome, service: Service) -> bool:
    return fnmatch.fnmatchcase(service.name, outcome.service)


def _settle(service: Service, outcome: Outcome) -> None:
    rollout = service.rollouts[-1]
    status = outcome.status
    if status == "ROLLBACK_SUCCESSFUL" and not service.live:
        status = "ROLLBACK_FAILED"  # a first rollout has nothing to go back to
    rollout.status = status
    rollout.reason = outcome.status_reason or {
        "ROLLBACK_SUCCESSFUL": "Service deployment rolled back because the circuit breaker threshold was exceeded.",
        "ROLLBACK_FAILED": "The service deployment failed and could not be rolled back.",
        "STOPPED": "The service deployment failed because the circuit breaker threshold was exceeded.",
    }.get(status)
    if status != "IN_PROGRESS":
        rollout.finished_at = utcnow()
    if status == "SUCCESSFUL":
        service.live = rollout.target
    elif status != "IN_PROGRESS" or outcome.stopped_reason:
        _fail_tasks(service, rollout, outcome)
    if status.startswith("ROLLBACK") and service.live:
        for name, value in service.live.settings.items():
            setattr(service, name, copy.deepcopy(value))
    _show(service)
    _log(service, rollout)


def _fail_tasks(service: Service, rollout: Rollout, outcome: Outcome) -> None:
    reason = outcome.stopped_reason or "Essential container in task exited"
    code = "EssentialContainerExited" if reason.startswith("Essential container") else "TaskFailedToStart"
    exit_code = 1 if outcome.exit_code is None and code == "EssentialContainerExited" else outcome.exit_code
    for _ in range(FAILED_TASKS):
        _stop_task(_start_task(service, rollout.target), code, reason, exit_code)
    rollout.failed_tasks = FAILED_TASKS


def _show(service: Service) -> None:
    """Makes deployments, tasks and counters follow from the last rollout and the desired count."""
    rollout, live, desired = service.rollouts[-1], service.live, service.desired_count
    if rollout.status in ("SUCCESSFUL", "ROLLBACK_SUCCESSFUL"):
        shown = [_deployment(service, live, "PRIMARY", "COMPLETED", desired)]
    elif rollout.status == "ROLLBACK_FAILED":
        shown = [_deployment(service, live or rollout.target, "PRIMARY", "FAILED", 0)]
    else:
        state = "IN_PROGRESS" if rollout.status == "IN_PROGRESS" else "FAILED"
        shown = [_deployment(service, rollout.target, "PRIMARY", state, 0)]
        if live:
            shown.append(_deployment(service, live, "ACTIVE", "COMPLETED", desired))
    shown[0]["failedTasks"] = 0 if rollout.status == "ROLLBACK_SUCCESSFUL" else rollout.failed_tasks
    service.deployments = shown
    service.running_count = sum(deployment["runningCount"] for deployment in shown)
    service.pending_count = 0
    keep: list[Task] = []
    for deployment in shown:
        wanted = deployment["runningCount"]
        tasks = [task for task in _running(service) if task.started_by == deployment["id"]][:wanted]
        revision = live if live and live.deployment_id == deployment["id"] else rollout.target
        keep += tasks + [_start_task(service, revision) for _ in range(wanted - len(tasks))]
    for task in _running(service):
        if task not in keep:
            _scale_in(task)
    _count(service._backend._get_cluster(service.cluster_arn))


def _deployment(service: Service, revision: Revision, status: str, state: str, running: int) -> dict[str, Any]:
    settings = revision.settings
    said = {"COMPLETED": "completed.", "IN_PROGRESS": "in progress."}.get(state)
    breaker = "ECS deployment circuit breaker: tasks failed to start."
    return {
        "id": revision.deployment_id,
        "status": status,
        "taskDefinition": settings["task_definition"],
        "desiredCount": service.desired_count,
        "pendingCount": 0,
        "runningCount": running,
        "failedTasks": 0,
        "createdAt": revision.created_at,
        "updatedAt": utcnow(),
        "capacityProviderStrategy": settings["capacity_provider_strategy"],
        "launchType": settings["launch_type"],
        "platformVersion": "1.4.0" if settings["platform_version"] == "LATEST" else settings["platform_version"],
        "platformFamily": "Linux",
        "networkConfiguration": settings["network_configuration"] or None,
        "serviceConnectConfiguration": settings["service_connect_configuration"],
        "volumeConfigurations": settings["volume_configurations"],
        "rolloutState": state,
        "rolloutStateReason": f"ECS deployment {revision.deployment_id} {said}" if said else breaker,
    }


def _log(service: Service, rollout: Rollout) -> None:
    deployment = f"(deployment {rollout.target.deployment_id})"
    message = {
        "SUCCESSFUL": f"(service {service.name}) has reached a steady state.",
        "IN_PROGRESS": f"(service {service.name}) {deployment} deployment in progress.",
        "ROLLBACK_SUCCESSFUL": f"(service {service.name}) rolling back to deployment {service.deployments[0]['id']}.",
    }.get(rollout.status, f"(service {service.name}) {deployment} deployment failed: tasks failed to start.")
    event = {"id": str(mock_random.uuid4()), "createdAt": utcnow(), "message": message}
    service.events = [event, *service.events][:100]


def _start_task(service: Service, revision: Revision) -> Task:
    """A task without network interface: one would hold its subnet and groups for ever."""
    backend: EC2ContainerServiceBackend = service._backend
    definition = copy.copy(backend.describe_task_definition(revision.settings["task_definition"]))
    definition.network_mode = None
    task = Task(
        cluster=backend._get_cluster(service.cluster_arn),
        task_definition=definition,
        container_instance_arn=None,
        resource_requirements=None,
        backend=backend,
        group=f"service:{service.name}",
        launch_type="FARGATE",
        started_by=revision.deployment_id,
        tags=_task_tags(service, definition),
        platform_version="1.4.0",
    )
    task.advance = lambda: None  # being described must not end it
    task.created_at = task.started_at = utcnow()
    task.enable_execute_command = service.enable_execute_command
    task.containers = []
    for container_definition in definition.container_definitions:
        definition.container_definitions = [container_definition]
        container = Container(definition)
        container.task_arn, container.last_status, container.exitCode = task.task_arn, "RUNNING", None
        task.containers.append(container)
    backend.tasks.setdefault(service.cluster_name, {})[task.task_arn] = task
    return task


def _stop_task(task: Task, code: str, reason: str, exit_code: int | None = None) -> None:
    task.last_status = task.desired_status = "STOPPED"
    task.stop_code, task.stopped_reason, task.stopped_at = code, reason, utcnow()
    for container in task.containers:
        container.last_status, container.exitCode = "STOPPED", exit_code


def _scale_in(task: Task) -> None:
    _stop_task(task, "ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {task.started_by})")


def _running(service: Service) -> list[Task]:
    return [
        task
        for task in service._backend.tasks.get(service.cluster_name, {}).values()
        if task.group == f"service:{service.name}" and task.desired_status == "RUNNING"
    ]


def _task_tags(service: Service, definition: Any) -> list[dict[str, str]]:
    source = {"SERVICE": service.tags, "TASK_DEFINITION": definition.tags}.get(service.propagate_tags) or []
    managed = {"aws:ecs:clusterName": service.cluster_name, "aws:ecs:serviceName": service.name}
    return [*source, *({"key": k, "value": v} for k, v in managed.items() if service.enable_ecs_managed_tags)]


def _count(cluster: Cluster) -> None:
    active = [s for s in services() if s.cluster_arn == cluster.arn and s.status == "ACTIVE"]
    cluster.active_services_count = len(active)
    cluster.running_tasks_count = sum(s.running_count for s in active)
    cluster.pending_tasks_count = 0

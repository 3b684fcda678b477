"""What DescribeServices shows of rollouts: deployments, counters and events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.ecs.models import Service, Task, ecs_backends
from moto.moto_api._internal import mock_random

from . import clock, tasks
from .revisions import Revision, Rollout


def services() -> Iterator[Service]:
    for account in list(ecs_backends.values()):
        for backend in list(account.values()):
            yield from list(backend.services.values())


def show(service: Service) -> None:
    """Makes everything that is shown follow from the tasks and the last rollout."""
    if service.status != "ACTIVE":
        return
    rollout: Rollout = service.rollouts[-1]
    primary: Revision = service.primary
    under_way = () if rollout.finished else (rollout.target, rollout.source)
    others = [
        revision
        for revision in reversed([past.target for past in service.rollouts])
        if revision is not primary and (revision in under_way or tasks.of(service, revision))
    ]
    service.deployments = [
        deployment(primary, "PRIMARY"),
        *(deployment(revision, "ACTIVE") for revision in others),
    ]
    service.running_count = sum(item["runningCount"] for item in service.deployments)
    service.pending_count = sum(item["pendingCount"] for item in service.deployments)
    count_cluster(service)


def counts(revision: Revision) -> tuple[int, int]:
    statuses = [task.last_status for task in tasks.of(revision.service, revision)]
    return statuses.count("RUNNING"), statuses.count("PENDING")


def count_cluster(service: Service) -> None:
    cluster = service._backend._get_cluster(service.cluster_arn)
    active = [s for s in services() if s.cluster_arn == cluster.arn and s.status == "ACTIVE"]
    cluster.active_services_count = len(active)
    cluster.running_tasks_count = sum(s.running_count for s in active)
    cluster.pending_tasks_count = sum(s.pending_count for s in active)


def deployment(revision: Revision, status: str) -> dict[str, Any]:
    settings = revision.settings
    running, pending = counts(revision)
    return {
        "id": revision.deployment_id,
        "status": status,
        "taskDefinition": settings["task_definition"],
        "desiredCount": revision.service.desired_count if status == "PRIMARY" else running,
        "pendingCount": pending,
        "runningCount": running,
        "failedTasks": revision.failed_tasks,
        "createdAt": revision.created_at,
        "updatedAt": revision.updated_at,
        "capacityProviderStrategy": settings["capacity_provider_strategy"],
        "launchType": settings["launch_type"],
        "platformVersion": "1.4.0" if settings["platform_version"] == "LATEST" else settings["platform_version"],
        "platformFamily": "Linux",
        "networkConfiguration": settings["network_configuration"] or None,
        "serviceConnectConfiguration": settings["service_connect_configuration"],
        "volumeConfigurations": settings["volume_configurations"],
        "rolloutState": revision.state,
        "rolloutStateReason": revision.state_reason,
    }


def say(service: Service, message: str) -> None:
    """An event, newest first. One that was said last is not said again, as ECS does."""
    text = f"(service {service.name}) {message}"
    if not service.events or service.events[0]["message"] != text:
        event = {"id": str(mock_random.uuid4()), "createdAt": clock.moment(), "message": text}
        service.events = [event, *service.events][:100]


def say_started(service: Service, started: list[Task]) -> None:
    if started:
        names = " ".join(f"(task {task.id})" for task in started)
        say(service, f"has started {len(started)} tasks: {names}.")


def say_targets(service: Service, verb: str, number: int = 1) -> None:
    """Nothing is said of a service without load balancer."""
    for balancer in service.load_balancers:
        if balancer.get("targetGroupArn"):
            say(service, f"{verb} {number} targets in (target-group {balancer['targetGroupArn']})")

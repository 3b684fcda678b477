"""What load balancers say of the tasks of services."""

from __future__ import annotations

from typing import Any

from moto.ecs.models import Service, Task
from moto.elbv2.models import FakeHealthStatus

from . import tasks
from .causes import Health

REGISTERING = ("initial", "Elb.RegistrationInProgress", "Target registration is in progress")
HEALTHY = ("healthy", None, None)


def register(task: Task) -> None:
    task.target = REGISTERING


def healthy(task: Task) -> None:
    """Of a task that was registered."""
    if task.target:
        task.target = HEALTHY


def unhealthy(task: Task, health: Health) -> None:
    task.target = ("unhealthy", health.reason, health.description)


class TargetHealth(FakeHealthStatus):
    zone: str | None = None

    @property
    def target(self) -> dict[str, Any]:
        return {**super().target, "AvailabilityZone": self.zone}


def of_group(arn: str, services: list[Service]) -> list[TargetHealth]:
    """The targets of a group that are tasks."""
    found = []
    for service in services:
        ports = [item["containerPort"] for item in service.load_balancers if item.get("targetGroupArn") == arn]
        for task in tasks.of(service) if ports else []:
            if task.target:
                target = TargetHealth(task.address, ports[0], str(ports[0]), *task.target)
                target.zone = task.availability_zone
                found.append(target)
    return found

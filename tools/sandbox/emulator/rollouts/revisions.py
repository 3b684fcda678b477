"""What is rolled out, and how far it is."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import datetime

from moto.ecs.models import Service
from moto.moto_api._internal import mock_random

from . import clock

# What a service revision holds, by the names of moto's Service. A rollback brings all of it back.
SETTINGS = (
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

FINISHED = ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")


@dataclass(eq=False)
class Revision:
    """A service revision, with the deployment that DescribeServices shows of it: the two share their number."""

    service: Service
    id: str = field(default_factory=lambda: str(mock_random.randint(10**18, 10**19 - 1)))
    created_at: datetime = field(default_factory=clock.moment)
    state: str = "IN_PROGRESS"
    state_reason: str = ""
    updated_at: datetime = field(default_factory=clock.moment)
    failed_tasks: int = 0

    def __post_init__(self) -> None:
        self.settings = {name: copy.deepcopy(getattr(self.service, name)) for name in SETTINGS}
        self.becomes("IN_PROGRESS", f"ECS deployment {self.deployment_id} in progress.")

    @property
    def arn(self) -> str:
        return self.service.arn.replace(":service/", ":service-revision/") + f"/{self.id}"

    @property
    def deployment_id(self) -> str:
        return f"ecs-svc/{self.id}"

    def becomes(self, state: str, reason: str) -> None:
        self.state, self.state_reason, self.updated_at = state, reason, clock.moment()

    def completed(self) -> None:
        self.becomes("COMPLETED", f"ECS deployment {self.deployment_id} completed.")

    def failed(self) -> None:
        self.becomes("FAILED", "ECS deployment circuit breaker: tasks failed to start.")

    def restore(self) -> None:
        for name, value in self.settings.items():
            setattr(self.service, name, copy.deepcopy(value))


@dataclass(eq=False)
class Rollout:
    """A service deployment."""

    service: Service
    target: Revision
    source: Revision | None
    """The last revision that was rolled out successfully."""
    sources: list[Revision]
    """What runs when it begins: besides `source` the revision of a rollout that it supersedes."""
    status: str = "PENDING"
    reason: str | None = None
    breaker: str = "MONITORING"
    created_at: datetime = field(default_factory=clock.moment)
    updated_at: datetime = field(default_factory=clock.moment)
    started_at: datetime | None = None
    finished_at: datetime | None = None
    rollback_started_at: datetime | None = None
    id: str = field(default_factory=lambda: mock_random.get_random_string(length=21))
    counts: dict[str, tuple[int, int]] | None = None
    """Running and pending tasks by the id of the revision, as they were when it finished."""
    process: clock.Process | None = None

    @property
    def arn(self) -> str:
        return self.service.arn.replace(":service/", ":service-deployment/") + f"/{self.id}"

    @property
    def finished(self) -> bool:
        return self.status in FINISHED

    @property
    def threshold(self) -> int:
        """Failed tasks that the circuit breaker tolerates."""
        half: int = -(-self.service.desired_count // 2)
        return max(3, min(200, half))

    def becomes(self, status: str, reason: str | None = None) -> None:
        self.status, self.updated_at = status, clock.moment()
        self.reason = reason or self.reason
        if status == "IN_PROGRESS":
            self.started_at = self.updated_at
        if self.finished:
            self.finished_at = self.updated_at
            self.breaker = "MONITORING_COMPLETE" if self.breaker == "MONITORING" else self.breaker

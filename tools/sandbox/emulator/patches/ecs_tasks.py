"""Tasks that are run by themselves come to an end, and can be stopped."""

from __future__ import annotations

from typing import Any

from moto.ecs.exceptions import EcsClientException, InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend, Task

import rollouts

from . import add, replace

Item = dict[str, Any]

for name in ("process", "settings"):
    add(Task, name)(None)


@replace(EC2ContainerServiceBackend, "run_task")
def run_task(
    original: Any,
    self: EC2ContainerServiceBackend,
    cluster: str,
    task_definition: str,
    count: int,
    overrides: Item | None,
    started_by: str | None,
    tags: list[dict[str, str]] | None,
    launch_type: str | None,
    network: Item | None = None,
    group: str | None = None,
    *more: Any,
) -> list[Task]:
    if launch_type in ("EC2", "EXTERNAL"):
        given = (overrides, started_by, tags, launch_type, network, group, *more)
        found: list[Task] = original(self, cluster, task_definition, count, *given)
        return found
    definition = self.describe_task_definition(task_definition)
    if definition.status != "ACTIVE":
        raise EcsClientException("TaskDefinition is inactive")
    if not network:
        raise InvalidParameterException("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    settings: Item = {"task_definition": definition.arn, "network_configuration": network, "load_balancers": []}
    origin: Item = {
        "group": group or f"family:{definition.family}",
        "started_by": started_by or "",
        "overrides": overrides or {},
        "tags": tags or [],
    }
    return [rollouts.runs.start(self, cluster, settings, **origin) for _ in range(count)]


@replace(EC2ContainerServiceBackend, "stop_task")
def stop_task(original: Any, self: EC2ContainerServiceBackend, cluster: str, task: str, reason: str | None) -> Task:
    tasks: dict[str, Task] = self.tasks.get(self._get_cluster(cluster).name, {})
    found = next((known for known in tasks.values() if known.id == task.split("/")[-1] and known.process), None)
    if found is None:
        return original(self, cluster, task, reason)
    rollouts.runs.stop(found, reason or "Task stopped by user")
    return found

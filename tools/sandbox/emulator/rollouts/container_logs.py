"""What containers write, in the log group that their definition names."""

from __future__ import annotations

from typing import Any

from moto.ecs.models import Container, Task
from moto.logs.models import LogStream, logs_backends

from . import clock


def open_stream(task: Task, container: Container) -> LogStream | None:
    """None where the container writes elsewhere, or its group is not there."""
    configuration: dict[str, Any] = container.definition.get("logConfiguration") or {}
    options = configuration.get("options") or {}
    if configuration.get("logDriver") != "awslogs":
        return None
    backend = logs_backends[task._account_id][options.get("awslogs-region", task.region_name)]
    group = backend.groups.get(options.get("awslogs-group"))
    prefix = options.get("awslogs-stream-prefix")
    if group is None or prefix is None:
        return None
    name = f"{prefix}/{container.name}/{task.id}"
    if name not in group.streams:
        backend.create_log_stream(group.name, name)
    return group.streams[name]


def write(task: Task, container: Container, lines: list[str]) -> None:
    stream = open_stream(task, container)
    if stream and lines:
        start = int(clock.now() * 1000)
        stream.put_log_events([{"timestamp": start + i, "message": line} for i, line in enumerate(lines)])

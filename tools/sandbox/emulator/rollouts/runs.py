"""Tasks that RunTask starts by themselves: each runs for a moment and ends, by default well."""

from __future__ import annotations

import shlex
from typing import Any

from moto.ecs.models import Container, EC2ContainerServiceBackend, Task, ecs_backends

from . import clock, container_logs, tasks, wishes
from .causes import Cause
from .clock import Course
from .wishes import Wish

Item = dict[str, Any]


def start(backend: EC2ContainerServiceBackend, cluster: str, settings: Item, **origin: Any) -> Task:
    """@param settings task definition and network, by moto's names of a service's attributes"""
    definition = backend.describe_task_definition(settings["task_definition"])
    task = tasks.place(backend, cluster, settings, **origin)
    task.settings = settings
    go(task, wishes.take_run(definition.family))
    return task


def go(task: Task, wish: Wish) -> None:
    if task.process:
        task.process.stop()
    task.process = clock.Process(course(task, wish), lambda: None)


def course(task: Task, wish: Wish) -> Course:
    cause = wish.causes[0] if wish.causes else None
    yield wish.seconds.pending
    if cause is None or cause.runs:
        if task.last_status == "PENDING":
            tasks.run(task)
        yield wish.seconds.starting
    if wish.status == "IN_PROGRESS":
        write(task, [f"nothing of this runs in the sandbox: {command(task)}"])
        yield None
    if cause is not None:
        tasks.fail(task, task.settings, cause, wish.container)
        return
    write(task, [f"nothing of this runs in the sandbox: {command(task)}"])
    end(task, Cause("Essential container in task exited", "EssentialContainerExited", 0))


def end(task: Task, cause: Cause) -> None:
    has_run = task.last_status == "RUNNING"
    tasks.stop(task, cause.stop_code, cause.stopped_reason)
    for made in task.containers if has_run else []:
        made.exitCode = cause.exit_code


def stop(task: Task, reason: str) -> None:
    """StopTask."""
    if task.desired_status != "RUNNING":
        return
    if task.process:
        task.process.stop()
    end(task, Cause(reason, "UserInitiated", tasks.TERMINATED))


def change(wish: Wish) -> list[str]:
    """Lets the tasks that run and match go on as `wish` says, and returns their ids."""
    found = [
        task
        for account in ecs_backends.values()
        for backend in account.values()
        for cluster in backend.tasks.values()
        for task in cluster.values()
        if task.process and task.desired_status == "RUNNING" and wish.matches_run(family(task))
    ]
    for task in found:
        go(task, wish)
    return [task.id for task in found]


def family(task: Task) -> str:
    name: str = task.task_definition_arn.rpartition("/")[2]
    return name.rpartition(":")[0]


def essential(task: Task) -> Container:
    return next(made for made in task.containers if made.definition.get("essential") is not False)


def command(task: Task) -> str:
    made = essential(task)
    overrides = {item["name"]: item for item in task.overrides.get("containerOverrides") or []}
    words = overrides.get(made.name, {}).get("command") or made.definition.get("command") or []
    return shlex.join(words) if words else "the image's own command"


def write(task: Task, lines: list[str]) -> None:
    container_logs.write(task, essential(task), lines)

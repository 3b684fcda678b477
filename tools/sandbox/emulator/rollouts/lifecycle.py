"""What happens to the rollouts of a service when somebody calls ECS, or the emulator's own endpoint."""

from __future__ import annotations

from moto.ecs.models import Service

from . import clock, deployments, targets, tasks, wishes
from .clock import Course
from .courses import course, end, fill, rolled_back, stopped
from .revisions import Revision, Rollout
from .wishes import Seconds, Wish


def start(service: Service) -> None:
    """Rolls out what the service's attributes now say, as it was wished for. A rollout that is under way is superseded."""
    if under_way(service):
        end(service.rollouts[-1], "STOPPED", "Service deployment stopped because a new service deployment started.")
    target = Revision(service)
    running = [past.target for past in service.rollouts if tasks.of(service, past.target)]
    service.rollouts.append(Rollout(service, target, service.live, running))
    service.primary = target
    go(service.rollouts[-1], course(service.rollouts[-1], wishes.take(service.name)))


def change(wish: Wish) -> list[str]:
    """Lets the rollouts that are under way in services that match go on as `wish` says, and returns their names."""
    found = [service for service in deployments.services() if under_way(service) and wish.matches(service.name)]
    for rollout in (service.rollouts[-1] for service in found):
        if rollout.rollback_started_at and not wish.status.startswith("ROLLBACK"):
            raise ValueError(
                f"{rollout.service.name} is rolled back: it can end in ROLLBACK_SUCCESSFUL or ROLLBACK_FAILED alone"
            )
        for task in tasks.of(rollout.service, rollout.target):
            if task.last_status == "RUNNING" and task.target not in (None, targets.HEALTHY):
                tasks.scale_in(task)
        go(rollout, rolled_back(rollout, wish) if rollout.rollback_started_at else course(rollout, wish))
    return [service.name for service in found]


def stop(rollout: Rollout, kind: str) -> None:
    """StopServiceDeployment."""
    go(rollout, stopped(rollout, "STOPPED" if kind == "ABORT" else "ROLLBACK_SUCCESSFUL", Seconds()))


def scale(service: Service, desired_count: int) -> None:
    if desired_count == service.desired_count:
        return
    service.desired_count = desired_count
    if service.primary.state == "COMPLETED":
        fill(service.primary, desired_count)
    for revision in (past.target for past in service.rollouts):
        for task in tasks.of(service, revision)[desired_count:]:
            tasks.scale_in(task)
    deployments.show(service)


def delete(service: Service) -> None:
    if under_way(service):
        end(service.rollouts[-1], "STOPPED", "Service deployment stopped because the service was deleted.")
    for task in tasks.of(service):
        tasks.scale_in(task)
    service.deployments = []
    service.running_count = service.pending_count = 0
    deployments.count_cluster(service)


def under_way(service: Service) -> bool:
    return bool(service.rollouts) and not service.rollouts[-1].finished


def go(rollout: Rollout, phases: Course) -> None:
    if rollout.process:
        rollout.process.stop()
    rollout.process = clock.Process(phases, lambda: deployments.show(rollout.service))

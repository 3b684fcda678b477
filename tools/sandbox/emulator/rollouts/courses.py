"""How rollouts go: each course is the phases of one, in order, with the seconds between them."""

from __future__ import annotations

from moto.ecs.models import Service, Task

from . import clock, deployments, targets, tasks
from .causes import Cause
from .clock import Course
from .deployments import say, say_started, say_targets
from .revisions import Revision, Rollout
from .wishes import Seconds, Wish

NO_CANDIDATE = "No rollback candidate was found to run the rollback."
REQUESTED = "Service deployment stopped because of a request."
REASONS = {
    "STOPPED": "Service deployment stopped because the circuit breaker threshold was exceeded.",
    "ROLLBACK_SUCCESSFUL": "Service deployment rolled back because the circuit breaker threshold was exceeded.",
    "ROLLBACK_FAILED": "Service deployment rollback failed.",
}


def end(rollout: Rollout, status: str, reason: str | None = None) -> None:
    if rollout.process:
        rollout.process.stop()
    rollout.counts = {revision.id: deployments.counts(revision) for revision in (rollout.target, *rollout.sources)}
    rollout.becomes(status, reason)


def course(rollout: Rollout, wish: Wish) -> Course:
    service = rollout.service
    if rollout.status == "PENDING":
        yield wish.seconds.pending
        rollout.becomes("IN_PROGRESS")
    if wish.causes and service.desired_count > 0:
        yield from failing(rollout, wish)
    if wish.status in ("SUCCESSFUL", "IN_PROGRESS") or service.desired_count == 0:
        yield from starting(rollout, wish)
    else:
        yield from failed(rollout, wish)


def failing(rollout: Rollout, wish: Wish) -> Course:
    """Tasks that start and fail, one after the other; before them those that run all the same."""
    service, target = rollout.service, rollout.target
    for _ in range((wish.running or 0) - len(tasks.of(service, target))):
        task = tasks.start(target)
        run(service, task)
        targets.healthy(task)
    failures = rollout.threshold if wish.failures is None else wish.failures
    for number in range(failures):
        if service.desired_count == 0:
            return
        cause = wish.causes[number % len(wish.causes)]
        if cause.placed:
            yield from failing_task(target, cause, wish.container, part(wish.seconds.failing, 3 * failures))
        else:
            yield part(wish.seconds.failing, failures)
            failing = tasks.failing_container(service._backend, target.settings)
            say(service, cause.stopped_reason.format_map(tasks.facts(service._backend, target.settings, failing)))
    if failures and wish.status in ("SUCCESSFUL", "IN_PROGRESS"):
        say(service, "is unable to consistently start tasks successfully.")


def failing_task(revision: Revision, cause: Cause, container: str | None, pause: float | None) -> Course:
    service = revision.service
    task = next(iter(pending(revision)), None) or tasks.start(revision)
    say_started(service, [task])
    for step in (begin, show_unhealthy):
        yield pause
        if task.desired_status == "RUNNING":
            step(service, task, cause)
    yield pause
    if task.desired_status != "RUNNING":  # the service was scaled in
        return
    tasks.fail(task, revision.settings, cause, container)
    revision.failed_tasks += 1
    if cause.runs:
        say(service, f"has stopped 1 running tasks: (task {task.id}).")
    else:
        say(service, f"was unable to place a task. Reason: {task.stopped_reason.removesuffix('.')}.")


def starting(rollout: Rollout, wish: Wish) -> Course:
    """The desired tasks start, become healthy one after the other, and replace the former ones."""
    service, target = rollout.service, rollout.target
    placed = all(cause.placed for cause in wish.causes) or wish.status == "SUCCESSFUL"
    missing = service.desired_count - len(tasks.of(service, target)) if placed else 0
    started = [tasks.start(target) for _ in range(missing)]
    say_started(service, started)
    waiting = pending(target)
    ready = len(tasks.of(service, target)) - len(waiting)
    able = waiting if wish.status == "SUCCESSFUL" else waiting[: max(0, (wish.running or 0) - ready)]
    pause = part(wish.seconds.starting, len(able) + 1)
    for task, former in zip([*able, None], [None, *able]):
        yield pause
        if former and former.desired_status == "RUNNING":
            targets.healthy(former)
            retire(rollout)
        if task and task.desired_status == "RUNNING":
            run(service, task)
    if wish.status == "IN_PROGRESS":  # the next ones are no better
        for task, cause in zip(waiting[len(able) :], wish.causes * len(waiting)):
            begin(service, task, cause)
            show_unhealthy(service, task, cause)
        yield None
    fill(target, service.desired_count)
    for former in tasks.of(service):
        if former.started_by != target.deployment_id:
            tasks.scale_in(former)
    service.live = target
    target.completed()
    say(service, f"(deployment {target.deployment_id}) deployment completed.")
    say(service, "has reached a steady state.")
    end(rollout, "SUCCESSFUL", wish.status_reason if wish.status == "SUCCESSFUL" else None)


def failed(rollout: Rollout, wish: Wish) -> Course:
    """Enough tasks failed."""
    rollout.breaker = "TRIGGERED"
    rollout.target.failed()
    say(rollout.service, f"(deployment {rollout.target.deployment_id}) deployment failed: tasks failed to start.")
    if wish.status == "STOPPED":
        end(rollout, "STOPPED", wish.status_reason or REASONS["STOPPED"])
        return
    yield from rolled_back(rollout, wish)


def rolled_back(rollout: Rollout, wish: Wish) -> Course:
    """Back to the last revision that was rolled out successfully, under its former deployment."""
    service, source = rollout.service, rollout.source
    rollout.rollback_started_at = rollout.rollback_started_at or clock.moment()
    if source is None:
        drop(rollout.target)
        end(rollout, "ROLLBACK_FAILED", NO_CANDIDATE)
        return
    reason = wish.status_reason or REASONS["ROLLBACK_SUCCESSFUL"]
    rollout.becomes("ROLLBACK_IN_PROGRESS", reason)
    source.restore()
    source.becomes(
        "IN_PROGRESS", f"ECS deployment circuit breaker: rolling back to deploymentId {source.deployment_id}."
    )
    service.primary = source
    say(service, f"rolling back to deployment {source.deployment_id}.")
    yield wish.seconds.rollback
    drop(rollout.target)
    if wish.status == "ROLLBACK_FAILED":
        source.failed()
    else:
        fill(source, service.desired_count)
        source.completed()
        say(service, f"(deployment {source.deployment_id}) deployment completed.")
        say(service, "has reached a steady state.")
    end(rollout, wish.status, wish.status_reason or REASONS[wish.status])


def stopped(rollout: Rollout, status: str, seconds: Seconds) -> Course:
    """Because somebody asked for it."""
    rollout.becomes("STOP_REQUESTED" if status == "STOPPED" else "ROLLBACK_REQUESTED")
    yield part(seconds.rollback, 2)
    rollout.target.becomes("FAILED", f"ECS deployment {rollout.target.deployment_id} stopped.")
    if status == "STOPPED":
        end(rollout, "STOPPED", REQUESTED)
    else:
        yield from rolled_back(rollout, Wish(status=status, status_reason=REQUESTED, seconds=seconds))


# Steps


def part(seconds: float | None, parts: int) -> float | None:
    return None if seconds is None else seconds / max(1, parts)


def pending(revision: Revision) -> list[Task]:
    return [task for task in tasks.of(revision.service, revision) if task.last_status == "PENDING"]


def run(service: Service, task: Task) -> None:
    tasks.run(task)
    if target_groups(service):
        targets.register(task)
        say_targets(service, "registered")


def begin(service: Service, task: Task, cause: Cause) -> None:
    """A task that will fail runs, where it gets so far."""
    if cause.runs:
        run(service, task)


def show_unhealthy(service: Service, task: Task, cause: Cause) -> None:
    if not cause.health:
        return
    for group in target_groups(service):
        targets.unhealthy(task, cause.health)
        port = next(item["containerPort"] for item in service.load_balancers if item.get("targetGroupArn") == group)
        reason = f"due to (reason {cause.health.description})."
        say(service, f"(task {task.id}) (port {port}) is unhealthy in (target-group {group}) {reason}")


def target_groups(service: Service) -> list[str]:
    return [item["targetGroupArn"] for item in service.load_balancers if item.get("targetGroupArn")]


def retire(rollout: Rollout) -> None:
    """One former task goes for a new one that is healthy."""
    former = [task for task in tasks.of(rollout.service) if task.started_by != rollout.target.deployment_id]
    if former:
        tasks.scale_in(former[0])
        say_targets(rollout.service, "deregistered")


def drop(revision: Revision) -> None:
    for task in tasks.of(revision.service, revision):
        tasks.scale_in(task)


def fill(revision: Revision, wanted: int) -> None:
    """Exactly the wanted number of healthy tasks, at once."""
    present = tasks.of(revision.service, revision)
    for task in present[wanted:]:
        tasks.scale_in(task)
    for task in [*present[:wanted], *(tasks.start(revision) for _ in range(wanted - len(present)))]:
        if task.last_status != "RUNNING":
            run(revision.service, task)
        targets.healthy(task)

"""Tasks that are run by themselves, as a test tells them."""

from __future__ import annotations

from typing import Any

from checking import REGION, aws, awsvpc, check, cluster, outcome, refused, same, task_definition
from rollouts import clock


def definition(family: str) -> str:
    options = {"awslogs-group": family, "awslogs-region": REGION, "awslogs-stream-prefix": "app"}
    log = {"logDriver": "awslogs", "options": options}
    aws("logs").create_log_group(logGroupName=family)
    return task_definition(family, containerDefinitions=[{"name": "app", "image": "a:1", "logConfiguration": log}])


def run(arn: str, **more: Any) -> str:
    arguments = {"launchType": "FARGATE", "networkConfiguration": awsvpc(), "startedBy": "a/test", **more}
    [task] = aws("ecs").run_task(cluster=cluster(), taskDefinition=arn, **arguments)["tasks"]
    return str(task["taskArn"])


def shown(arn: str) -> tuple[Any, ...]:
    [task] = aws("ecs").describe_tasks(cluster=cluster(), tasks=[arn])["tasks"]
    same(task["startedBy"], "a/test", "startedBy")
    return task["lastStatus"], task.get("stopCode"), task["containers"][0].get("exitCode")


def log(family: str, arn: str) -> list[str]:
    stream = f"app/app/{arn.split('/')[-1]}"
    events = aws("logs").get_log_events(logGroupName=family, logStreamName=stream, startFromHead=True)["events"]
    return [event["message"] for event in events]


@check("a task that is run by itself starts, runs and ends with 0, and its log tells the command")
def succeeds() -> None:
    command = {"containerOverrides": [{"name": "app", "command": ["npm", "run", "it now"]}]}
    arn = run(definition("runs"), overrides=command)
    same(shown(arn), ("PENDING", None, None))
    clock.skip(0.3)
    same(shown(arn), ("RUNNING", None, None))
    clock.skip(5)
    same(shown(arn), ("STOPPED", "EssentialContainerExited", 0))
    same(log("runs", arn), ["nothing of this runs in the sandbox: npm run 'it now'"])
    same(aws("ecs").list_tasks(cluster=cluster(), family="runs", desiredStatus="STOPPED")["taskArns"], [arn])


@check("a task that is run by itself fails as a test wants it, and the next one does not")
def fails() -> None:
    family = definition("fails")
    outcome(family="fail*", status="STOPPED", exitCode=3, logs=["no such table"])
    first, second = run(family), None
    clock.skip(5)
    same(shown(first), ("STOPPED", "EssentialContainerExited", 3))
    same(log("fails", first), ["no such table"])
    outcome(family="fails", status="STOPPED", cause="image-missing")
    second, third = run(family), run(family)
    clock.skip(5)
    same(shown(second), ("STOPPED", "TaskFailedToStart", None))
    same(shown(third), ("STOPPED", "EssentialContainerExited", 0))


@check("a task that never ends is stopped, or goes on when a test says so; a wish for a service is none for it")
def never_ends() -> None:
    family = definition("endless")
    outcome(service="endless", status="ROLLBACK_FAILED")
    outcome(family="endless", status="IN_PROGRESS")
    outcome(family="endless", status="IN_PROGRESS")
    first, second = run(family), run(family)
    clock.skip(500)
    same(shown(first), ("RUNNING", None, None))
    aws("ecs").stop_task(cluster=cluster(), task=first, reason="Not within 10 min")
    same(shown(first), ("STOPPED", "UserInitiated", 143))
    outcome(family="endless", status="SUCCESSFUL", now=True)
    same(shown(second), ("STOPPED", "EssentialContainerExited", 0))
    same(shown(first), ("STOPPED", "UserInitiated", 143))


@check("a task of a definition that is gone, or without a network, is refused")
def nothing_to_run() -> None:
    arn = definition("gone")
    refused("InvalidParameterException", run, arn=arn, networkConfiguration={})
    before = run(arn)
    clock.skip(5)
    aws("ecs").deregister_task_definition(taskDefinition=arn)
    refused("ClientException", run, arn=arn)
    same(aws("ecs").list_tasks(cluster=cluster(), family="gone", desiredStatus="STOPPED")["taskArns"], [before])

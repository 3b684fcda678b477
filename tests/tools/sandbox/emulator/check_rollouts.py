"""Rollouts in phases in time, as a test tells them."""

from __future__ import annotations

import json
import time
import urllib.error
from functools import cache
from typing import Any

from checking import (
    REGION,
    aws,
    check,
    create_service,
    last_rollout,
    network,
    outcome,
    refused,
    same,
    service,
    settle,
    task_definition,
    tasks,
    update,
)
from rollouts import clock
from rollouts.causes import CAUSES

BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
TOGETHER = "Service deployment rolled back because the circuit breaker threshold was exceeded."


@cache
def target_group() -> str:
    elb, net = aws("elbv2"), network()
    group = elb.create_target_group(Name="rollouts", Protocol="HTTP", Port=80, VpcId=net["vpc"], TargetType="ip")
    arn: str = group["TargetGroups"][0]["TargetGroupArn"]
    balancer = elb.create_load_balancer(Name="rollouts", Subnets=net["subnets"])["LoadBalancers"][0]["LoadBalancerArn"]
    forward = [{"Type": "forward", "TargetGroupArn": arn}]
    elb.create_listener(LoadBalancerArn=balancer, Port=80, Protocol="HTTP", DefaultActions=forward)
    return arn


def definition(family: str, **more: Any) -> str:
    options = {"awslogs-group": "rollouts", "awslogs-region": REGION, "awslogs-stream-prefix": "web"}
    container = {
        "name": "app",
        "image": f"123456789012.dkr.ecr.{REGION}.amazonaws.com/shop@sha256:{'0' * 64}",
        "portMappings": [{"containerPort": 80}],
        "secrets": [{"name": "A", "valueFrom": f"arn:aws:secretsmanager:{REGION}:123456789012:secret:a-AbCdEf"}],
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }
    return task_definition(
        family,
        containerDefinitions=[{"name": "helper", "image": "helper:1", "essential": False}, container],
        executionRoleArn="arn:aws:iam::123456789012:role/execution",
        runtimePlatform={"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
        **more,
    )


def balanced(name: str, **more: Any) -> dict[str, Any]:
    return create_service(
        name,
        taskDefinition=definition(name),
        loadBalancers=[{"targetGroupArn": target_group(), "containerName": "app", "containerPort": 80}],
        deploymentConfiguration=BREAKER,
        **more,
    )


def shown(name: str) -> list[tuple[Any, ...]]:
    keys = ("status", "rolloutState", "runningCount", "pendingCount", "failedTasks")
    return [tuple(deployment[key] for key in keys) for deployment in service(name)["deployments"]]


def health(found: list[dict[str, Any]]) -> list[tuple[str | None, ...]]:
    """What the load balancer says of tasks."""
    targets = [{"Id": address} for address in addresses(found)]
    answer = aws("elbv2").describe_target_health(TargetGroupArn=target_group(), Targets=targets)
    states = [target["TargetHealth"] for target in answer["TargetHealthDescriptions"]]
    return sorted((state["State"], state.get("Reason")) for state in states)


def events(name: str) -> list[str]:
    return [event["message"].removeprefix(f"(service {name}) ") for event in service(name)["events"]]


def addresses(found: list[dict[str, Any]]) -> list[str]:
    return [d["value"] for t in found for d in t["attachments"][0]["details"] if d["name"] == "privateIPv4Address"]


@check("rollouts: without a wish a waiter of the provider sees each phase, and is through within a second")
def default_phases() -> None:
    create_service("by-default", desiredCount=1)
    update("by-default", forceNewDeployment=True)
    seen = [last_rollout("by-default")["status"]]
    for pause in (0.1, 0.2, 0.4):
        clock.skip(pause)
        seen.append(last_rollout("by-default")["status"])
    same(seen, ["PENDING", "PENDING", "IN_PROGRESS", "SUCCESSFUL"])


@check("rollouts: time passes by itself")
def real_time() -> None:
    create_service("by-itself", desiredCount=1)
    frozen, clock.wall = clock.wall, time.time
    try:
        update("by-itself", forceNewDeployment=True)
        deadline = time.time() + 30
        while last_rollout_status("by-itself") != "SUCCESSFUL" and time.time() < deadline:
            time.sleep(0.1)
    finally:
        clock.wall = frozen
    same(last_rollout_status("by-itself"), "SUCCESSFUL")


def last_rollout_status(name: str) -> str:
    return aws("ecs").list_service_deployments(cluster="main", service=name)["serviceDeployments"][0]["status"]


@check("rollouts: a healthy one, phase by phase")
def healthy() -> None:
    balanced("healthy")
    first = service("healthy")["deployments"][0]["id"]
    outcome(service="healthy", status="SUCCESSFUL", seconds={"pending": 10, "starting": 30})
    update("healthy", taskDefinition=definition("healthy"))
    same(shown("healthy"), [("PRIMARY", "IN_PROGRESS", 0, 0, 0), ("ACTIVE", "COMPLETED", 2, 0, 0)], "pending")
    same(last_rollout("healthy")["status"], "PENDING")
    same("startedAt" in last_rollout("healthy"), False, "a start before it")
    clock.skip(10)
    same(shown("healthy"), [("PRIMARY", "IN_PROGRESS", 0, 2, 0), ("ACTIVE", "COMPLETED", 2, 0, 0)], "starting")
    found = service("healthy")
    same((found["runningCount"], found["pendingCount"]), (2, 2))
    same(sorted(t["lastStatus"] for t in tasks("healthy")), ["PENDING"] * 2 + ["RUNNING"] * 2)
    former = [t for t in tasks("healthy") if t["lastStatus"] == "RUNNING"]
    same(health(former), [("healthy", None)] * 2, "the former targets")
    clock.skip(10)
    same(shown("healthy"), [("PRIMARY", "IN_PROGRESS", 1, 1, 0), ("ACTIVE", "COMPLETED", 2, 0, 0)], "one runs")
    running = [t for t in tasks("healthy") if t["lastStatus"] == "RUNNING"]
    same(health(running), [("healthy", None)] * 2 + [("initial", "Elb.RegistrationInProgress")])
    clock.skip(10)
    same(shown("healthy"), [("PRIMARY", "IN_PROGRESS", 2, 0, 0), ("ACTIVE", "COMPLETED", 1, 0, 0)], "one is replaced")
    running = [t for t in tasks("healthy") if t["lastStatus"] == "RUNNING"]
    same(health(running), [("healthy", None)] * 2 + [("initial", "Elb.RegistrationInProgress")])
    rollout = last_rollout("healthy")
    keys = ("requestedTaskCount", "runningTaskCount", "pendingTaskCount")
    same([rollout["targetServiceRevision"][key] for key in keys], [2, 2, 0])
    same([[s[key] for key in keys] for s in rollout["sourceServiceRevisions"]], [[1, 1, 0]])
    same((rollout["status"], rollout["deploymentCircuitBreaker"]["status"]), ("IN_PROGRESS", "MONITORING"))
    clock.skip(10)
    same(shown("healthy"), [("PRIMARY", "COMPLETED", 2, 0, 0)], "done")
    rollout = last_rollout("healthy")
    same((rollout["status"], rollout["deploymentCircuitBreaker"]["status"]), ("SUCCESSFUL", "MONITORING_COMPLETE"))
    same([rollout["targetServiceRevision"][key] for key in keys], [2, 2, 0])
    same((rollout["finishedAt"] - rollout["startedAt"]).total_seconds(), 30, "seconds from start to finish")
    same(
        events("healthy")[:2],
        [
            "has reached a steady state.",
            f"(deployment {service('healthy')['deployments'][0]['id']}) deployment completed.",
        ],
    )
    old = [t for t in tasks("healthy", "STOPPED") if t["startedBy"] == first]
    same(
        {(t["stopCode"], t["stoppedReason"]) for t in old},
        {("ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {first})")},
    )
    one = tasks("healthy")[0]
    same((len(one["taskArn"].split("/")[-1]), one["group"], one["platformFamily"]), (32, "service:healthy", "Linux"))
    same(health([one]), [("healthy", None)], "one target alone")
    same([one["containers"][1]["networkInterfaces"][0]["privateIpv4Address"]], addresses([one]))


@check("rollouts: failing tasks, then back to what ran")
def rolled_back() -> None:
    former = balanced("back")
    outcome(
        service="back",
        status="ROLLBACK_SUCCESSFUL",
        cause="health-code",
        seconds={"pending": 0, "failing": 90, "rollback": 10},
    )
    broken = definition("back")
    update("back", taskDefinition=broken)
    same(shown("back")[0], ("PRIMARY", "IN_PROGRESS", 0, 1, 0), "the first one starts")
    clock.skip(10)
    same(shown("back")[0], ("PRIMARY", "IN_PROGRESS", 1, 0, 0), "it runs")
    same(health(tasks("back")), [("healthy", None)] * 2 + [("initial", "Elb.RegistrationInProgress")])
    clock.skip(10)
    same(health(tasks("back")), [("healthy", None)] * 2 + [("unhealthy", "Target.ResponseCodeMismatch")])
    [message] = [e for e in events("back") if "is unhealthy" in e]
    same(
        message.endswith(
            f"(port 80) is unhealthy in (target-group {target_group()}) due to (reason Health checks failed with these codes: [404])."
        ),
        True,
        message,
    )
    clock.skip(10)
    same(shown("back")[0], ("PRIMARY", "IN_PROGRESS", 0, 1, 1), "the next one starts")
    clock.skip(60)
    kept = former["deployments"][0]["id"]
    found = service("back")
    same(shown("back"), [("PRIMARY", "IN_PROGRESS", 2, 0, 0), ("ACTIVE", "FAILED", 0, 0, 3)], "rolling back")
    same(
        [d["rolloutStateReason"] for d in found["deployments"]],
        [
            f"ECS deployment circuit breaker: rolling back to deploymentId {kept}.",
            "ECS deployment circuit breaker: tasks failed to start.",
        ],
    )
    rollout = last_rollout("back")
    same(
        (rollout["status"], rollout["deploymentCircuitBreaker"]),
        ("ROLLBACK_IN_PROGRESS", {"status": "TRIGGERED", "failureCount": 3, "threshold": 3}),
    )
    same(found["taskDefinition"], former["taskDefinition"])
    clock.skip(10)
    same((shown("back"), health(tasks("back"))), ([("PRIMARY", "COMPLETED", 2, 0, 0)], [("healthy", None)] * 2))
    rollout = last_rollout("back")
    same((rollout["status"], rollout["statusReason"]), ("ROLLBACK_SUCCESSFUL", TOGETHER))
    same(rollout["rollback"]["serviceRevisionArn"], rollout["sourceServiceRevisions"][0]["arn"])
    same([service("back")["deployments"][0][key] for key in ("id", "taskDefinition")], [kept, former["taskDefinition"]])
    same({t["taskDefinitionArn"] for t in tasks("back", "STOPPED")}, {broken})
    update("back", forceNewDeployment=True)
    settle()
    same(last_rollout("back")["status"], "SUCCESSFUL", "the rollout after")


RUN = {name for name, cause in CAUSES.items() if cause.runs}


@check("rollouts: every cause tells what AWS tells of it")
def causes() -> None:
    logs = aws("logs")
    logs.create_log_group(logGroupName="rollouts")
    for name, cause in CAUSES.items():
        family = f"why-{name}"
        balanced(family, desiredCount=1)
        outcome(service=family, status="ROLLBACK_SUCCESSFUL", cause=name)
        update(family, taskDefinition=definition(family))
        settle()
        failed = tasks(family, "STOPPED")
        same(len(failed), 3 if cause.placed else 0, f"{name}: failed tasks")
        same(last_rollout(family)["deploymentCircuitBreaker"]["failureCount"], len(failed), f"{name}: failures")
        if not cause.placed:
            said = cause.stopped_reason.replace("{executionRole}", "arn:aws:iam::123456789012:role/execution")
            same(said in events(family), True, f"{name}: {said} in {events(family)}")
        for task in failed:
            [helper, app] = task["containers"]
            same("{" in task["stoppedReason"] + app.get("reason", ""), False, f"{name}: {task['stoppedReason']}")
            same(task["stopCode"], cause.stop_code, name)
            same(app.get("exitCode"), cause.exit_code, f"{name}: exit code")
            same(
                helper.get("exitCode"),
                None if not cause.runs else 143 if cause.exit_code == 143 else 0,
                f"{name}: the helper's",
            )
            same("startedAt" in task, cause.runs, f"{name}: started")
            stream = f"web/app/{task['taskArn'].split('/')[-1]}"
            streams = [
                s["logStreamName"]
                for s in logs.describe_log_streams(logGroupName="rollouts", logStreamNamePrefix=stream)["logStreams"]
            ]
            same(streams, [stream] if cause.runs else [], f"{name}: log stream")
            if cause.runs:
                lines = [
                    e["message"] for e in logs.get_log_events(logGroupName="rollouts", logStreamName=stream)["events"]
                ]
                same(
                    [line.replace("80", "{port}").replace("/app:", "{command}:") for line in lines],
                    list(cause.logs),
                    name,
                )
    found = logs.filter_log_events(logGroupName="rollouts", filterPattern="EACCES")["events"]
    same(
        {e["message"] for e in found},
        {"Error: listen EACCES: permission denied 0.0.0.0:80", "Error: EACCES: permission denied, mkdir '/data'"},
    )
    [oom] = [t["containers"][1] for t in tasks("why-out-of-memory", "STOPPED")][:1]
    same((oom["exitCode"], oom["reason"]), (137, "OutOfMemoryError: Container killed due to memory usage"))
    same(
        "'linux/arm64'" in tasks("why-image-platform", "STOPPED")[0]["stoppedReason"], True, "the platform of the task"
    )


@check("rollouts: a first one that fails has nothing to go back to, and a good one follows")
def first() -> None:
    outcome(service="first", status="ROLLBACK_SUCCESSFUL", cause="exits", exitCode=3, logs=["no such table"])
    balanced("first", settled=False)
    same(shown("first"), [("PRIMARY", "IN_PROGRESS", 0, 0, 0)])
    settle()
    same(shown("first"), [("PRIMARY", "FAILED", 0, 0, 3)])
    found, rollout = service("first"), last_rollout("first")
    same((found["desiredCount"], found["runningCount"], found["status"]), (2, 0, "ACTIVE"))
    same(
        (rollout["status"], rollout["statusReason"]),
        ("ROLLBACK_FAILED", "No rollback candidate was found to run the rollback."),
    )
    same(("rollback" in rollout, rollout["sourceServiceRevisions"]), (False, []))
    same(tasks("first", "STOPPED")[0]["containers"][1]["exitCode"], 3)
    outcome(service="first", status="ROLLBACK_SUCCESSFUL", stoppedReason="CannotPullContainerError: gone", failures=1)
    update("first", forceNewDeployment=True)
    settle()
    same(shown("first"), [("PRIMARY", "FAILED", 0, 0, 1)], "again")
    same([t["stoppedReason"] for t in tasks("first", "STOPPED")].count("CannotPullContainerError: gone"), 1)
    update("first", taskDefinition=definition("first"))
    settle()
    same((shown("first"), last_rollout("first")["status"]), ([("PRIMARY", "COMPLETED", 2, 0, 0)], "SUCCESSFUL"))


@check("rollouts: one that fails for good keeps what ran before beside it")
def for_good() -> None:
    create_service(
        "for-good", deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": False}}
    )
    outcome(service="for-good", status="STOPPED", running=1)
    update("for-good", taskDefinition=task_definition("for-good", "image:broken"))
    settle()
    same(shown("for-good"), [("PRIMARY", "FAILED", 1, 0, 3), ("ACTIVE", "COMPLETED", 2, 0, 0)])
    same((last_rollout("for-good")["status"], "stoppedAt" in last_rollout("for-good")), ("STOPPED", True))
    create_service("bad-rollback")
    outcome(service="bad-rollback", status="ROLLBACK_FAILED")
    update("bad-rollback", forceNewDeployment=True)
    settle()
    same(
        (shown("bad-rollback"), last_rollout("bad-rollback")["status"]),
        ([("PRIMARY", "FAILED", 2, 0, 0)], "ROLLBACK_FAILED"),
    )


@check("rollouts: one that never ends, is told to, or is superseded")
def endless() -> None:
    outcome(service="end*", status="IN_PROGRESS", running=1)
    create_service("endless", settled=False)
    settle()
    same(shown("endless"), [("PRIMARY", "IN_PROGRESS", 1, 1, 0)])
    same(outcome(service="endless", status="SUCCESSFUL", now=True), {"applied": ["endless"]})
    same(shown("endless"), [("PRIMARY", "COMPLETED", 2, 0, 0)])
    same(outcome(service="endless", status="SUCCESSFUL", now=True), {"applied": []}, "when nothing is under way")

    outcome(service="endless", status="IN_PROGRESS", cause=["image-missing", "exits"], failures=2)
    update("endless", taskDefinition=task_definition("endless", "image:2"))
    settle()
    same(shown("endless"), [("PRIMARY", "IN_PROGRESS", 1, 1, 2), ("ACTIVE", "COMPLETED", 2, 0, 0)], "they take turns")
    same(sorted(t["stopCode"] for t in tasks("endless", "STOPPED")), ["EssentialContainerExited", "TaskFailedToStart"])
    superseded = last_rollout("endless")["serviceDeploymentArn"]
    outcome(service="endless", status="SUCCESSFUL", seconds={"starting": 10})
    update("endless", taskDefinition=task_definition("endless", "image:3"))
    same([d[0] for d in shown("endless")], ["PRIMARY", "ACTIVE", "ACTIVE"])
    same(len(last_rollout("endless")["sourceServiceRevisions"]), 2, "what runs when it begins")
    [old] = aws("ecs").describe_service_deployments(serviceDeploymentArns=[superseded])["serviceDeployments"]
    same((old["status"], old["deploymentCircuitBreaker"]["status"]), ("STOPPED", "DISABLED"))
    clock.skip(20)
    same((shown("endless"), last_rollout("endless")["status"]), ([("PRIMARY", "COMPLETED", 2, 0, 0)], "SUCCESSFUL"))

    for phase in ("pending", "starting"):
        outcome(service="endless", status="SUCCESSFUL", seconds={phase: None})
        update("endless", forceNewDeployment=True)
        settle()
        same(last_rollout("endless")["status"], "PENDING" if phase == "pending" else "IN_PROGRESS", f"{phase} for ever")
    outcome(service="endless", status="ROLLBACK_SUCCESSFUL", now=True, seconds={"rollback": None})
    settle()
    same(last_rollout("endless")["status"], "ROLLBACK_IN_PROGRESS", "rolling back for ever")
    refused_wish("endless is rolled back", service="endless", status="SUCCESSFUL", now=True)
    outcome(service="endless", status="ROLLBACK_SUCCESSFUL", now=True)
    same(
        (shown("endless"), last_rollout("endless")["status"]),
        ([("PRIMARY", "COMPLETED", 2, 0, 0)], "ROLLBACK_SUCCESSFUL"),
    )


@check("rollouts: some tasks fail, and all goes well in the end")
def in_the_end() -> None:
    balanced("wobbly")
    outcome(service="wobbly", status="SUCCESSFUL", cause="spot-interrupted", failures=2)
    update("wobbly", forceNewDeployment=True)
    settle()
    same((shown("wobbly"), last_rollout("wobbly")["status"]), ([("PRIMARY", "COMPLETED", 2, 0, 2)], "SUCCESSFUL"))


@check("rollouts: StopServiceDeployment goes back, or leaves things as they are")
def stopped() -> None:
    ecs, former = aws("ecs"), create_service("stopped")["taskDefinition"]
    for kind, ends, definition_after in (("ROLLBACK", "ROLLBACK_SUCCESSFUL", former), ("ABORT", "STOPPED", None)):
        outcome(service="stopped", status="IN_PROGRESS")
        new = task_definition("stopped", f"image:{kind}")
        update("stopped", taskDefinition=new)
        settle()
        arn = last_rollout("stopped")["serviceDeploymentArn"]
        same(ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType=kind)["serviceDeploymentArn"], arn)
        requested = {"ROLLBACK": "ROLLBACK_REQUESTED", "ABORT": "STOP_REQUESTED"}[kind]
        same(last_rollout("stopped")["status"], requested)
        settle()
        same(last_rollout("stopped")["status"], ends)
        same(service("stopped")["taskDefinition"], definition_after or new)
        refused("ConflictException", ecs.stop_service_deployment, serviceDeploymentArn=arn)
    refused("ServiceDeploymentNotFoundException", ecs.stop_service_deployment, serviceDeploymentArn=arn + "x")


@check("rollouts: a service without desired tasks, scaled or deleted on the way")
def counts() -> None:
    outcome(service="none", status="ROLLBACK_SUCCESSFUL", cause="exits")
    create_service("none", desiredCount=0)
    same((shown("none"), last_rollout("none")["status"]), ([("PRIMARY", "COMPLETED", 0, 0, 0)], "SUCCESSFUL"))
    create_service("scaled-on-the-way")
    outcome(service="scaled-on-the-way", status="SUCCESSFUL", seconds={"starting": 30})
    update("scaled-on-the-way", forceNewDeployment=True)
    clock.skip(15)
    update("scaled-on-the-way", desiredCount=3)
    same(shown("scaled-on-the-way"), [("PRIMARY", "IN_PROGRESS", 1, 1, 0), ("ACTIVE", "COMPLETED", 2, 0, 0)])
    clock.skip(30)
    same(shown("scaled-on-the-way"), [("PRIMARY", "COMPLETED", 3, 0, 0)])
    outcome(service="scaled-on-the-way", status="IN_PROGRESS")
    update("scaled-on-the-way", forceNewDeployment=True)
    settle()
    update("scaled-on-the-way", desiredCount=0)
    same(tasks("scaled-on-the-way"), [])
    outcome(service="scaled-on-the-way", status="ROLLBACK_SUCCESSFUL", cause="exits", seconds={"failing": 90})
    update("scaled-on-the-way", desiredCount=2, forceNewDeployment=True)
    clock.skip(5)
    update("scaled-on-the-way", desiredCount=0)
    clock.skip(90)
    same((tasks("scaled-on-the-way"), last_rollout("scaled-on-the-way")["status"]), ([], "SUCCESSFUL"))
    aws("ecs").delete_service(cluster="main", service="scaled-on-the-way")
    settle()
    same((service("scaled-on-the-way")["status"], service("scaled-on-the-way")["deployments"]), ("INACTIVE", []))


def refused_wish(part: str, **body: Any) -> None:
    try:
        outcome(**body)
    except urllib.error.HTTPError as error:
        message = json.load(error)["error"]
        same((error.code, part in message), (400, True), message)
    else:
        raise AssertionError(f"{body} was taken")


@check("rollouts: the control endpoint refuses what it does not know")
def bad_wishes() -> None:
    refused_wish("'LOST' is none of: SUCCESSFUL", status="LOST")
    refused_wish("found ['servce']; expected an object", status="STOPPED", servce="web")
    refused_wish("cause 'gremlins' is none of: image-missing", status="STOPPED", cause="gremlins")
    refused_wish("seconds 'draining' is none of: pending", status="STOPPED", seconds={"draining": 1})
    refused_wish("seconds.pending is -1; allowed are", status="STOPPED", seconds={"pending": -1})
    refused_wish("failures is 'many'; allowed are", status="STOPPED", failures="many")
